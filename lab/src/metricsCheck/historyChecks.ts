import assert from 'node:assert/strict';
import type { PrometheusConfig } from 'backstage-plugin-mesh-tracing-backend/src/tracestore';
import type { CheckList } from '../checks/CheckList';
import { HOSTILE_NAME } from './history/knownRequests';
import { bucketQuantile } from './history/RequestGroup';
import { withPrometheus } from './metricsStore';
import { assertNear } from './near';
import { GuardedPrometheus } from './programs/GuardedPrometheus';

const QUICK = { '25': 0.5, '50': 0.45, '250': 0.05 };
const SLOW = { '100': 0.5, '500': 0.5 };
/** Samples stand at the ends of the window, so that rates are exact but for these. */
const EXACT = 0.01;

/** What history the Prometheus holds. */
export interface KnownHistory {
  url: string;
  startTimeMs: number;
  endTimeMs: number;
}

const shop = (...names: string[]) =>
  names.map(name => ({ namespace: 'shop', name }));

/** What the product tells of one hour of which everything is known. */
export async function checkHistory(
  checks: CheckList,
  { url, startTimeMs, endTimeMs }: KnownHistory,
): Promise<void> {
  const window = { startTimeMs, endTimeMs };
  const istio: PrometheusConfig = {
    url,
    metrics: 'istio',
    labels: { operation: 'request_operation' },
    selector: { cluster: 'east' },
  };
  const measure = (
    config: PrometheusConfig,
    of: { services?: string[]; workloads?: ReturnType<typeof shop> },
  ) =>
    withPrometheus(config, async store => {
      const found = await store.measureRequests({
        services: [],
        ...of,
        ...window,
      });
      assert.ok(found);
      return found;
    });
  const checkout = () =>
    measure(istio, { workloads: shop('checkout-v1', 'checkout-v2') });

  await checks.check(
    "rate, failures and quantiles of Istio's metrics are those that were counted",
    async () => {
      const { overall } = await checkout();
      // On average of the hour: 45 orders of v1, a tenth of them failed, 10 carts, 10 of v2.
      const groups = [
        { buckets: QUICK, weight: 40.5 + 10 },
        { buckets: SLOW, weight: 4.5 + 10 },
      ];
      assertNear(overall?.callsPerSecond, 65, EXACT, 'the rate');
      assertNear(overall?.errorRate, 4.5 / 65, EXACT, 'the share of failures');
      for (const [field, quantile] of [
        ['p50Us', 0.5],
        ['p95Us', 0.95],
        ['p99Us', 0.99],
      ] as const) {
        const expected = 1_000 * bucketQuantile(groups, quantile);
        assertNear(overall?.[field], expected, EXACT, field);
      }
      return `${overall?.callsPerSecond?.toFixed(2)}/s, p95 ${(
        (overall?.p95Us ?? 0) / 1_000
      ).toFixed(1)} ms`;
    },
  );
  await checks.check(
    'each workload and each operation has its row',
    async () => {
      const { services, operations, knowsOperations, missing } =
        await checkout();
      assert.deepEqual(
        services.map(({ service }) => service),
        ['checkout-v1.shop', 'checkout-v2.shop'],
      );
      assert.ok(knowsOperations);
      assert.deepEqual(missing, []);
      const rows = operations.map(row => ({
        ...row,
        name: `${row.service} ${row.operation}`,
      }));
      assert.deepEqual(rows.map(({ name }) => name).sort(), [
        'checkout-v1.shop GET /cart',
        'checkout-v1.shop POST /orders',
        'checkout-v2.shop POST /orders',
      ]);
      const [busiest] = rows;
      assert.equal(busiest?.name, 'checkout-v1.shop POST /orders');
      assertNear(busiest?.callsPerSecond, 45, EXACT, 'the rate of orders');
      assertNear(busiest?.errorRate, 0.1, EXACT, 'the failed orders');
      const cart = rows.find(({ operation }) => operation === 'GET /cart');
      assert.equal(cart?.errorRate, 0);
      assertNear(cart?.p50Us, 25_000, EXACT, 'p50 of the cart');
    },
  );
  await checks.check('the course over time shows when it doubled', async () => {
    const { series, resolutionMs } = await checkout();
    assert.equal(series.points.length, 60);
    assert.equal(series.stepMs, 60_000);
    assertNear(resolutionMs, 15_000, 0.1, 'the time between readings');
    const rateAt = (share: number) =>
      series.points[Math.floor(share * series.points.length)]?.callsPerSecond;
    assertNear(rateAt(0.25), 30 + 10 + 10, EXACT, 'the early rate');
    assertNear(rateAt(0.75), 60 + 10 + 10, EXACT, 'the late rate');
    const last = series.points.at(-1);
    assert.equal(last?.startMs, endTimeMs - 60_000);
    assertNear(last?.errorRate, 6 / 80, EXACT, 'the late failures');
  });
  await checks.check(
    'namesakes in other namespaces and clusters, and the callers’ reports, are not counted',
    async () => {
      const { overall } = await measure(istio, {
        workloads: shop('checkout-v1'),
      });
      assertNear(overall?.callsPerSecond, 55, EXACT, 'the rate');
      const bank = [{ namespace: 'bank', name: 'checkout-v1' }];
      const both = await measure(istio, {
        workloads: [...shop('checkout-v2'), ...bank],
      });
      assert.deepEqual(both.services.map(({ service }) => service).sort(), [
        'checkout-v1.bank',
        'checkout-v2.shop',
      ]);
      assertNear(both.overall?.errorRate, 7 / 17, EXACT, 'the failures');
    },
  );
  await checks.check(
    'a failed call by gRPC is a failure, a refused one is none',
    async () => {
      const { overall } = await measure(istio, { workloads: shop('rates') });
      assertNear(overall?.errorRate, 0.1, EXACT, 'the share of failures');
    },
  );
  await checks.check('what a waypoint reports is counted', async () => {
    const { overall } = await measure(istio, { workloads: shop('served') });
    assertNear(overall?.callsPerSecond, 4, EXACT, 'the rate');
  });
  await checks.check(
    'series without the label of operations are known as such',
    async () => {
      const unlabelled = await measure(istio, { workloads: shop('plain') });
      assert.equal(unlabelled.knowsOperations, false);
      assert.deepEqual(unlabelled.operations, []);
      const { labels: _, ...without } = istio;
      const notAsked = await measure(without, {
        workloads: shop('checkout-v1'),
      });
      assert.equal(notAsked.knowsOperations, false);
      assertNear(notAsked.overall?.callsPerSecond, 55, EXACT, 'the rate');
    },
  );
  await checks.check(
    'no request in the window is a rate of 0, without quantiles',
    async () => {
      const { overall, series } = await measure(istio, {
        workloads: shop('idle'),
      });
      assert.deepEqual(overall, {
        callsPerSecond: 0,
        errorRate: null,
        p50Us: null,
        p95Us: null,
        p99Us: null,
      });
      assert.ok(series.points.every(point => point.callsPerSecond === 0));
    },
  );
  await checks.check('no series is no figure', async () => {
    const { overall, services } = await measure(istio, {
      workloads: shop('unheard-of'),
    });
    assert.equal(overall, null);
    assert.deepEqual(services, []);
  });
  await checks.check(
    'metrics and labels may have names of the site’s own',
    async () => {
      const { overall, operations } = await measure(
        {
          url,
          metrics: 'istio',
          counter: 'site_requests_total',
          histogram: 'site_request_time',
          labels: {
            workload: 'app',
            namespace: 'ns',
            reporter: 'side',
            responseCode: 'code',
            operation: 'op',
          },
          selector: { cluster: 'east' },
        },
        { workloads: shop('checkout-v1') },
      );
      assertNear(overall?.callsPerSecond, 55, EXACT, 'the rate');
      assertNear(overall?.errorRate, 4.5 / 55, EXACT, 'the failures');
      assert.equal(operations.length, 2);
      assert.ok((overall?.p95Us ?? 0) > 0);
    },
  );
  const spans: PrometheusConfig = { url, metrics: 'spanmetrics' };
  await checks.check(
    'span metrics tell the spans of servers, by operation',
    async () => {
      const { overall, operations, source } = await measure(spans, {
        services: ['checkout.shop', 'quiet.shop'],
      });
      assert.deepEqual(source, {
        kind: 'span-metrics',
        counts: 'traced-requests',
      });
      assertNear(overall?.callsPerSecond, 12, EXACT, 'the rate');
      assertNear(overall?.errorRate, 1 / 12, EXACT, 'the failures');
      assert.deepEqual(
        operations
          .map(row => [row.service, row.operation, row.errorRate])
          .sort(),
        [
          ['checkout.shop', 'GET /cart', 0],
          ['checkout.shop', 'POST /orders', 0.2],
          ['quiet.shop', 'GET /', 0],
        ],
      );
    },
  );
  await checks.check('a name full of signs means itself alone', async () => {
    const { services } = await measure(spans, { services: [HOSTILE_NAME] });
    assert.deepEqual(
      services.map(({ service }) => service),
      [HOSTILE_NAME],
    );
    assertNear(services[0]?.callsPerSecond, 3, EXACT, 'the rate');
    for (const hostile of ['.*', 'a.b|', '"} or vector(1) #', '\\', '']) {
      const found = await measure(spans, { services: [hostile] });
      assert.deepEqual(found.services, [], `'${hostile}' found something`);
      assert.equal(found.overall, null);
    }
  });
  await checks.check(
    'a token and a tenant’s header are sent, and refusals explained',
    async () => {
      const guarded = await GuardedPrometheus.start(url, {
        token: 'let-me-in',
        tenant: 'shop',
      });
      try {
        const config = { ...istio, url: guarded.url };
        const ask = (patch: Partial<PrometheusConfig>) =>
          measure({ ...config, ...patch }, { workloads: shop('plain') });
        const { overall } = await ask({
          auth: { type: 'bearer', token: 'let-me-in' },
          headers: { 'X-Scope-OrgID': 'shop' },
        });
        assertNear(overall?.callsPerSecond, 2, EXACT, 'the rate');
        await assert.rejects(
          ask({ auth: { type: 'bearer', token: 'wrong' } }),
          /refuses the portal's credentials \(status 401\); check 'prometheus.auth'/,
        );
      } finally {
        await guarded.stop();
      }
    },
  );
}
