import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { SetupFindingsResponse } from 'backstage-plugin-mesh-tracing-common';
import { formatPercent } from '../shared/figures/format';
import { SeverityIcon } from '../shared/notes/SeverityIcon';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './SetupFindings.module.css';

/** What was not looked at, and why: silence about it would pass for a good sign. */
export function UncheckedParts(props: { response: SetupFindingsResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { parts, errorObjectivePercent } = props.response;
  const textOf = usePartText();
  const unchecked = parts.filter(({ state }) => state !== 'checked');
  return (
    <div className={styles.unchecked}>
      {unchecked.map(part => (
        <div key={`${part.part} ${part.state}`} className={styles.part}>
          <SeverityIcon
            severity={part.state === 'unavailable' ? 'warning' : 'info'}
          />
          <span>{textOf(part)}</span>
        </div>
      ))}
      <div className={styles.quiet}>
        {errorObjectivePercent === null
          ? t('setup.noObjective')
          : t('setup.objective', {
              percent: formatPercent(errorObjectivePercent),
            })}
      </div>
    </div>
  );
}

function usePartText() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const names = {
    configuration: t('setup.partConfiguration'),
    requests: t('setup.partRequests'),
    traces: t('setup.partTraces'),
    spans: t('setup.partSpans'),
  };
  return ({
    part: key,
    state,
    problem = '',
  }: SetupFindingsResponse['parts'][number]) => {
    const part = names[key];
    if (state === 'not-allowed') {
      return t('setup.notAllowed', { part });
    }
    if (state === 'unavailable') {
      return t('setup.unavailable', { part, problem });
    }
    if (key === 'requests') {
      return t('setup.nothingThereRequests', { part });
    }
    return key === 'configuration'
      ? t('setup.nothingThereConfiguration', { part })
      : t('setup.nothingThere', { part });
  };
}
