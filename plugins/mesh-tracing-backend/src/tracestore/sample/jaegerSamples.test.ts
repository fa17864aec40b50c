import type { SampleLevel } from 'backstage-plugin-mesh-tracing-common';
import {
  fakeJaeger,
  type FakeJaegerVersion,
} from '../../testing/tracestore/fakeJaeger';
import type { FakeStorage } from '../../testing/tracestore/pickTraces';
import { serve, stopAll, storeAt } from '../../testing/tracestore/storeHarness';
import { shopTraces, wholeWindow } from '../../testing/tracestore/traces';
import { TraceSamples } from './TraceSamples';

const COUNT = 1_500;
const window = wholeWindow(COUNT);
const subject = { services: ['a'], workloads: [] };
/** The n-th takes n milliseconds. */
const TRUE_P50_US = (COUNT / 2) * 1_000;
/** Of the newest 500. */
const NEWEST_P50_US = (COUNT - 250) * 1_000;

describe('a sample of a window of a real API', () => {
  afterEach(stopAll);

  const analyze = async (
    version: FakeJaegerVersion,
    storage: FakeStorage,
    level: SampleLevel,
  ) => {
    const traces = shopTraces(COUNT);
    const store = storeAt(
      await serve(fakeJaeger({ version, storage, traces })),
    );
    return TraceSamples.create().analyze(
      store,
      { filter: { services: ['a'], subject, ...window }, level },
      { subject, ...window, slices: 60 },
      { caller: 'user:default/ada' },
    );
  };

  it.each<[FakeJaegerVersion, FakeStorage]>([
    ['1.0', 'elasticsearch'],
    ['2.13', 'memory'],
    ['2.13', 'cassandra'],
    ['2.19', 'badger'],
    ['2.19', 'opensearch'],
    ['2.21', 'elasticsearch'],
    ['2.21', 'memory'],
    ['2.21', 'cassandra'],
  ])(
    'tells of all of it, within its bounds, what the newest traces do not (%s, %s)',
    async (version, storage) => {
      const { analysis, coverage } = await analyze(version, storage, 'quick');
      const { overall } = analysis.latency;
      expect(analysis.sample).toMatchObject({ isExact: false, level: 'quick' });
      expect(coverage).toMatchObject({ complete: false, isSample: true });
      const { count, p50Us } = overall?.estimate ?? {};
      expect(count?.low).toBeLessThanOrEqual(COUNT);
      expect(count?.high).toBeGreaterThanOrEqual(COUNT);
      expect(p50Us?.low).toBeLessThanOrEqual(TRUE_P50_US);
      expect(p50Us?.high).toBeGreaterThanOrEqual(TRUE_P50_US);
      expect(Math.abs((overall?.p50Us ?? 0) - TRUE_P50_US)).toBeLessThan(
        (NEWEST_P50_US - TRUE_P50_US) / 4,
      );
    },
    30_000,
  );

  it('is exact once everything was read, and says so', async () => {
    const { analysis, coverage } = await analyze('2.21', 'memory', 'fine');
    expect(analysis.sample).toBeUndefined();
    expect(analysis.latency.overall).toMatchObject({ count: COUNT });
    expect(analysis.latency.overall?.estimate).toBeUndefined();
    expect(coverage).toMatchObject({ complete: true, matchedCount: COUNT });
  }, 30_000);
});
