import type { LatencyPoint } from 'backstage-plugin-mesh-tracing-common';
import { sampleEstimate } from '../../testing';
import {
  chartSlices,
  highestShown,
  slowestSlice,
  unreadStretches,
} from './chartSlices';

function slicesOf(...points: Array<Partial<LatencyPoint>>) {
  return chartSlices({
    stepMs: 100,
    points: points.map((point, index) => ({
      startMs: index * 100,
      count: 1,
      errorCount: 0,
      p50Us: 10,
      p95Us: 100,
      p99Us: 100,
      ...point,
    })),
  });
}
const unread = { isUnread: true, count: 0, p50Us: null, p95Us: null };
const bounds = (high: number) => ({
  estimate: sampleEstimate({ p95Us: { low: 0, high } }),
});

describe('slices of the chart', () => {
  it('draw no bar of a slice that was not read, and a low one of an empty one', () => {
    const [empty, gap] = slicesOf({ count: 0, p50Us: null }, unread);
    expect(empty?.count).toBe(0);
    expect(gap?.count).toBeNull();
  });

  it('join unread neighbours to one stretch', () => {
    expect(unreadStretches(slicesOf({}, unread, unread, {}, unread))).toEqual([
      { startMs: 100, endMs: 300 },
      { startMs: 400, endMs: 500 },
    ]);
  });

  it('keep the lines high where bounds are far away', () => {
    expect(highestShown(slicesOf(bounds(10_000)))).toBeCloseTo(160);
    expect(highestShown(slicesOf(bounds(120)))).toBe(120);
    expect(highestShown(slicesOf({}))).toBe(100);
  });

  it('have no band where the sample is too small to tell', () => {
    const [slice] = slicesOf({ estimate: sampleEstimate({ p95Us: null }) });
    expect(slice?.p95Band).toBeNull();
    expect(slice?.p50Band).toEqual([28_000, 33_000]);
  });

  it('begin with the slowest one', () => {
    expect(slowestSlice(slicesOf({}, { p95Us: 200 }, {}))?.startMs).toBe(100);
    expect(slowestSlice(slicesOf(unread, unread))?.startMs).toBe(100);
    expect(slowestSlice([])).toBeUndefined();
  });
});
