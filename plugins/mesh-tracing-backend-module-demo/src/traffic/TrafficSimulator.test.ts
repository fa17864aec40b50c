import { SimulatedMeshCluster } from '../cluster';
import {
  SHOP_NAMESPACES,
  shopIstiod,
  shopKnownServices,
  shopMeshConfig,
  shopWorkloads,
  WRITABLE_NAMESPACES,
} from '../shop';
import { TraceRing } from '../tracestore';
import { ManualClock } from '../testing/ManualClock';
import { telemetry } from '../testing/shop';
import type { MeshBehaviour } from './MeshBehaviour';
import { MeshProxies } from './MeshProxies';
import { TrafficSimulator } from './TrafficSimulator';

jest.setTimeout(60_000);

const EVER = { startTimeMs: 0, endTimeMs: Infinity };
/**
 * Quantile of the standard normal distribution that bounds 99.9 % on both
 * sides.
 */
const QUANTILE_99_9 = 3.2905;

/** Only the storefront, reached from outside the mesh. */
const frontDoor: MeshBehaviour = {
  services: {
    storefront: {
      host: 'storefront.shop.svc.cluster.local',
      port: 8080,
      backends: [{ workload: 'shop/storefront', weight: 1 }],
      forwardsHeaders: true,
      endpoints: {
        home: {
          method: 'GET',
          paths: ['/'],
          medianUs: 5_000,
          responseBytes: 9,
        },
      },
    },
  },
  sources: [
    {
      weight: 40,
      from: { kind: 'client' },
      userAgents: ['test'],
      calls: [{ weight: 1, service: 'storefront', endpoint: 'home' }],
    },
  ],
};

async function setUp(percent: number, historyMs = 0) {
  const clock = new ManualClock();
  const cluster = SimulatedMeshCluster.create({
    name: 'demo',
    traceStore: 'demo',
    clock,
    namespaces: SHOP_NAMESPACES,
    writableNamespaces: WRITABLE_NAMESPACES,
    meshConfig: shopMeshConfig,
    istiod: shopIstiod,
    knownServices: shopKnownServices,
    workloads: shopWorkloads(clock.nowMs()),
    telemetries: [
      telemetry('istio-system', 'mesh-default', {
        tracing: [{ randomSamplingPercentage: percent }],
      }),
    ],
  });
  const ring = new TraceRing(100_000);
  const simulator = TrafficSimulator.create({
    behaviour: frontDoor,
    proxies: new MeshProxies(cluster),
    ring,
    clock,
    seed: 42,
    historyMs,
  });
  await simulator.start();
  const send = (durationMs: number) => {
    const before = { requests: simulator.requestCount, traces: ring.size };
    clock.advance(durationMs);
    return {
      requests: simulator.requestCount - before.requests,
      traces: ring.size - before.traces,
    };
  };
  return { clock, cluster, ring, simulator, send };
}

/** How far the share is from what was to be expected, in standard deviations. */
function deviations(
  { requests, traces }: { requests: number; traces: number },
  probability: number,
): number {
  const expected = requests * probability;
  const spread = Math.sqrt(expected * (1 - probability));
  return spread === 0
    ? Math.abs(traces - expected)
    : Math.abs(traces - expected) / spread;
}

describe('TrafficSimulator', () => {
  it.each([0, 1, 10, 37.5, 100])(
    'traces %s %% of the requests, within the 99.9 %% binomial interval',
    async percent => {
      const { send } = await setUp(percent);
      const sent = send(240_000);
      expect(sent.requests).toBeGreaterThan(5_000);
      expect(deviations(sent, percent / 100)).toBeLessThan(QUANTILE_99_9);
    },
  );

  it('follows an override at once, and its removal too', async () => {
    const { cluster, send } = await setUp(10);
    expect(deviations(send(240_000), 0.1)).toBeLessThan(QUANTILE_99_9);
    const { telemetry: override } = await cluster.createTelemetry(
      telemetry('shop', 'mesh-tracing.storefront', {
        selector: { matchLabels: { app: 'storefront' } },
        tracing: [{ randomSamplingPercentage: 100 }],
      }),
    );
    const raised = send(240_000);
    expect(raised.traces).toBe(raised.requests);
    await cluster.deleteTelemetry('shop', 'mesh-tracing.storefront', {
      uid: override.metadata.uid ?? '',
      resourceVersion: override.metadata.resourceVersion ?? '',
    });
    expect(deviations(send(240_000), 0.1)).toBeLessThan(QUANTILE_99_9);
  });

  it('sends the same requests again, whatever is traced', async () => {
    const few = await setUp(1);
    const many = await setUp(100);
    expect(few.send(60_000).requests).toBe(many.send(60_000).requests);
    const again = await setUp(100);
    again.send(60_000);
    expect(again.ring.inWindow(EVER, again.clock.nowMs())).toEqual(
      many.ring.inWindow(EVER, many.clock.nowMs()),
    );
  });

  it('makes up the history before it goes on', async () => {
    const { clock, ring, simulator } = await setUp(100, 600_000);
    const startMs = clock.nowMs();
    const starts = ring
      .inWindow(EVER, startMs)
      .map(({ requestStartUs }) => requestStartUs / 1000);
    expect(Math.min(...starts)).toBeLessThan(startMs - 599_000);
    expect(Math.max(...starts)).toBeGreaterThan(startMs - 1_000);
    expect(simulator.requestCount).toBeGreaterThan(10_000);
  });

  it('does not catch up on time that the computer slept', async () => {
    const { clock, simulator } = await setUp(10);
    const before = simulator.requestCount;
    jest.spyOn(clock, 'nowMs').mockReturnValue(clock.nowMs() + 12 * 3600_000);
    clock.advance(250);
    expect(simulator.requestCount - before).toBeLessThan(5_000);
  });

  it('leaves no timer behind', async () => {
    const { clock, simulator, send } = await setUp(10);
    simulator.stop();
    expect(clock.timerCount).toBe(0);
    expect(send(60_000).requests).toBe(0);
  });
});
