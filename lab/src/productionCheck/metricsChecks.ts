import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { FRONTEND } from '../checks/frontendSubject';
import { APP_NAMESPACE } from '../kubernetes/meshWorkloads';
import { waitUntil } from '../lifecycle/componentProcess';
import { sendRequests } from '../traffic/sendRequests';
import { productStore, type CheckedStore } from './CheckedStore';
import { askPrometheus } from './countedRequests';

const REQUESTS = 200;
/** So that each series is there before what is counted. */
const WARM_UP = 20;
/** Longer than two scrapes. */
const QUIET_MS = 5_000;
/** Jaeger's metrics take whole minutes, and series have to be there before. */
const LEAD_MS = 60_000;
/** Spans are counted when a collector hands them on, Jaeger's minutes come later. */
const METRICS_TIMEOUT_MS = 90_000;
/** Everything that Prometheus is to scrape, but for portals: nobody serves one. */
const TARGETS = 12;

type Edges = Record<string, number>;

async function edges(prometheus: string): Promise<Edges> {
  const samples = await askPrometheus(
    prometheus,
    'sum by (reporter, destination_service_name) (istio_requests_total{response_code="200"})',
  );
  return Object.fromEntries(
    samples.map(({ labels, value }) => [
      `${labels.reporter} ${labels.destination_service_name}`,
      value,
    ]),
  );
}

/**
 * Waits until nothing is counted any more: `rate()` begins at a series' second
 * value, so that what it was born with is no traffic.
 */
async function settledEdges(prometheus: string): Promise<Edges> {
  let settled = await edges(prometheus);
  await waitUntil('quiet', async () => {
    await delay(QUIET_MS);
    const now = await edges(prometheus);
    const quiet = JSON.stringify(now) === JSON.stringify(settled);
    settled = now;
    return quiet && (now['destination frontend'] ?? 0) > 0;
  });
  return settled;
}

async function checkCounts({
  endpoints,
  production,
}: CheckedStore): Promise<string> {
  const { prometheus } = production;
  const ofPages = [
    'destination frontend',
    'source details',
    'destination details',
    'source reviews',
    'destination reviews',
  ];
  await sendRequests({ url: endpoints.frontend, count: WARM_UP });
  const before = await settledEdges(prometheus);
  const { statuses } = await sendRequests({
    url: endpoints.frontend,
    count: REQUESTS,
  });
  assert.deepEqual(statuses, { 200: REQUESTS });
  const grown = (now: Edges, edge: string) =>
    (now[edge] ?? 0) - (before[edge] ?? 0);
  let now = before;
  await waitUntil(
    `${REQUESTS} requests on every edge`,
    async () => {
      now = await edges(prometheus);
      return ofPages.every(edge => grown(now, edge) >= REQUESTS);
    },
    undefined,
    30_000,
  );
  // The callers' proxies are scraped at another moment than the called.
  now = await settledEdges(prometheus);
  for (const edge of ofPages) {
    assert.equal(grown(now, edge), REQUESTS, edge);
  }
  assert.equal(grown(now, 'source ratings'), grown(now, 'destination ratings'));
  return `${REQUESTS} requests on ${ofPages.length} edges, and ${grown(
    now,
    'source ratings',
  )} to ratings`;
}

/** The product's own readers of metrics, on the three sources that the lab has. */
async function checkReaders(
  checked: CheckedStore,
  sentAfterMs: number,
): Promise<string> {
  const { prometheus: url } = checked.production;
  // The window grows while it is waited, so that no request falls out of it.
  const untilNow = () => ({
    services: [FRONTEND],
    workloads: [{ namespace: APP_NAMESPACE, name: 'frontend-v1' }],
    startTimeMs: sentAfterMs - LEAD_MS,
    endTimeMs: Date.now(),
  });
  const sources = {
    istio: productStore(checked, { prometheus: { url, metrics: 'istio' } }),
    spanmetrics: productStore(checked, {
      prometheus: { url, metrics: 'spanmetrics' },
    }),
    jaeger: productStore(checked),
  };
  const said: string[] = [];
  for (const [name, store] of Object.entries(sources)) {
    try {
      let seen = 0;
      let p95Us = 0;
      await waitUntil(
        `${name} to tell of the requests`,
        async () => {
          const window = untilNow();
          const rows = (await store.requestMetrics(window)) ?? [];
          const seconds = (window.endTimeMs - window.startTimeMs) / 1000;
          seen = Math.round((rows[0]?.callsPerSecond ?? 0) * seconds);
          p95Us = rows[0]?.p95Us ?? 0;
          return seen > REQUESTS * 0.8 && p95Us > 0;
        },
        undefined,
        METRICS_TIMEOUT_MS,
      );
      assert.ok(seen < REQUESTS * 1.5, `${name}: ${seen} requests`);
      said.push(`${name} ${seen}, p95 ${(p95Us / 1000).toFixed(1)} ms`);
    } finally {
      await store.stop();
    }
  }
  return said.join('; ');
}

/** What alerts on a collector are made of. */
const OF_COLLECTORS = [
  'jaeger_storage_bulk_index_attempts_total',
  'jaeger_storage_bulk_index_errors_total',
  'otelcol_receiver_accepted_spans_total',
  'otelcol_receiver_refused_spans_total',
];

async function checkNames(prometheus: string): Promise<void> {
  const samples = await askPrometheus(
    prometheus,
    `count by (__name__) ({__name__=~"${OF_COLLECTORS.join('|')}"})`,
  );
  const names = samples.map(({ labels }) => labels.__name__).sort();
  assert.deepEqual(names, OF_COLLECTORS);
}

/** Prometheus, what the Envoys count, and what the product makes of it. */
export async function checkMetrics(checked: CheckedStore): Promise<void> {
  const { checks, production } = checked;
  await checks.check('Prometheus scrapes every part', async () => {
    let up = 0;
    await waitUntil('all targets', async () => {
      const [sample] = await askPrometheus(production.prometheus, 'sum(up)');
      up = sample?.value ?? 0;
      return up === TARGETS;
    });
    return `${up} targets`;
  });
  const sentAfterMs = Date.now();
  await checks.check('Envoys count each request once on each side', () =>
    checkCounts(checked),
  );
  await checks.check(
    'the collectors tell what they refuse and fail to store',
    () => checkNames(production.prometheus),
  );
  await checks.check(
    "the product reads Istio's, span and Jaeger's metrics",
    () => checkReaders(checked, sentAfterMs),
  );
}
