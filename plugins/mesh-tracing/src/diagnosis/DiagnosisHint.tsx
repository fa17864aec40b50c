import { getCompoundEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import type {
  DiagnosisResponse,
  DiagnosisRung,
} from 'backstage-plugin-mesh-tracing-common';
import { useTracingUrl } from '../shared/address/useTracingUrl';
import { describeError } from '../shared/api/describeError';
import { LinkButton } from '../shared/controls/LinkButton';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './DiagnosisHint.module.css';
import { RungMend } from './RungMend';
import { useDiagnosis } from './useDiagnosis';
import { useRungWords } from './useRungWords';
import { VerdictIcon } from './VerdictIcon';

/**
 * What breaks first on the way to a trace, where a view has none to show: the rung,
 * its cause and the best mend, with the way to the whole ladder.
 */
export function DiagnosisHint() {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { entity } = useEntity();
  const { href } = useTracingUrl();
  const { value, error, loading, retry } = useDiagnosis(
    getCompoundEntityRef(entity),
  );
  return (
    <div className={styles.hint}>
      <div role="status">
        {value && <FirstRung diagnosis={value} />}
        {!value && loading && t('diagnosis.loading')}
        {!value && !loading && <Failed error={error} onRetry={retry} />}
      </div>
      <div>
        <Link
          href={href({ view: 'diagnosis', trace: undefined })}
          variant="body-small"
        >
          {t('diagnosis.toDiagnosis')}
        </Link>
      </div>
    </div>
  );
}

/** Of the workload that is worst off, the rung that fails first. */
function firstOf({ workloads }: DiagnosisResponse): DiagnosisRung | undefined {
  const [worst] = workloads;
  return worst?.rungs.find(({ id }) => id === worst.firstRung);
}

function FirstRung({ diagnosis }: { diagnosis: DiagnosisResponse }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const words = useRungWords();
  const first = firstOf(diagnosis);
  if (!first) {
    const [worst] = diagnosis.workloads;
    if (!worst) return <>{diagnosis.explanation}</>;
    const unknown = worst.rungs.filter(
      ({ verdict }) => verdict === 'unknown',
    ).length;
    return (
      <>
        {unknown > 0
          ? t('diagnosis.someUnknown', {
              count: unknown,
              total: String(unknown),
            })
          : t('diagnosis.hintAllGood')}
      </>
    );
  }
  const [mend] = first.mends;
  return (
    <div className={styles.first}>
      <VerdictIcon verdict={first.verdict} />
      <div>
        <div className={styles.seen}>
          {t('diagnosis.hintSeen', {
            verdict: words.verdict(first.verdict),
            rung: words.rung(first.id),
          })}
        </div>
        <div>{first.cause}</div>
        {mend && <RungMend mend={mend} />}
      </div>
    </div>
  );
}

function Failed(props: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { status, message } = describeError(props.error);
  if (status === 403) return <>{t('diagnosis.hintForbidden')}</>;
  return (
    <>
      {t('diagnosis.hintFailed')} {message}{' '}
      <LinkButton onClick={props.onRetry}>{t('states.retry')}</LinkButton>
    </>
  );
}
