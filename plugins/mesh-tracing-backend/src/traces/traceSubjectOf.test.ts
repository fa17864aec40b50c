import {
  spanBelongsTo,
  type Span,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import { workload } from '../testing/sampling/samplingHarness';
import { traceSubjectOf } from './traceSubjectOf';

function cart(overrides: Partial<Workload> = {}): Workload {
  return workload('cart', { labels: { app: 'cart' }, ...overrides });
}

function span(pod: string, attributes: Record<string, string>): Span {
  return {
    spanId: '1000000000000001',
    service: 'cart.shop',
    operation: 'op',
    kind: 'server',
    status: 'ok',
    offsetUs: 0,
    durationUs: 1,
    attributes: {
      node_id: `sidecar~10.0.0.1~${pod}.shop~shop.svc.cluster.local`,
      'istio.canonical_service': 'cart',
      'istio.canonical_revision': 'latest',
      'istio.namespace': 'shop',
      ...attributes,
    },
    resource: {},
    events: [],
    links: [],
    warnings: [],
  };
}

describe('workloads as traces know them', () => {
  it('tells the same workload of two clusters in one store apart', () => {
    const subject = traceSubjectOf(
      [cart({ cluster: 'prod', clusterId: 'east' })],
      ['cart.shop'],
    );
    const from = (cluster: string) =>
      span('cart-7f9c6b5d4f-bcdfg', { 'istio.cluster_id': cluster });
    expect(spanBelongsTo(from('east'), subject)).toBe(true);
    expect(spanBelongsTo(from('west'), subject)).toBe(false);
    expect(spanBelongsTo(span('cart-7f9c6b5d4f-bcdfg', {}), subject)).toBe(
      true,
    );
  });

  it('says that names prove nothing where another cluster has the same service', () => {
    const [east, west] = ['east', 'west'].map(cluster => cart({ cluster }));
    const meshes = [
      { cluster: 'east', workloads: [east!] },
      { cluster: 'west', workloads: [west!] },
    ];
    const shared = (own: Workload[]) =>
      traceSubjectOf(own, ['cart.shop'], meshes).namesShared;
    expect(shared([east!])).toBe(true);
    expect(shared([east!, west!])).toBeUndefined();
    expect(
      traceSubjectOf([east!], ['cart.shop'], meshes.slice(0, 1)).namesShared,
    ).toBeUndefined();
  });

  it('goes by what each pod is called during a rollout', () => {
    const pods = ['v1', 'v2'].map(version => ({
      name: `pod-${version}`,
      labels: { app: 'cart', version },
      ready: true,
    }));
    const { workloads } = traceSubjectOf([cart({ pods })], []);
    expect(workloads).toMatchObject([
      { canonicalName: 'cart', canonicalRevision: 'v1' },
      { canonicalName: 'cart', canonicalRevision: 'v2' },
    ]);
  });

  it('keeps a workload from another of the same canonical service', () => {
    const worker = workload('cart-worker', { labels: { app: 'cart' } });
    const own = cart();
    const subject = traceSubjectOf(
      [own],
      ['cart.shop'],
      [{ cluster: 'main', workloads: [own, worker] }],
    );
    expect(spanBelongsTo(span('cart-7f9c6b5d4f-bcdfg', {}), subject)).toBe(
      true,
    );
    expect(
      spanBelongsTo(span('cart-worker-7f9c6b5d4f-bcdfg', {}), subject),
    ).toBe(false);
  });

  it('knows the run of a CronJob whose pod is gone', () => {
    const nightly = workload('nightly', { kind: 'CronJob', pods: [] });
    const subject = traceSubjectOf([nightly], []);
    expect(
      spanBelongsTo(
        span('nightly-29390520-x2x4z', {
          'istio.canonical_service': 'nightly',
        }),
        subject,
      ),
    ).toBe(true);
  });
});
