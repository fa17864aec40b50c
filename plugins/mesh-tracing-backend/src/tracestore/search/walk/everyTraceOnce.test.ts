import fc from 'fast-check';
import type { Span, Trace } from 'backstage-plugin-mesh-tracing-common';
import type { TraceSearchResult } from 'backstage-plugin-mesh-tracing-node';
import type { JaegerDialect } from '../../../tracestore/config/JaegerStoreConfig';
import type { JaegerTraceStore } from '../../JaegerTraceStore';
import {
  fakeJaeger,
  type FakeJaegerVersion,
} from '../../../testing/tracestore/fakeJaeger';
import type { FakeStorage } from '../../../testing/tracestore/pickTraces';
import {
  serve,
  stopAll,
  storeAt,
} from '../../../testing/tracestore/storeHarness';

afterEach(stopAll);

const START_US = 1_790_000_000_000_000;
const LENGTH_US = 60_000_000;
const window = {
  startTimeMs: (START_US - 1) / 1000,
  endTimeMs: (START_US + LENGTH_US + 1) / 1000,
};
const SEARCHED = 'web';

/** When the searched service is reached, and how long before the trace began. */
interface Visit {
  atUs: number;
  ns: number;
  leadUs: number;
  lastsUs: number;
  /** How often the service is called. */
  times: number;
}

function traceOf({ atUs, ns, leadUs, lastsUs, times }: Visit, n: number) {
  const start = START_US + atUs - leadUs;
  const span = (rest: Partial<Span>): Span => ({
    spanId: '0000000000000001',
    service: 'gateway',
    operation: 'GET /',
    kind: 'server',
    status: 'unset',
    offsetUs: 0,
    durationUs: leadUs + lastsUs,
    attributes: {},
    resource: {},
    events: [],
    links: [],
    warnings: [],
    ...rest,
  });
  const visit = (spanId: string, offsetUs: number) =>
    span({
      spanId,
      parentSpanId: '0000000000000001',
      service: SEARCHED,
      offsetUs,
      durationUs: lastsUs / 2,
    });
  return {
    traceId: (n + 1).toString(16).padStart(32, '0').replace(/^./, 'a'),
    startTimeUs: start,
    durationUs: leadUs + lastsUs,
    spans: [
      span({}),
      visit('0000000000000002', leadUs + ns / 1000),
      ...Array.from({ length: times - 1 }, (_, i) =>
        visit(
          (i + 3).toString(16).padStart(16, '0'),
          leadUs + Math.floor((lastsUs * (i + 1)) / (2 * times)),
        ),
      ),
    ],
    warnings: [],
  } satisfies Trace;
}

const quiet = fc.nat({ max: LENGTH_US });
/** Bursts, and the same instant again and again. */
const anyTime = fc.oneof(
  { weight: 4, arbitrary: quiet },
  { weight: 2, arbitrary: fc.nat({ max: 400 }).map(n => 30_000_000 + n) },
  { weight: 1, arbitrary: fc.constantFrom(10_000_000, 45_000_000) },
);

const visits = fc.array(
  fc.record<Visit>({
    atUs: anyTime,
    ns: fc.nat({ max: 999 }),
    leadUs: fc.oneof(
      { weight: 5, arbitrary: fc.nat({ max: 5_000 }) },
      { weight: 1, arbitrary: fc.nat({ max: 90_000_000 }) },
    ),
    lastsUs: fc.oneof(
      { weight: 5, arbitrary: fc.nat({ max: 20_000 }) },
      { weight: 1, arbitrary: fc.nat({ max: 30_000_000 }) },
    ),
    times: fc.constantFrom(1, 2, 8),
  }),
  { maxLength: 60, minLength: 20, size: 'max' },
);

const arrivals = fc.constantFrom('in-order', 'reversed', 'halves-swapped');

function inOrderOf(arrival: string, traces: Trace[]): Trace[] {
  const sorted = [...traces].sort((a, b) => a.startTimeUs - b.startTimeUs);
  const half = sorted.length >> 1;
  switch (arrival) {
    case 'in-order':
      return sorted;
    case 'reversed':
      return sorted.reverse();
    default:
      return [...sorted.slice(half), ...sorted.slice(0, half)];
  }
}

const CALM = 'calm';

