import {
  judgeTraffic,
  trafficWithheld,
  type TrafficFacts,
} from './judgeTraffic';

const facts = (patch: Partial<TrafficFacts> = {}): TrafficFacts => ({
  atMs: 1,
  windowMs: 600_000,
  unread: [],
  namespace: 'shop',
  ...patch,
});
const measured = (requestCount: number | null) => ({
  measured: { source: 'istio_requests_total', requestCount },
});
const envoy = (requestCount: number) => ({
  envoy: { source: 'Envoy', requestCount },
});

describe('the rung of the traffic', () => {
  it.each([
    ['metrics count requests', measured(12)],
    ['the proxies count requests', { ...measured(0), ...envoy(3) }],
    [
      'spans were seen, whatever metrics say',
      { ...measured(0), traceCount: 2 },
    ],
  ])('is good where %s', (_, patch) => {
    expect(judgeTraffic(facts(patch))).toMatchObject({
      id: 'traffic',
      verdict: 'good',
    });
  });

  it.each([
    ['metrics count none', measured(0)],
    ['metrics know others only', measured(null)],
    ['the proxies count none', { ...envoy(0), traceCount: 0 }],
  ])('is broken where %s', (_, patch) => {
    expect(judgeTraffic(facts(patch))).toMatchObject({
      verdict: 'broken',
      code: 'traffic-none',
    });
  });

  it('gives a command that sends requests where a Service is known', () => {
    const [mend] = judgeTraffic(
      facts({
        ...measured(0),
        tryUrl: 'http://cart.shop.svc.cluster.local:80/',
      }),
    ).mends;
    expect(mend).toMatchObject({
      kind: 'command',
      command: expect.stringContaining(
        'http://cart.shop.svc.cluster.local:80/',
      ),
    });
  });

  it('is unknown where no spans are seen and nothing counts requests, and says what would tell', () => {
    const rung = judgeTraffic(
      facts({ traceCount: 0, unread: ['No Prometheus is configured.'] }),
    );
    expect(rung).toMatchObject({
      verdict: 'unknown',
      code: 'traffic-unmeasured',
      needs: expect.stringContaining('meshTracing.clusters[].prometheus'),
    });
    expect(rung.evidence.map(({ seen }) => seen)).toContain(
      'No Prometheus is configured.',
    );
  });

  it('is unknown where figures are withheld', () => {
    expect(trafficWithheld(1).needs).toBe('mesh-tracing.traces.read');
  });
});
