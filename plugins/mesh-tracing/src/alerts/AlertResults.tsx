import { Alert, Button } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { AlertRulesResponse } from 'backstage-plugin-mesh-tracing-common';
import { useEffect, useRef } from 'react';
import { formatCount } from '../shared/figures/format';
import { StateMessage } from '../shared/states/StateMessage';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { AlertFilesView } from './AlertFilesView';
import { AlertTable } from './AlertTable';
import styles from './alerts.module.css';

/** The rules with what the live metrics say of them, and their files. */
export function AlertResults(props: {
  rules: AlertRulesResponse;
  fileName: string;
  onKeepMissing: () => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { groups, files, whatToConfigure } = props.rules;
  const hasRules = groups.length > 0;
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever asked with the keyboard goes on reading here.
  useEffect(() => heading.current?.focus(), [props.rules]);
  return (
    <section className={styles.results} aria-label={t('alerts.result')}>
      <h3 ref={heading} tabIndex={-1} className={styles.heading}>
        {t('alerts.result')}
      </h3>
      {whatToConfigure && (
        <Alert
          status="warning"
          icon
          title={t('alerts.notConfigured')}
          description={whatToConfigure}
        />
      )}
      {hasRules ? (
        <div className={styles.scroll}>
          <AlertTable groups={groups} />
        </div>
      ) : (
        <StateMessage
          kind="empty"
          title={t('alerts.empty')}
          whatToDo={t('alerts.emptyWhatToDo')}
        />
      )}
      <BurnRatesNote groups={groups} />
      <WithoutRules withoutRules={props.rules.withoutRules} />
      {groups.some(({ alerts }) => alerts.some(rule => rule.leftOut)) && (
        <div className={styles.actions}>
          {!files && <span>{t('alerts.allLeftOut')}</span>}
          <Button
            size="small"
            variant="secondary"
            onPress={props.onKeepMissing}
          >
            {t('alerts.keepMissing')}
          </Button>
        </div>
      )}
      {files && <AlertFilesView files={files} fileName={props.fileName} />}
    </section>
  );
}

/** Pairs of windows of an objective without an alert, each named once. */
function BurnRatesNote({ groups }: Pick<AlertRulesResponse, 'groups'>) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const ratesOf = (wanted: 'unreachable' | 'within-budget') =>
    [
      ...new Set(
        groups.flatMap(({ leftOutBurnRates }) =>
          leftOutBurnRates
            .filter(({ reason }) => reason === wanted)
            .map(({ burnRate }) => Number(burnRate.toPrecision(3))),
        ),
      ),
    ].join(', ');
  const unreachable = ratesOf('unreachable');
  const within = ratesOf('within-budget');
  return unreachable || within ? (
    <div className={styles.note}>
      {unreachable && t('alerts.unreachable', { rates: unreachable })}{' '}
      {within && t('alerts.withinBudget', { rates: within })}
    </div>
  ) : null;
}

function WithoutRules({
  withoutRules,
}: Pick<AlertRulesResponse, 'withoutRules'>) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  if (withoutRules.length === 0) {
    return null;
  }
  const keys = {
    'no-workload': 'alerts.withoutNoWorkload',
    'not-readable': 'alerts.withoutNotReadable',
    'no-store': 'alerts.withoutNoStore',
    'too-many': 'alerts.withoutTooMany',
  } as const;
  return (
    <div>
      <h3 className={styles.heading}>
        {t('alerts.without', {
          count: withoutRules.length,
          total: formatCount(withoutRules.length),
        })}
      </h3>
      <ul className={styles.list}>
        {withoutRules.map(({ entityRef, reason }) => (
          <li key={entityRef}>{t(keys[reason], { entity: entityRef })}</li>
        ))}
      </ul>
    </div>
  );
}
