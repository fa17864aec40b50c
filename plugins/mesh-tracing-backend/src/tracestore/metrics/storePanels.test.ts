import { sendJson, sendText } from '../../testing/tracestore/MisbehavingServer';
import {
  legacyJson,
  logger,
  serve,
  stopAll,
  storeAt,
} from '../../testing/tracestore/storeHarness';
import { wholeWindow } from '../../testing/tracestore/traces';

afterEach(stopAll);

describe('what a store may lack', () => {
  it.each([404, 501, 400])(
    'has no dependency store when it answers %d',
    async status => {
      const server = await serve((_, r) =>
        sendText(r, legacyJson('no', status), status),
      );
      await expect(
        storeAt(server, { dialect: 'legacy' }).dependencies(wholeWindow(1)),
      ).resolves.toBeUndefined();
    },
  );

  it('reads metrics of all requests, and tells when there are none', async () => {
    const family = (value: number) => ({
      metrics: [
        {
          labels: [{ name: 'service_name', value: 'a' }],
          metricPoints: [{ gaugeValue: { doubleValue: value } }],
        },
      ],
    });
    const server = await serve((_, r, url) =>
      sendJson(r, family(url.pathname.endsWith('errors') ? 0.004 : 12)),
    );
    const window = { services: ['a'], ...wholeWindow(60) };
    await expect(
      storeAt(server, { dialect: 'legacy' }).requestMetrics(window),
    ).resolves.toEqual([
      {
        service: 'a',
        callsPerSecond: 12,
        errorRate: 0.004,
        p50Us: 12_000,
        p95Us: 12_000,
        p99Us: 12_000,
      },
    ]);
    server.behave((_, r) =>
      sendText(
        r,
        legacyJson('metrics querying is currently disabled', 501),
        501,
      ),
    );
    await expect(
      storeAt(server, { dialect: 'legacy' }).requestMetrics(window),
    ).resolves.toBeUndefined();
  });

  describe('Jaeger’s metrics API', () => {
    const end = 1_790_000_040_000;
    const window = { startTimeMs: end - 3_600_000, endTimeMs: end };
    const family = (
      values: Record<string, number | 'NaN'>,
      of: { step: number; operation?: string },
    ) => ({
      metrics: Object.entries(values).map(([name, doubleValue]) => ({
        labels: [
          ...(of.operation ? [{ name: 'span_name', value: of.operation }] : []),
          { name: 'service_name', value: name },
        ],
        metricPoints: Array.from({ length: 60 }, (_, index) => ({
          timestamp: new Date(end - (59 - index) * of.step).toISOString(),
          gaugeValue: { doubleValue },
        })),
      })),
    });

    it('has no errors of a service that is missing from them, and no quantile of two services', async () => {
      const server = await serve((_, r, url) => {
        const measure = url.pathname.split('/').at(-1);
        const of = {
          step: 60_000,
          ...(url.searchParams.get('groupByOperation') === 'true'
            ? { operation: 'GET /' }
            : {}),
        };
        if (measure === 'calls') sendJson(r, family({ a: 30, b: 10 }, of));
        else if (measure === 'errors') sendJson(r, family({ b: 0.2 }, of));
        else sendJson(r, family({ a: 50, b: 'NaN' }, of));
      });
      const measured = await storeAt(server, {
        dialect: 'legacy',
      }).measureRequests({ services: ['a', 'b'], ...window });
      expect(measured).toMatchObject({
        source: { kind: 'jaeger', counts: 'traced-requests' },
        overall: { callsPerSecond: 40, errorRate: 0.05, p95Us: null },
        services: [
          { service: 'a', errorRate: 0, p95Us: 50_000 },
          { service: 'b', errorRate: 0.2, p95Us: null },
        ],
        operations: [
          { service: 'a', operation: 'GET /' },
          { service: 'b', operation: 'GET /' },
        ],
        missing: [],
      });
      expect(measured?.series.points).toHaveLength(60);
      expect(measured?.series.points[0]).toMatchObject({
        startMs: window.startTimeMs,
        callsPerSecond: 40,
        errorRate: 0.05,
      });
    });

    it('that fails in parts leaves the rest', async () => {
      const server = await serve((_, r, url) =>
        url.searchParams.get('groupByOperation') === 'true' ||
        url.searchParams.get('step') === '60000'
          ? sendText(r, legacyJson('dial tcp 10.1.2.3:9090', 500), 500)
          : sendJson(r, family({ a: 30 }, { step: 3_600_000 })),
      );
      const measured = await storeAt(server, {
        dialect: 'legacy',
      }).measureRequests({ services: ['a'], ...window });
      expect(measured).toMatchObject({
        overall: { callsPerSecond: 30 },
        series: { points: [] },
        operations: [],
        missing: ['series', 'operations'],
      });
    });

    it('names the address of its storage, which is neither told nor logged', async () => {
      logger.warn.mockClear();
      const server = await serve((_, r) =>
        sendText(r, legacyJson('dial tcp 10.1.2.3:9090: refused', 500), 500),
      );
      const error = await storeAt(server, { dialect: 'legacy' })
        .measureRequests({ services: ['a'], ...window })
        .catch((thrown: Error) => thrown);
      expect(String(error)).toContain('failed inside its storage');
      const logged = JSON.stringify(logger.warn.mock.calls);
      expect(logged).toContain('/api/metrics/calls with status 500');
      expect(String(error) + logged).not.toContain('10.1.2.3');
    });
  });
});
