import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { LatencyResponse } from 'backstage-plugin-mesh-tracing-common';
import {
  FigureCell,
  FigureNote,
  FigureTable,
} from '../shared/figures/FigureTable';
import { formatDuration, formatShare } from '../shared/figures/format';
import { serviceColourStyle } from '../shared/names/serviceColour';
import { ServiceLabel } from '../shared/names/ServiceLabel';
import { formatShareBounds } from '../shared/sample/estimates';
import { useAboutText } from '../shared/sample/useAboutText';
import { meshTracingTranslationRef } from '../shared/translation/meshTracingTranslationRef';
import styles from './LatencyView.module.css';

/** Operations, those with the most time of their own first. */
const SHOWN = 12;

/** Whose own time the traces waited for, the most first. */
export function CriticalPathTable(props: {
  parts: LatencyResponse['criticalPath'];
  /** Time and traces are estimated from a sample. */
  isEstimate: boolean;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const aboutText = useAboutText();
  const total = props.parts.reduce((sum, part) => sum + part.selfUs, 0);
  const parts = [...props.parts]
    .sort((a, b) => b.selfUs - a.selfUs)
    .slice(0, SHOWN);
  return (
    <FigureTable
      columns={[
        { name: t('traces.operation'), isText: true },
        { name: t('latency.share'), isText: true },
        { name: t('latency.time') },
        { name: t('latency.inTraces') },
      ]}
    >
      {parts.map(part => (
        <tr key={`${part.service} ${part.operation}`}>
          <th scope="row">
            {part.operation}
            <FigureNote>
              <ServiceLabel name={part.service} />
            </FigureNote>
          </th>
          <td>
            {formatShare(part.selfUs, total)}
            {part.shareBounds && ` (${formatShareBounds(part.shareBounds)})`}
            <span className={styles.track} aria-hidden>
              <span
                className={styles.bar}
                style={{
                  ...serviceColourStyle(part.service),
                  width: `${(100 * part.selfUs) / Math.max(1, total)}%`,
                }}
              />
            </span>
          </td>
          <FigureCell>
            {props.isEstimate
              ? t('sample.about', { total: formatDuration(part.selfUs) })
              : formatDuration(part.selfUs)}
          </FigureCell>
          <FigureCell>
            {aboutText(part.traceCount, props.isEstimate)}
          </FigureCell>
        </tr>
      ))}
    </FigureTable>
  );
}
