import type { TraceSummary } from 'backstage-plugin-mesh-tracing-common';
import {
  startMeshTracing,
  type MeshTracingHarness,
} from '../../testing/portal/startMeshTracing';
import { BusyStore } from '../../testing/tracestore/BusyStore';

jest.setTimeout(30_000);

const HOUR_MS = 3_600_000;
const START_MS = 1_790_000_000_000;
const COUNT = 12_000;
const HOUR = { startTimeMs: START_MS, endTimeMs: START_MS + HOUR_MS };

/** An hour that is slow in its second half, every tenth request of which fails. */
function busyHour(): BusyStore {
  return new BusyStore(
    Array.from({ length: COUNT }, (_, n) => {
      const isLate = n >= COUNT / 2;
      return {
        service: 'frontend.shop',
        startMs: START_MS + ((n + 0.5) * HOUR_MS) / COUNT,
        durationUs: isLate ? 30_000 : 10_000,
        isError: isLate && n % 10 === 0,
      };
    }),
  );
}

describe('statistics of a busy service', () => {
  let harness: MeshTracingHarness;
  let busy: BusyStore;
  beforeEach(async () => {
    harness = await startMeshTracing();
    busy = busyHour();
    Object.assign(harness.store, { read: busy.read.bind(busy) });
  });
  afterEach(() => harness.stop());

  it('are of the whole window: latency, neighbours and report', async () => {
    const { body } = await harness.ask('stranger', 'latency', { query: HOUR });
    expect(body.sample).toMatchObject({
      level: 'normal',
      unreadSliceCount: 0,
      canRefine: true,
    });
    expect(body.coverage).toMatchObject({ complete: false, isSample: true });
    const { overall, series } = body.latency;
    expect(overall.estimate.count.low).toBeLessThan(COUNT);
    expect(overall.estimate.count.high).toBeGreaterThan(COUNT);
    expect(overall.errorCount / overall.count).toBeGreaterThan(0.03);
    expect(overall.errorCount / overall.count).toBeLessThan(0.07);
    const p50s = series.points.map(({ p50Us }: { p50Us: number }) => p50Us);
    expect(p50s.filter((us: number) => us === 10_000)).toHaveLength(30);
    expect(p50s.filter((us: number) => us === 30_000)).toHaveLength(30);
    expect(body.confidence.errorRateLow).toBeLessThan(0.05);
    expect(body.confidence.errorRateHigh).toBeGreaterThan(0.05);
    const near = await harness.ask('stranger', 'dependencies', { query: HOUR });
    expect(near.body.sample).toEqual(body.sample);
    const report = await harness.ask('stranger', 'report', { query: HOUR });
    expect(report.body.sample).toEqual(body.sample);
    expect(report.body.coverage).toMatch(
      /^These are \d+ traces from all over the window, which stand for about \d+/,
    );
    expect(report.body.overall.p50Us).toBe(overall.p50Us);
  });

  it('are compared with a sample of the window before', async () => {
    const query = {
      startTimeMs: START_MS + HOUR_MS / 2,
      endTimeMs: START_MS + HOUR_MS,
    };
    const { body } = await harness.ask('stranger', 'latency', { query });
    expect(body.previous).toMatchObject({ p50Us: 10_000 });
    expect(body.previous.estimate).toBeDefined();
    expect(body.comparison).toMatchObject({
      p50Ratio: 3,
      verdict: 'more errors',
    });
  });

  it('come quickly at first, and more finely where that is asked for, from what was read and more', async () => {
    const ask = async (sample: string) => {
      const query = { ...HOUR, sample };
      const { body } = await harness.ask('stranger', 'latency', { query });
      return body.sample;
    };
    const quick = await ask('quick');
    const { length } = busy.asked;
    const normal = await ask('normal');
    expect(quick.level).toBe('quick');
    expect(normal.level).toBe('normal');
    expect(normal.readTraceCount).toBeGreaterThan(quick.readTraceCount);
    const asked = busy.asked.length;
    expect(asked).toBeGreaterThan(length);
    expect(await ask('quick')).toEqual(quick);
    expect(busy.asked).toHaveLength(asked);
    const fine = await ask('fine');
    expect(fine).toMatchObject({ level: 'fine', canRefine: false });
    expect(fine.readTraceCount).toBeGreaterThan(2 * normal.readTraceCount);
  });

  it('are refused at a level that there is not', async () => {
    const query = { ...HOUR, sample: 'all' };
    const { status } = await harness.ask('stranger', 'latency', { query });
    expect(status).toBe(400);
  });

  it('lead to the traces that they were made of: from all over the window, newest first', async () => {
    const query = { ...HOUR, sample: 'normal' };
    const { body } = await harness.ask('stranger', 'traces', { query });
    expect(body.sample).toMatchObject({ level: 'normal' });
    expect(body.coverage).toMatchObject({ complete: false, isSample: true });
    const starts = (body.traces as TraceSummary[]).map(
      ({ startTimeMs }) => startTimeMs,
    );
    expect(starts.length).toBeGreaterThan(300);
    expect(starts.length).toBeLessThanOrEqual(500);
    expect(starts).toEqual([...starts].sort((a, b) => b - a));
    const early = starts.filter(ms => ms < START_MS + HOUR_MS / 2);
    expect(early.length).toBeGreaterThan(starts.length / 3);
    const ofWindow = () =>
      busy.asked.filter(({ startTimeMs }) => startTimeMs >= START_MS).length;
    const asked = ofWindow();
    await harness.ask('stranger', 'latency', { query: HOUR });
    expect(ofWindow()).toBe(asked);
  });

  it.each([
    ['operation', 'GET /'],
    ['errorsOnly', 'true'],
    ['minSpanDurationUs', '5'],
    ['tag', 'a=b'],
  ])('are of no filtered traces: %s is refused', async (field, value) => {
    const query = { ...HOUR, sample: 'quick', [field]: value };
    const { status, body } = await harness.ask('stranger', 'traces', { query });
    expect(status).toBe(400);
    expect(body.error.meshTracing).toMatchObject({ field });
  });
});

describe('the finest statistics', () => {
  it('are read for one user one at a time, beside what else that user reads', async () => {
    const harness = await startMeshTracing();
    const busy = busyHour();
    let underWay = 0;
    let most = 0;
    const read = async (...of: Parameters<BusyStore['read']>) => {
      const isFine = of[0].endTimeMs > START_MS + HOUR_MS - 1_000;
      underWay += isFine ? 1 : 0;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= isFine ? 1 : 0;
      return busy.read(...of);
    };
    Object.assign(harness.store, { read });
    try {
      const answers = await Promise.all(
        [0, 1, 2].map(n => {
          const query = { ...HOUR, startTimeMs: START_MS + n, sample: 'fine' };
          return harness.ask('stranger', 'dependencies', { query });
        }),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(most).toBe(1);
    } finally {
      await harness.stop();
    }
  });
});
