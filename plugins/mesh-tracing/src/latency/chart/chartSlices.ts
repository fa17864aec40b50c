import type { LatencyAnalysis } from 'backstage-plugin-mesh-tracing-common';

type Series = LatencyAnalysis['series'];

/** Percentiles of a slice, by the names of their fields. */
export const PERCENTILES = ['p50', 'p95', 'p99'] as const;
/** One of {@link PERCENTILES}. */
export type Percentile = (typeof PERCENTILES)[number];

/** Low and high end, as the chart wants them. */
type Band = [low: number, high: number];

/** A slice of the window as the chart draws it. */
export interface ChartSlice {
  point: Series['points'][number];
  startMs: number;
  /** Milliseconds since the epoch; the next slice begins here. */
  endMs: number;
  /** Where its figures are drawn. */
  middleMs: number;
  count: number | null;
  p50Us: number | null;
  p95Us: number | null;
  /** Null where nothing is drawn: exact, or too few to tell. */
  p50Band: Band | null;
  p95Band: Band | null;
}

/** Share of the highest p95 above which bands are cut off, so that lines stay high. */
const HEADROOM = 1.6;

/** The slices of a series, in order of time. */
export function chartSlices({ points, stepMs }: Series): ChartSlice[] {
  return points.map(point => ({
    point,
    startMs: point.startMs,
    endMs: point.startMs + stepMs,
    middleMs: point.startMs + stepMs / 2,
    count: point.isUnread ? null : point.count,
    p50Us: point.p50Us,
    p95Us: point.p95Us,
    p50Band: bandOf(point, 'p50Us'),
    p95Band: bandOf(point, 'p95Us'),
  }));
}

function bandOf(
  { estimate, ...point }: Series['points'][number],
  quantile: 'p50Us' | 'p95Us',
): Band | null {
  const bounds = estimate?.[quantile];
  return bounds && point[quantile] !== null ? [bounds.low, bounds.high] : null;
}

/** The longest duration that the chart shows, microseconds. */
export function highestShown(slices: ChartSlice[]): number {
  const longest = Math.max(1, ...slices.map(slice => slice.p95Us ?? 0));
  const bands = slices.map(slice => slice.p95Band?.[1] ?? 0);
  return Math.min(longest * HEADROOM, Math.max(longest, ...bands));
}

/** Requests of the busiest slice; 1 where there are none. */
export function mostRequests(slices: ChartSlice[]): number {
  return Math.max(1, ...slices.map(({ count }) => count ?? 0));
}

/** Stretches of time of which nothing could be read. */
export function unreadStretches(
  slices: ChartSlice[],
): Array<{ startMs: number; endMs: number }> {
  const stretches: Array<{ startMs: number; endMs: number }> = [];
  slices.forEach(({ point, startMs, endMs }, index) => {
    const last = stretches[stretches.length - 1];
    if (!point.isUnread) {
      return;
    }
    if (last && slices[index - 1]?.point.isUnread) {
      last.endMs = endMs;
    } else {
      stretches.push({ startMs, endMs });
    }
  });
  return stretches;
}

/** The slice with the highest p95, which is what one looks for; else the last one. */
export function slowestSlice(slices: ChartSlice[]): ChartSlice | undefined {
  return slices.reduce(
    (slowest, slice) =>
      (slice.p95Us ?? -1) > (slowest?.p95Us ?? -1) ? slice : slowest,
    slices[slices.length - 1],
  );
}
