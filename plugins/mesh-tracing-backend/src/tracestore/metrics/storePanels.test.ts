import { sendJson, sendText } from '../../testing/tracestore/MisbehavingServer';
import {
  legacyJson,
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
});
