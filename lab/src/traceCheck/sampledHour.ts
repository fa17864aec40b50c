import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  TraceSamples,
  type JaegerTraceStore,
} from 'backstage-plugin-mesh-tracing-backend/src/tracestore';
import type {
  LatencyStatistics,
  TraceSubject,
} from 'backstage-plugin-mesh-tracing-common';
import { waitUntil } from '../lifecycle/componentProcess';
import type { CheckList } from '../checks/CheckList';

/** Service that no workload of the lab has. */
const SERVICE = 'sampled';
const HOUR_MS = 3_600_000;
/** More than a quick sample reads, and less than the finest may. */
const TRACES = 4_200;
const TRACES_PER_REQUEST = 250;
const NEWEST = 500;
const SLICES = 60;
/** Of so many minutes one is looked at: fewer than those of a request. */
const SEEN_EACH = 3;

/** An hour of requests, the second half of which takes half as long again. */
interface SampledHour {
  startTimeMs: number;
  endTimeMs: number;
  /** In the order of time, microseconds. */
  durationsUs: number[];
}

function makeHour(nowMs: number): SampledHour {
  const endTimeMs = Math.floor(nowMs / 1000) * 1000 - 1_000;
  return {
    startTimeMs: endTimeMs - HOUR_MS,
    endTimeMs,
    durationsUs: Array.from({ length: TRACES }, (_, n) => {
      const spread = 1 + ((n * 7_919) % 1_000) / 1_000;
      return Math.round(20_000 * spread * (n < TRACES / 2 ? 1 : 1.5));
    }),
  };
}

function spanAt({ startTimeMs, durationsUs }: SampledHour, n: number) {
  const startUs = Math.round(
    (startTimeMs + ((n + 0.5) * HOUR_MS) / durationsUs.length) * 1000,
  );
  const startNs = BigInt(startUs) * 1_000n;
  return {
    traceId: randomBytes(16).toString('hex'),
    spanId: randomBytes(8).toString('hex'),
    name: 'GET /sampled',
    kind: 2,
    startTimeUnixNano: String(startNs),
    endTimeUnixNano: String(startNs + BigInt(durationsUs[n] ?? 0) * 1_000n),
    status: n % 20 === 0 ? { code: 2 } : {},
  };
}

async function sendHour(otlpHttp: string, hour: SampledHour): Promise<void> {
  for (let from = 0; from < TRACES; from += TRACES_PER_REQUEST) {
    const count = Math.min(TRACES_PER_REQUEST, TRACES - from);
    const response = await fetch(`${otlpHttp}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        resourceSpans: [
          {
            resource: {
              attributes: [
                { key: 'service.name', value: { stringValue: SERVICE } },
              ],
            },
            scopeSpans: [
              {
                spans: Array.from({ length: count }, (_, i) =>
                  spanAt(hour, from + i),
                ),
              },
            ],
          },
        ],
      }),
    });
    assert.equal(response.status, 200, await response.text());
  }
}

/** Settles when Jaeger finds a minute of each request: all is not there at once. */
async function storeHour(
  otlpHttp: string,
  hour: SampledHour,
  store: JaegerTraceStore,
): Promise<void> {
  await sendHour(otlpHttp, hour);
  const minuteMs = HOUR_MS / SLICES;
  for (let minute = 0; minute < SLICES; minute += SEEN_EACH) {
    const startTimeMs = hour.startTimeMs + minute * minuteMs;
    await waitUntil(
      `Jaeger to have minute ${minute}`,
      async () => {
        const { traces } = await store.search({
          services: [SERVICE],
          startTimeMs,
          endTimeMs: startTimeMs + minuteMs,
          limit: NEWEST,
        });
        return traces.length === TRACES / SLICES;
      },
      undefined,
      60_000,
    );
  }
}

/** As the figures of all requests are told: between the two nearest in proportion. */
function quantile(durationsUs: readonly number[], share: number): number {
  const sorted = [...durationsUs].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [low = 0, high = low] = sorted.slice(
    Math.floor(at),
    Math.floor(at) + 2,
  );
  return low + (high - low) * (at - Math.floor(at));
}

/**
 * Writes an hour that slows down in its middle into a real Jaeger, and compares what
 * the product says of it with the truth, and with what the newest traces say.
 */
export async function checkSampledHour(options: {
  checks: CheckList;
  /** What storage Jaeger has, for the report. */
  storage: string;
  otlpHttp: string;
  store: JaegerTraceStore;
}): Promise<void> {
  const { checks, storage, otlpHttp, store } = options;
  const hour = makeHour(Date.now());
  const { startTimeMs, endTimeMs, durationsUs } = hour;
  const window = { startTimeMs, endTimeMs };
  const subject: TraceSubject = { services: [SERVICE], workloads: [] };
  const request = { subject, ...window, slices: SLICES };
  const filter = { services: [SERVICE], subject, ...window };
  const analyze = (level: 'quick' | 'fine') =>
    TraceSamples.create().analyze(store, { filter, level }, request, {});
  await checks.check(`an hour of ${TRACES} traces is stored (${storage})`, () =>
    storeHour(otlpHttp, hour, store),
  );
  await checks.check(
    `the sample of an hour covers the truth, and is nearer to it than the newest traces (${storage})`,
    async () => {
      const { analysis } = await analyze('quick');
      const newest = await store.analyze({ ...filter, limit: NEWEST }, request);
      const { overall } = analysis.latency;
      const { overall: last } = newest.analysis.latency;
      assert.ok(overall?.estimate && last && analysis.sample);
      assert.equal(analysis.sample.unreadSliceCount, 0);
      assertCovers(overall.estimate.count, TRACES, 'count');
      return (['p50Us', 'p95Us'] as const)
        .map(name => compare(name, { overall, last, durationsUs }))
        .concat(`${analysis.sample.readTraceCount} traces read`)
        .join(', ');
    },
  );
  await checks.check(
    `the finest sample of an hour that can be read whole is exact (${storage})`,
    async () => {
      const { analysis, coverage } = await analyze('fine');
      assert.equal(coverage.complete, true, 'not complete');
      assert.equal(analysis.latency.overall?.count, TRACES);
      assert.equal(analysis.latency.overall?.estimate, undefined);
      return `all of ${TRACES} traces`;
    },
  );
}

function compare(
  name: 'p50Us' | 'p95Us',
  of: {
    overall: LatencyStatistics;
    last: LatencyStatistics;
    durationsUs: readonly number[];
  },
): string {
  const truth = quantile(of.durationsUs, name === 'p50Us' ? 0.5 : 0.95);
  const bounds = of.overall.estimate?.[name];
  assert.ok(bounds, `${name} has no bounds`);
  assertCovers(bounds, truth, name);
  const [sampled, newest] = [of.overall, of.last].map(
    statistics => Math.abs(statistics[name] - truth) / truth,
  ) as [number, number];
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  // The 95th percentile of the newest is that of the slower half, and not far off.
  assert.ok(
    name === 'p50Us' ? sampled <= newest / 4 : sampled < newest,
    `${name}: ${percent(sampled)} and ${percent(newest)}`,
  );
  return `${name} off by ${percent(sampled)}, of the newest by ${percent(
    newest,
  )}`;
}

function assertCovers(
  { low, high }: { low: number; high: number },
  truth: number,
  what: string,
): void {
  assert.ok(
    low <= truth && truth <= high,
    `${what} is ${truth}, not between ${low} and ${high}`,
  );
}