/** Traces of another service, by which a store shows in which order it answers. */
const calmTraces = Array.from({ length: 40 }, (_, n): Trace => {
  const trace = traceOf(
    { atUs: n * 1_000_000, ns: 0, leadUs: 0, lastsUs: 10, times: 1 },
    1_000 + n,
  );
  return {
    ...trace,
    spans: trace.spans.map(span => ({ ...span, service: CALM })),
  };
});

const STORAGES: FakeStorage[] = [
  'memory',
  'badger',
  'elasticsearch',
  'opensearch',
  'cassandra',
];
const DIALECTS: Array<[JaegerDialect, FakeJaegerVersion]> = [
  ['legacy', '2.13'],
  ['v3', '2.13'],
  ['summaries', '2.21'],
];

/** Whether the time is in the window as all storages take it. */
const expected = (traces: Trace[]) =>
  new Set(traces.map(({ traceId }) => traceId));

/** Pages as the table does, exactly from where each answer ends. */
async function pageThrough(store: JaegerTraceStore, limit: number) {
  const seen = new Set<string>();
  const reasons = new Set<string>();
  let { endTimeMs } = window;
  for (let page = 0; page < 400; page++) {
    const { traces, coverage }: TraceSearchResult = await store.search({
      services: [SEARCHED],
      startTimeMs: window.startTimeMs,
      endTimeMs,
      limit,
    });
    expect(traces.length).toBeLessThanOrEqual(limit);
    traces.forEach(({ traceId }) => seen.add(traceId));
    coverage.incompleteBecause
      ?.filter(reason => reason !== 'older')
      .forEach(reason => reasons.add(reason));
    const { continueAtMs } = coverage;
    if (coverage.complete || continueAtMs === undefined) {
      return { seen, reasons, ended: true };
    }
    expect(coverage.incompleteBecause).toContain('older');
    if (continueAtMs >= endTimeMs) {
      return { seen, reasons, ended: false };
    }
    endTimeMs = continueAtMs;
  }
  return { seen, reasons, ended: false };
}

describe.each(STORAGES)(
  'the traces of a window in the order of %s',
  storage => {
    describe.each(DIALECTS)('through the dialect %s', (dialect, version) => {
      /** @param knowsOrder - whether the order of the store was met before */
      const startStore = async (
        traces: Trace[],
        knowsOrder: boolean,
        maxTraces?: number,
      ) => {
        const all = [...calmTraces, ...traces];
        const server = await serve(
          fakeJaeger({ traces: all, version, storage, maxTraces }),
        );
        const store = storeAt(server, { dialect });
        if (knowsOrder) {
          await store.search({ services: [CALM], ...window, limit: 20 });
        }
        return store;
      };

      it('all come in one answer, or it says that and why they do not', async () => {
        await fc.assert(
          fc.asyncProperty(
            visits,
            arrivals,
            fc.constantFrom(4, 9, 17, 40),
            fc.boolean(),
            async (made, arrival, maxTraces, knowsOrder) => {
              const traces = inOrderOf(arrival, made.map(traceOf));
              const store = await startStore(traces, knowsOrder, maxTraces);
              const { traces: rows, coverage } = await store.search({
                services: [SEARCHED],
                ...window,
                limit: 100,
              });
              const ids = rows.map(({ traceId }) => traceId);
              expect(new Set(ids).size).toBe(ids.length);
              expect(
                coverage.complete ? new Set(ids) : expected(traces),
              ).toEqual(expected(traces));
              expect((coverage.incompleteBecause ?? []).length > 0).toBe(
                !coverage.complete,
              );
              await stopAll();
            },
          ),
          { seed: 20261127, numRuns: 8, endOnFailure: true },
        );
      }, 60_000);

      it('all come page by page, but for those of an instant that holds more than a page', async () => {
        await fc.assert(
          fc.asyncProperty(
            visits,
            arrivals,
            fc.constantFrom(7, 15, 30),
            fc.boolean(),
            async (made, arrival, limit, knowsOrder) => {
              const traces = inOrderOf(arrival, made.map(traceOf));
              const store = await startStore(traces, knowsOrder);
              const { seen, reasons, ended } = await pageThrough(store, limit);
              expect(ended).toBe(true);
              expect(
                reasons.has('same-instant') ? expected(traces) : seen,
              ).toEqual(expected(traces));
              await stopAll();
            },
          ),
          { seed: 20261127, numRuns: 8, endOnFailure: true },
        );
      }, 60_000);
    });
  },
);
