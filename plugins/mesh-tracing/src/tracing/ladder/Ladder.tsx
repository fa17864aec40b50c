import { VisuallyHidden } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { EffectiveTracingSide } from 'backstage-plugin-mesh-tracing-common';
import type { CSSProperties } from 'react';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { FieldValue } from '../fields/FieldValue';
import type { TracingField } from '../fields/tracingFields';
import { useFieldNames } from '../fields/useFieldNames';
import styles from './Ladder.module.css';
import {
  ladderOf,
  RUNGS,
  type LadderRow,
  type LadderValue,
  type Rung,
} from './rungs';
import { SourceName } from './SourceName';

/**
 * Each field over the levels that set it, the nearest first. The value in
 * force is bold, what it replaces is struck through.
 */
export function Ladder(props: {
  title: string;
  side: EffectiveTracingSide;
  cluster: string;
  resources: Record<string, string>;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const rungNames: Record<Rung, string> = {
    workload: t('ladder.workload'),
    namespace: t('ladder.namespace'),
    mesh: t('ladder.mesh'),
    proxy: t('ladder.proxy'),
    default: t('ladder.default'),
  };
  const rows = ladderOf(props.side);
  return (
    <div className={styles.scroll} role="group" aria-label={props.title}>
      <table className={styles.ladder} style={levelNames(rungNames)}>
        <caption>
          <VisuallyHidden>{props.title}</VisuallyHidden>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('ladder.field')}</th>
            <th scope="col">{t('ladder.inForce')}</th>
            {RUNGS.map((rung, index) => (
              <th scope="col" key={rung}>
                {index > 0 && (
                  <span aria-hidden className={styles.over}>
                    ‹
                  </span>
                )}
                {rungNames[rung]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <Row
              key={row.field}
              row={row}
              isSilent={props.side.spanReporting === 'no-tracer'}
              {...props}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The name of each level, for the style sheet to repeat beside each value. */
function levelNames(names: Record<Rung, string>): CSSProperties {
  return Object.fromEntries(
    RUNGS.map((rung, index) => [
      `--level-${index + 1}`,
      JSON.stringify(names[rung]),
    ]),
  );
}

function Row(props: {
  row: LadderRow;
  /** Listeners get a tracing configuration, but no span leaves the proxy. */
  isSilent: boolean;
  cluster: string;
  resources: Record<string, string>;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { row } = props;
  const names = useFieldNames();
  return (
    <tr>
      <th scope="row">{names[row.field]}</th>
      <td className={styles.effective}>
        {row.field === 'enabled' && props.isSilent ? (
          t('ladder.notTraced')
        ) : (
          <FieldValue field={row.field} value={row.effective.value} />
        )}
      </td>
      {RUNGS.map(rung => (
        <td key={rung}>
          {row.rungs[rung].map((value, index) => (
            <RungValue key={index} {...props} field={row.field} value={value} />
          ))}
        </td>
      ))}
    </tr>
  );
}

function RungValue(props: {
  field: TracingField;
  value: LadderValue;
  cluster: string;
  resources: Record<string, string>;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { value, source, wins } = props.value;
  return (
    <div className={styles.value} data-wins={wins}>
      {wins ? (
        <strong>
          <FieldValue field={props.field} value={value} />
        </strong>
      ) : (
        <>
          <VisuallyHidden>{t('ladder.replaced')} </VisuallyHidden>
          <s>
            <FieldValue field={props.field} value={value} />
          </s>
        </>
      )}
      <div className={styles.source}>
        <SourceName
          source={source}
          cluster={props.cluster}
          resources={props.resources}
        />
      </div>
    </div>
  );
}
