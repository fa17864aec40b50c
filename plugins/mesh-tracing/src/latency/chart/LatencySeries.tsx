import type { LatencyAnalysis } from 'backstage-plugin-mesh-tracing-common';
import { useMemo, useState } from 'react';
import { useTracingUrl } from '../../shared/address/useTracingUrl';
import { chartSlices, slowestSlice } from './chartSlices';
import { ChartKey } from './ChartKey';
import { LatencyChart } from './LatencyChart';
import { SlicePanel } from './SlicePanel';
import { SliceTable } from './SliceTable';
import { slicePatch } from './useSliceLinks';

/**
 * Latency over the window: the picture, one slice of it with the way to its
 * traces, and the same as a table.
 */
export function LatencySeries({
  series,
}: {
  series: LatencyAnalysis['series'];
}) {
  const { update } = useTracingUrl();
  const slices = useMemo(() => chartSlices(series), [series]);
  const [chosenMs, setChosenMs] = useState<number>();
  // A moment, not a number: slices move with a refresh.
  const chosen = slices.find(
    ({ startMs, endMs }) =>
      chosenMs !== undefined && startMs <= chosenMs && chosenMs < endMs,
  );
  const selected = chosen ?? slowestSlice(slices);
  return (
    <>
      <LatencyChart
        slices={slices}
        selected={selected}
        onSelect={({ middleMs }) => setChosenMs(middleMs)}
        onOpen={(slice, percentile) => update(slicePatch(slice, percentile))}
      />
      <ChartKey slices={slices} />
      {selected && (
        <SlicePanel
          slices={slices}
          selected={selected}
          isSlowest={!chosen && selected.p95Us !== null}
          onSelect={({ middleMs }) => setChosenMs(middleMs)}
        />
      )}
      <SliceTable slices={slices} />
    </>
  );
}
