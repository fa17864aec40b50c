import type { MeshConfig } from '../../meshconfig';
import type { Workload } from '../model/Workload';
import { traceServiceNameCandidates } from './traceServiceNames';

function workload(rest: Partial<Workload> = {}): Workload {
  const labels = rest.labels ?? { app: 'cart' };
  return {
    cluster: 'prod',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'cart-v1',
    labels,
    ownerLabels: {},
    annotations: {},
    proxy: 'sidecar',
    proxyConfig: {},
    pods: [{ name: 'cart-v1-a', labels, ready: true }],
    ...rest,
  };
}

function names(
  subject: Workload,
  meshConfig?: MeshConfig,
  annotations?: Record<string, string>,
): string[] {
  return traceServiceNameCandidates(subject, meshConfig, annotations).map(
    ({ name }) => name,
  );
}

const ALL = {
  app: 'app',
  'app.kubernetes.io/name': 'k8s',
  'service.istio.io/canonical-name': 'canonical',
};

describe("the name that Istio gives a workload's spans", () => {
  it.each([
    [undefined, ALL, 'app.shop'],
    ['APP_LABEL_AND_NAMESPACE', { ...ALL, app: '' }, 'k8s.shop'],
    [
      undefined,
      { 'service.istio.io/canonical-name': 'canonical' },
      'canonical.shop',
    ],
    [undefined, {}, 'cart-v1.shop'],
    ['CANONICAL_NAME_ONLY', ALL, 'canonical'],
    [
      'CANONICAL_NAME_ONLY',
      { app: 'app', 'app.kubernetes.io/name': 'k8s' },
      'k8s',
    ],
    ['CANONICAL_NAME_ONLY', { app: 'app' }, 'app'],
    ['CANONICAL_NAME_ONLY', {}, 'cart-v1'],
    ['CANONICAL_NAME_AND_NAMESPACE', ALL, 'canonical.shop'],
  ] as Array<[string | undefined, Record<string, string>, string]>)(
    'with tracingServiceName %p and labels %p is %s',
    (tracingServiceName, labels, expected) => {
      const proxyConfig = tracingServiceName ? { tracingServiceName } : {};
      expect(names(workload({ labels, proxyConfig }))[0]).toBe(expected);
    },
  );

  it('is an explicit service cluster, unless that is the default', () => {
    expect(
      names(workload({ proxyConfig: { serviceCluster: 'mine' } }))[0],
    ).toBe('mine');
    expect(
      names(workload({ proxyConfig: { serviceCluster: 'istio-proxy' } }))[0],
    ).toBe('cart.shop');
  });

  it("follows the mesh's defaultConfig only when the proxy reports no ProxyConfig", () => {
    const meshConfig: MeshConfig = {
      defaultConfig: { tracingServiceName: 'CANONICAL_NAME_ONLY' },
    };
    const { proxyConfig: _, ...unreported } = workload();
    expect(names(unreported, meshConfig)[0]).toBe('cart');
    expect(names(workload(), meshConfig)[0]).toBe('cart.shop');
  });

  it('may differ between pods during a rollout', () => {
    const pods = ['old', 'new'].map(app => ({
      name: app,
      labels: { app },
      ready: true,
    }));
    expect(names(workload({ labels: {}, pods })).slice(0, 2)).toEqual([
      'old.shop',
      'new.shop',
    ]);
  });

  it('may follow the semantic conventions of OpenTelemetry', () => {
    const meshConfig: MeshConfig = {
      extensionProviders: [
        { name: 'none', zipkin: {} },
        {
          name: 'otel',
          opentelemetry: {
            serviceAttributeEnrichment: 'OTEL_SEMANTIC_CONVENTIONS',
          },
        },
      ],
    };
    const labels = { app: 'cart', 'app.kubernetes.io/instance': 'cart-eu' };
    expect(names(workload({ labels }), meshConfig).slice(0, 2)).toEqual([
      'cart.shop',
      'cart-eu',
    ]);
    const annotations = { 'resource.opentelemetry.io/service.name': 'told' };
    expect(names(workload({ labels, annotations }), meshConfig)[1]).toBe(
      'told',
    );
  });

  it('of a waypoint is its own name and namespace', () => {
    expect(
      names(
        workload({ proxy: 'waypoint', name: 'waypoint', labels: {}, pods: [] }),
      ),
    ).toContain('waypoint.shop');
  });

  it('does not exist without a proxy', () => {
    expect(names(workload({ proxy: 'none' }))).toEqual(['cart', 'cart-v1']);
  });
});

describe('further names under which spans of a workload may be found', () => {
  it('are those of the application, the ones that its SDK is told first, each once', () => {
    expect(
      names(workload({ labels: ALL, sdkServiceNames: ['told', 'app'] })),
    ).toEqual(['app.shop', 'told', 'app', 'k8s', 'canonical', 'cart-v1']);
  });

  it("are replaced by the entity's own list", () => {
    expect(
      traceServiceNameCandidates(workload(), undefined, {
        'meshtracing.io/service-names': 'a, b,,a',
        'jaegertracing.io/service': 'c',
      }),
    ).toEqual([
      { name: 'a', reason: 'Annotation meshtracing.io/service-names' },
      { name: 'b', reason: 'Annotation meshtracing.io/service-names' },
    ]);
  });

  it("come after the Jaeger plugin's annotation", () => {
    expect(
      names(workload(), undefined, { 'jaegertracing.io/service': 'c' }).slice(
        0,
        2,
      ),
    ).toEqual(['c', 'cart.shop']);
  });

  it('each have a reason', () => {
    for (const { reason } of traceServiceNameCandidates(
      workload(),
      undefined,
    )) {
      expect(reason).toMatch(/^(Istio|Application SDK): /);
    }
  });
});

describe('a workload behind a waypoint', () => {
  const waypoint = {
    ...workload(),
    name: 'waypoint',
    namespace: 'shop',
    labels: {},
    pods: [],
    proxy: 'waypoint' as const,
    proxyVersion: '1.31.0',
  };
  const namesBehind = (proxyVersion: string) =>
    traceServiceNameCandidates(
      {
        ...workload(),
        proxy: 'none',
        routes: [
          {
            to: { kind: 'Service', namespace: 'shop', name: 'details' },
            hostname: 'details.shop.svc.cluster.local',
            state: 'waypoint',
            fromIngress: false,
            proxy: { ...waypoint, proxyVersion },
          },
        ],
      },
      undefined,
    ).flatMap(({ name, shared }) => (shared ? [name] : []));

  it('has spans under the name of the waypoint, which is not its alone', () => {
    expect(namesBehind('1.31.0')).toEqual(['waypoint.shop']);
  });

  it.each(['1.28.3', '1.29.0'])(
    'has them under the host of its service with a waypoint of Istio %s',
    version => {
      expect(namesBehind(version)).toEqual([
        'waypoint.shop',
        'details.shop.svc.cluster.local',
      ]);
    },
  );
});
