import type { SampleLevel } from 'backstage-plugin-mesh-tracing-common';
import {
  BusyStore,
  type BusyRequest,
} from '../../testing/tracestore/BusyStore';
import { TraceSamples } from './TraceSamples';

jest.setTimeout(30_000);

const HOUR_MS = 3_600_000;
const START_MS = 1_790_000_000_000;
const HOUR = { startTimeMs: START_MS, endTimeMs: START_MS + HOUR_MS };
const SLICES = 60;

/** Evenly over the hour; those of its second half take half as long again. */
function slowingDown(count: number, service = 'a'): BusyRequest[] {
  return Array.from({ length: count }, (_, n) => ({
    service,
    startMs: START_MS + ((n + 0.5) * HOUR_MS) / count,
    durationUs: (10_000 + ((n * 7_919) % 1_000)) * (n < count / 2 ? 1 : 1.5),
    isError: n % 20 === 0,
  }));
}

interface Asked {
  level?: SampleLevel;
  services?: string[];
  signal?: AbortSignal;
  samples?: TraceSamples;
  window?: typeof HOUR;
}

function analyze(store: BusyStore, asked: Asked = {}) {
  const { level = 'normal', services = ['a'], signal, window = HOUR } = asked;
  const samples = asked.samples ?? TraceSamples.create();
  const subject = { services, workloads: [] };
  return samples.analyze(
    store,
    { filter: { services, subject, ...window }, level },
    { subject, ...window, slices: SLICES },
    { signal, caller: 'user:default/ada' },
  );
}

const asksOf = (store: BusyStore) => store.asked.length;

describe('statistics of a window from a sample', () => {
  it('are exact, and of one search, where that brings all traces', async () => {
    const store = new BusyStore(slowingDown(80));
    const { analysis, coverage } = await analyze(store);
    expect(analysis).toMatchObject({ traceCount: 80, subjectTraceCount: 80 });
    expect(analysis.sample).toBeUndefined();
    expect(analysis.latency.overall?.estimate).toBeUndefined();
    expect(coverage).toMatchObject({
      complete: true,
      matchedCount: 80,
      failures: [],
    });
    expect(coverage.isSample).toBeUndefined();
    expect(asksOf(store)).toBe(1);
  });

  it('are of the whole window and not of its newest traces, and say how they were made', async () => {
    const store = new BusyStore(slowingDown(36_000));
    const { analysis, coverage } = await analyze(store);
    const { sample, latency } = analysis;
    expect(sample).toMatchObject({
      level: 'normal',
      isExact: false,
      unreadSliceCount: 0,
      canRefine: true,
    });
    expect(sample?.estimatedTraceCount).toBeGreaterThan(32_000);
    expect(sample?.estimatedTraceCount).toBeLessThan(40_000);
    expect(coverage).toMatchObject({ complete: false, isSample: true });
    expect(coverage.oldestStartTimeMs).toBeUndefined();
    expect(coverage.fetchedCount).toBeLessThan(2_000);
    const half = latency.series.points.filter(({ p50Us }) => p50Us! < 12_500);
    expect(half).toHaveLength(SLICES / 2);
    // Of all requests half are slow, of the newest 500 all.
    expect(latency.overall?.p50Us).toBeGreaterThan(10_500);
    expect(latency.overall?.p50Us).toBeLessThan(15_200);
  });

  it('read nothing again: a finer level goes on from a coarser one, and equal questions share one answer', async () => {
    const store = new BusyStore(slowingDown(36_000));
    const samples = TraceSamples.create();
    await analyze(store, { samples, level: 'quick' });
    const quick = asksOf(store);
    await Promise.all([
      analyze(store, { samples, level: 'normal' }),
      analyze(store, { samples, level: 'normal' }),
      analyze(store, { samples, level: 'quick' }),
    ]);
    const normal = asksOf(store);
    expect(normal).toBeGreaterThan(quick);
    const { analysis } = await analyze(store, { samples, level: 'quick' });
    expect(analysis.sample?.level).toBe('normal');
    expect(asksOf(store)).toBe(normal);
    const alone = new BusyStore(slowingDown(36_000));
    await analyze(alone, { level: 'normal' });
    expect(normal).toBeLessThan(asksOf(alone) + quick);
    const fine = await analyze(store, { samples, level: 'fine' });
    expect(fine.analysis.sample?.readTraceCount).toBeGreaterThan(
      3 * (analysis.sample?.readTraceCount ?? 0),
    );
  });

  it('do not begin with one search of the whole window where lately that was not all', async () => {
    const store = new BusyStore(slowingDown(36_000));
    const samples = TraceSamples.create();
    const underWayAtFirst: number[] = [];
    store.before = async () => {
      if (underWayAtFirst.length === 0) {
        underWayAtFirst.push(asksOf(store));
      }
    };
    await analyze(store, { samples, level: 'quick' });
    expect(underWayAtFirst).toEqual([1]);
    underWayAtFirst.length = 0;
    store.asked.length = 0;
    const shorter = { ...HOUR, endTimeMs: HOUR.endTimeMs - 1_000 };
    await analyze(store, { samples, level: 'quick', window: shorter });
    expect(underWayAtFirst[0]).toBeGreaterThan(5);
  });

  it('have so many requests under way as a store has use for, whatever number of names is read', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const store = new BusyStore(
      names.flatMap(service => slowingDown(6_000, service)),
    );
    await analyze(store, { services: names });
    expect(store.mostAtOnce).toBeLessThanOrEqual(4);
    const one = new BusyStore(slowingDown(36_000));
    await analyze(one);
    expect(one.mostAtOnce).toBeLessThanOrEqual(24);
  });

  it('are of all the window, too, where a slow store leaves no time for each slice', async () => {
    const store = new BusyStore(slowingDown(36_000));
    const samples = TraceSamples.create({ now: () => asksOf(store) * 350 });
    await analyze(store, { samples, level: 'quick' });
    const { analysis } = await analyze(store, { samples });
    const { points } = analysis.latency.series;
    const read = (of: typeof points) => of.filter(one => !one.isUnread).length;
    const [first, second] = [read(points.slice(0, 30)), read(points.slice(30))];
    expect(first + second).toBeLessThan(SLICES);
    expect(first + second).toBeGreaterThan(SLICES / 3);
    expect(Math.abs(first - second)).toBeLessThan(6);
  });

  it('are of fewer traces where these are large', async () => {
    const store = new BusyStore(slowingDown(36_000));
    store.bytesPerTrace = 2 * 1024 * 1024;
    const { analysis, coverage } = await analyze(store);
    expect(coverage.fetchedCount * store.bytesPerTrace).toBeLessThan(
      1.5 * 96 * 1024 * 1024,
    );
    expect(analysis.sample?.readTraceCount).toBeGreaterThan(0);
  });
});

