import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  AlertRulesResponse,
  AlertRuleView,
} from 'backstage-plugin-mesh-tracing-common';
import { FigureNote, FigureTable } from '../shared/figures/FigureTable';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import { AlertCheckCell, AlertDayCell } from './AlertCheckCell';
import { formatAlertValue } from './formatAlertValue';
import styles from './alerts.module.css';

/** Each alert, from what on it fires, and what the live metrics say of it. */
export function AlertTable({ groups }: Pick<AlertRulesResponse, 'groups'>) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const severities = {
    critical: t('alerts.critical'),
    warning: t('alerts.warning'),
    info: t('alerts.info'),
  };
  return (
    <FigureTable
      label={t('alerts.result')}
      columns={[
        { name: t('alerts.alert'), isText: true },
        { name: t('alerts.fires'), isText: true },
        { name: t('alerts.live'), isText: true },
        { name: t('alerts.lastDay'), isText: true },
      ]}
    >
      {groups.flatMap(group =>
        group.alerts.map(rule => (
          <tr key={`${group.name} ${rule.alert} ${rule.variant ?? ''}`}>
            <th scope="row">
              {rule.alert}
              <FigureNote>
                {[
                  group.entityRef ??
                    t('alerts.ofStore', { store: group.store }),
                  rule.variant,
                  severities[rule.severity],
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </FigureNote>
            </th>
            <td className={styles.expression}>
              <Condition rule={rule} />
              <FigureNote>{rule.expression}</FigureNote>
            </td>
            <td>
              <AlertCheckCell rule={rule} />
            </td>
            <td>
              <AlertDayCell check={rule.check} />
            </td>
          </tr>
        )),
      )}
    </FigureTable>
  );
}

function Condition({ rule }: { rule: AlertRuleView }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const threshold = formatAlertValue(rule.threshold, rule.unit);
  const condition = t(
    rule.kind === 'traced-share' ? 'alerts.below' : 'alerts.above',
    { threshold },
  );
  return (
    <>
      {rule.forMinutes > 0
        ? t('alerts.after', { condition, minutes: String(rule.forMinutes) })
        : condition}
    </>
  );
}
