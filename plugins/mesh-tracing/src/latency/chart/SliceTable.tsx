import { Link } from '@backstage/ui';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FigureCell, FigureTable } from '../../shared/figures/FigureTable';
import { formatTime } from '../../shared/figures/format';
import { Foldable } from '../../shared/layout/Foldable';
import { meshTracingTranslationRef } from '../../shared/translation/meshTracingTranslationRef';
import { PERCENTILES, type ChartSlice } from './chartSlices';
import { useSliceLinks } from './useSliceLinks';
import { useSliceTexts } from './useSliceTexts';

/** The chart as a table, on demand. */
export function SliceTable({ slices }: { slices: ChartSlice[] }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  return (
    <Foldable title={t('latency.asTable')}>
      <FigureTable
        label={t('latency.overTime')}
        columns={[
          { name: t('latency.sliceColumn'), isText: true },
          { name: t('latency.count') },
          { name: t('latency.errorRate') },
          ...PERCENTILES.map(name => ({ name })),
        ]}
      >
        {slices.map(slice => (
          <SliceRow key={slice.startMs} slice={slice} />
        ))}
      </FigureTable>
    </Foldable>
  );
}

function SliceRow({ slice }: { slice: ChartSlice }) {
  const { t } = useTranslationRef(meshTracingTranslationRef);
  const links = useSliceLinks();
  const texts = useSliceTexts();
  const { point } = slice;
  return (
    <tr>
      <th scope="row">
        <Link href={links.traces(slice)} variant="body-small">
          {formatTime(slice.startMs)}
        </Link>
      </th>
      {point.isUnread ? (
        <td colSpan={5}>{t('sample.notRead')}</td>
      ) : (
        <>
          <FigureCell>{texts.count(slice)}</FigureCell>
          <FigureCell>{texts.errorRate(slice)}</FigureCell>
          {PERCENTILES.map(percentile => (
            <FigureCell key={percentile}>
              {point[`${percentile}Us`] === null ? (
                '–'
              ) : (
                <Link
                  href={links.traces(slice, percentile)}
                  variant="body-small"
                >
                  {texts.duration(slice, percentile)}
                </Link>
              )}
            </FigureCell>
          ))}
        </>
      )}
    </tr>
  );
}