describe('a sample of a store that fails', () => {
  it('fails as the store does, without asking for all of it', async () => {
    const store = new BusyStore(slowingDown(36_000));
    store.before = async () => {
      throw new Error('disk full');
    };
    await expect(analyze(store)).rejects.toThrow('disk full');
    expect(asksOf(store)).toBeLessThanOrEqual(24);
  });

  it('is tried anew by the next who asks', async () => {
    const store = new BusyStore(slowingDown(80));
    const samples = TraceSamples.create();
    store.before = async () => {
      throw new Error('disk full');
    };
    await expect(analyze(store, { samples })).rejects.toThrow('disk full');
    store.before = async () => {};
    const { coverage } = await analyze(store, { samples });
    expect(coverage).toMatchObject({ complete: true, failures: [] });
  });

  it('says nothing of slices that could not be read, and why', async () => {
    const store = new BusyStore(slowingDown(36_000));
    const third = START_MS + HOUR_MS / 3;
    store.before = async ({ startTimeMs, endTimeMs }) => {
      if (endTimeMs - startTimeMs < HOUR_MS && startTimeMs < third) {
        throw new Error('shard is gone');
      }
    };
    const { analysis, coverage } = await analyze(store);
    expect(coverage.failures).toEqual([
      { service: 'a', message: 'shard is gone' },
    ]);
    expect(coverage.complete).toBe(false);
    expect(analysis.sample?.unreadSliceCount).toBeGreaterThan(0);
  });

  it('is that of the other names where one never answers', async () => {
    const store = new BusyStore(slowingDown(36_000));
    const { read } = store;
    store.read = async (query, options) => {
      const rest = { ...query, services: ['a'] };
      const found = await read.call(store, rest, options);
      const error = new Error('no such index');
      return { ...found, reach: [...found.reach, { service: 'b', error }] };
    };
    const { analysis, coverage } = await analyze(store, {
      services: ['a', 'b'],
    });
    expect(analysis.sample).toMatchObject({ unreadSliceCount: 0 });
    expect(coverage).toMatchObject({
      complete: false,
      failures: [{ service: 'b', message: 'no such index' }],
    });
  });
});

describe('a sample that nobody waits for any more', () => {
  it('is not read on, and what was read serves the next', async () => {
    const store = new BusyStore(slowingDown(36_000));
    const samples = TraceSamples.create();
    const gone = new AbortController();
    store.before = async () => {
      if (asksOf(store) > 5) {
        gone.abort(new Error('gone'));
      }
    };
    await expect(
      analyze(store, { samples, signal: gone.signal }),
    ).rejects.toThrow('gone');
    const asked = asksOf(store);
    expect(asked).toBeLessThanOrEqual(1 + 24);
    await new Promise(setImmediate);
    expect(asksOf(store)).toBe(asked);
    store.before = async () => {};
    const { analysis } = await analyze(store, { samples });
    expect(analysis.sample).toMatchObject({ unreadSliceCount: 0 });
  });
});
