import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatPercent,
  formatWorkloadRef,
  type WorkloadOutcome,
} from 'backstage-plugin-mesh-tracing-common';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { outcomeRows, type BriefField, type BriefValue } from './outcomeRows';
import styles from './YamlResult.module.css';

/** Effective tracing before and after, of each workload for which it differs. */
export function OutcomeTable(props: {
  title: string;
  outcomes: WorkloadOutcome[];
  /** Said where nothing differs. */
  nothing?: string;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { title, outcomes, nothing } = props;
  const changed = outcomes.filter(item => item.changedFields.length > 0);
  const same = outcomes.filter(item => !changed.includes(item));
  return (
    <section className={styles.outcome} aria-label={title}>
      <h4 className={styles.subheading}>{title}</h4>
      {changed.length === 0 ? (
        <div>{nothing}</div>
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('yamlCheck.workload')}</th>
              <th scope="col">{t('yamlCheck.field')}</th>
              <th scope="col">{t('yamlCheck.before')}</th>
              <th scope="col">{t('yamlCheck.after')}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map(item => (
              <OutcomeRows
                key={formatWorkloadRef(item.workload)}
                outcome={item}
              />
            ))}
          </tbody>
        </table>
      )}
      {changed.length > 0 && same.length > 0 && (
        <div className={styles.note}>
          {t('yamlCheck.unchanged', {
            names: same.map(({ workload }) => workload.name).join(', '),
          })}
        </div>
      )}
    </section>
  );
}

function OutcomeRows({ outcome }: { outcome: WorkloadOutcome }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const rows = outcomeRows(outcome);
  const { namespace, name } = outcome.workload;
  return (
    <>
      {rows.map(({ field, side, before, after }) => (
        <tr key={`${field} ${side}`}>
          <th scope="row">{`${namespace}/${name}`}</th>
          <td>
            {t(`yamlCheck.${side}`, { field: t(`yamlCheck.fields.${field}`) })}
          </td>
          <td>
            <Value field={field} value={before} />
          </td>
          <td className={styles.wanted}>
            <Value field={field} value={after} />
          </td>
        </tr>
      ))}
      {rows.length === 0 && (
        <tr>
          <th scope="row">{`${namespace}/${name}`}</th>
          <td>{t('yamlCheck.fields.other')}</td>
          <td colSpan={2}>
            {t('yamlCheck.otherChanged', {
              fields: outcome.changedFields.join(', '),
            })}
          </td>
        </tr>
      )}
    </>
  );
}

function Value({ field, value }: { field: BriefField; value: BriefValue }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  if (!value) return <>{t('yamlCheck.noProxy')}</>;
  switch (field) {
    case 'reporting':
      return (
        <>
          {value.spanReporting === 'reported'
            ? t('yamlCheck.reported')
            : t('yamlCheck.notReported', {
                reason: t(`notTraced.${value.spanReporting}`),
              })}
        </>
      );
    case 'provider':
      return <>{value.provider ?? t('yamlCheck.nothing')}</>;
    case 'sampling':
      return <>{formatPercent(value.samplingPercent)}</>;
    case 'tags':
      return <>{value.customTags.join(', ') || t('yamlCheck.nothing')}</>;
    default:
      return (
        <>
          {t(
            value.disableContextPropagation ? 'yamlCheck.off' : 'yamlCheck.on',
          )}
        </>
      );
  }
}
