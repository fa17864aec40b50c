import { Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useId } from 'react';
import { formatTime } from '../../shared/figures/format';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { PERCENTILES, type ChartSlice, type Percentile } from './chartSlices';
import styles from './LatencySeries.module.css';
import { useSliceLinks } from './useSliceLinks';
import { useSliceTexts } from './useSliceTexts';

/**
 * One slice of the window: its figures and the traces behind each. It is chosen by
 * pointer in the chart, or with the slider by any means.
 */
export function SlicePanel(props: {
  slices: ChartSlice[];
  selected: ChartSlice;
  /** It was chosen for being the slowest, not by the reader. */
  isSlowest: boolean;
  onSelect: (slice: ChartSlice) => void;
}) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const id = useId();
  const { slices, selected } = props;
  const headline = useHeadline(selected);
  return (
    <div className={styles.panel} role="group" aria-labelledby={id}>
      {/* A slider of the page itself, since those of libraries say numbers only. */}
      <input
        type="range"
        className={styles.slider}
        min={0}
        max={slices.length - 1}
        value={slices.indexOf(selected)}
        aria-label={t('latency.sliceLabel')}
        aria-valuetext={headline}
        onChange={event => {
          const slice = slices[Number(event.target.value)];
          if (slice) {
            props.onSelect(slice);
          }
        }}
      />
      <div id={id} className={styles.headline}>
        {headline}
        {props.isSlowest && ` · ${t('latency.slowestSlice')}`}
      </div>
      <ul className={styles.percentiles}>
        {PERCENTILES.map(percentile => (
          <PercentileLine
            key={percentile}
            slice={selected}
            percentile={percentile}
          />
        ))}
      </ul>
    </div>
  );
}

/** When the slice is, and what of requests was seen in it. */
function useHeadline(slice: ChartSlice): string {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const texts = useSliceTexts();
  const { point } = slice;
  const time = t('latency.slice', {
    from: formatTime(slice.startMs),
    to: formatTime(slice.endMs),
  });
  if (point.isUnread) {
    return `${time}: ${t('latency.sliceNotRead')}`;
  }
  if (point.count === 0) {
    return `${time}: ${t('latency.sliceEmpty')}`;
  }
  return `${time}: ${t('latency.sliceRequests', {
    total: texts.count(slice),
    share: texts.errorRate(slice),
  })}`;
}

/** A percentile of a slice, with the way to traces that took as long. */
function PercentileLine(props: { slice: ChartSlice; percentile: Percentile }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const { slice, percentile } = props;
  const links = useSliceLinks();
  const texts = useSliceTexts();
  const exemplar = links.exemplar(slice, percentile);
  const hasTraces = slice.point[`${percentile}Us`] !== null;
  return (
    <li>
      <span className={styles.percentile}>{percentile}</span>{' '}
      {texts.duration(slice, percentile)}
      <div className={styles.links}>
        {hasTraces && (
          <Link
            href={links.traces(slice, percentile)}
            variant="body-small"
            aria-label={t('latency.slowerTracesLabel', { percentile })}
          >
            {t('latency.slowerTraces')}
          </Link>
        )}
        {exemplar !== undefined && (
          <Link
            href={exemplar}
            variant="body-small"
            aria-label={t('latency.exemplarLabel', { percentile })}
          >
            {t('latency.exemplar')}
          </Link>
        )}
      </div>
    </li>
  );
}
