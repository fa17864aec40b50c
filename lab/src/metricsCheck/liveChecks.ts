import assert from 'node:assert/strict';
import type { CheckList } from '../checks/CheckList';
import { waitUntil } from '../lifecycle/componentProcess';
import { NATIVE_WORKLOAD } from './live/NativeExporter';
import { withPrometheus, withStore } from './metricsStore';
import { assertNear } from './near';
import type { RunningJaeger } from './programs/jaeger';

/** What runs, and since when. */
export interface LiveEngines {
  prometheusUrl: string;
  /** With names as its exporter writes them. */
  jaeger: RunningJaeger;
  /** The same Prometheus, asked for names that nobody writes. */
  misnamed: RunningJaeger;
  /** Milliseconds since the epoch. */
  startedAtMs: number;
}

/** The last minute, which everything happened in. */
function lastMinute() {
  const endTimeMs = Date.now();
  return { startTimeMs: endTimeMs - 60_000, endTimeMs };
}

/** Native histograms, which have no buckets of their own. */
export async function checkNativeHistograms(
  checks: CheckList,
  { prometheusUrl: url, startedAtMs }: LiveEngines,
): Promise<void> {
  await checks.check(
    'quantiles come from native histograms where these are kept',
    async () => {
      const measured = await withPrometheus({ url, metrics: 'istio' }, store =>
        store.measureRequests({
          services: [],
          workloads: [NATIVE_WORKLOAD],
          ...lastMinute(),
        }),
      );
      const { overall, missing, services } = measured ?? {};
      const sent =
        (NATIVE_WORKLOAD.perSecond * (Date.now() - startedAtMs)) / 1_000;
      // A native bucket is 9 % wide.
      assertNear(overall?.p50Us, 1_000 * NATIVE_WORKLOAD.quickMs, 0.1, 'p50');
      assertNear(overall?.p99Us, 1_000 * NATIVE_WORKLOAD.slowMs, 0.1, 'p99');
      assertNear(
        (overall?.callsPerSecond ?? 0) * 60,
        sent,
        0.3,
        'the requests',
      );
      assert.deepEqual(missing, []);
      assert.deepEqual(
        services?.map(({ service }) => service),
        ['native-v1.shop'],
      );
      const drawn = measured?.series.points.filter(
        ({ p95Us }) => p95Us !== null,
      );
      assert.ok(
        (drawn?.length ?? 0) > 0,
        'no point of the course has a quantile',
      );
      return `p50 ${((overall?.p50Us ?? 0) / 1_000).toFixed(1)} ms, p99 ${(
        (overall?.p99Us ?? 0) / 1_000
      ).toFixed(0)} ms`;
    },
  );
}

/** Jaeger's metrics API, which asks the same Prometheus. */
export async function checkJaegerMetrics(
  checks: CheckList,
  { jaeger, misnamed }: LiveEngines,
): Promise<void> {
  const measure = (services: string[], url = jaeger.queryUrl) =>
    withStore({ url }, store =>
      store.measureRequests({ services, ...lastMinute() }),
    );
  await checks.check(
    "Jaeger's metrics API tells rate, failures and durations",
    async () => {
      await waitUntil(
        'Jaeger to know of both services',
        async () =>
          (await measure(['frontend', 'reviews']))?.services.length === 2,
        undefined,
        20_000,
      );
      const { overall, services, source } =
        (await measure(['frontend', 'reviews'])) ?? {};
      assert.deepEqual(source, { kind: 'jaeger', counts: 'traced-requests' });
      const rowOf = (name: string) =>
        services?.find(({ service }) => service === name);
      // The one without a failure is missing from Jaeger's answer about errors.
      assert.equal(rowOf('frontend')?.errorRate, 0);
      assertNear(rowOf('reviews')?.errorRate, 0.2, 0.1, 'the failed reviews');
      assertNear(overall?.errorRate, 0.1, 0.1, 'the failures of both');
      assert.ok((overall?.callsPerSecond ?? 0) > 0);
      // Within the buckets 50 to 100 and 10 to 50 ms, which is all that is known.
      assertNear(rowOf('frontend')?.p50Us, 75_000, 0.01, 'p50 of the frontend');
      assertNear(rowOf('reviews')?.p95Us, 48_000, 0.01, 'p95 of the reviews');
      return `${overall?.callsPerSecond?.toFixed(2)}/s`;
    },
  );
  await checks.check(
    "Jaeger's metrics API tells operations, and the course over time",
    async () => {
      const { operations, series, missing } =
        (await measure(['reviews'])) ?? {};
      assert.deepEqual(missing, []);
      assert.deepEqual(operations?.map(({ operation }) => operation).sort(), [
        'GET /reviews',
        'POST /reviews',
      ]);
      const known = series?.points.filter(
        point => point.callsPerSecond !== null,
      );
      assert.ok((known?.length ?? 0) > 0, 'no point of the course has a rate');
      assert.ok(known?.some(({ p95Us }) => p95Us !== null));
    },
  );
  await checks.check(
    'names that Jaeger takes as a pattern find nobody else',
    async () => {
      for (const hostile of [
        '.*',
        'frontend|secret',
        'secre.',
        'a"} or vector(1) #',
        '\\',
        '(',
      ]) {
        const found = await measure([hostile]);
        assert.deepEqual(found?.services, [], `'${hostile}' found something`);
        assert.deepEqual(found?.operations, []);
      }
      const both = await measure(['frontend', '.*']);
      assert.deepEqual(
        both?.services.map(({ service }) => service),
        ['frontend'],
      );
      assert.deepEqual(
        [...new Set(both?.operations.map(({ service }) => service))],
        ['frontend'],
      );
    },
  );
  await checks.check(
    'a Jaeger that asks for names that nobody writes has no figures',
    async () => {
      const found = await measure(['frontend'], misnamed.queryUrl);
      assert.equal(found?.overall, null);
      assert.equal(found?.source.kind, 'jaeger');
    },
  );
}

/** What is said when the Prometheus behind Jaeger is away: not where it is. */
export async function checkLostPrometheus(
  checks: CheckList,
  { jaeger, prometheusUrl }: LiveEngines,
): Promise<void> {
  const address = new URL(prometheusUrl);
  await checks.check(
    "neither an error nor the log tells the address of Jaeger's Prometheus",
    async () => {
      const logged: string[] = [];
      const error = await withStore(
        { url: jaeger.queryUrl },
        store =>
          store
            .measureRequests({ services: ['frontend'], ...lastMinute() })
            .then(
              () => undefined,
              (thrown: Error) => thrown,
            ),
        logged,
      );
      assert.match(String(error), /failed inside its storage \(status 500\)/);
      const said = [String(error), ...logged].join('\n');
      assert.ok(!said.includes(address.port), said);
      assert.ok(logged.length > 0, 'nothing was logged');
    },
  );
  await checks.check(
    'a Prometheus that is away is named as what is away',
    async () => {
      await assert.rejects(
        withPrometheus({ url: prometheusUrl, metrics: 'istio' }, store =>
          store.measureRequests({
            services: [],
            workloads: [NATIVE_WORKLOAD],
            ...lastMinute(),
          }),
        ),
        /checked \(Prometheus\)/,
      );
    },
  );
}
