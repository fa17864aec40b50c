import { testWorkload } from '../../testing/testWorkload';
import type { Workload } from '../model/Workload';
import { bindWaypoints } from './bindWaypoints';
import { describeGateway } from './GatewayFacts';
import { describeService, describeServiceEntry } from './ServiceFacts';
import type { WaypointSources } from './WaypointSources';

type Labels = Record<string, string>;

const USE = 'istio.io/use-waypoint';
const cart = testWorkload(
  'cart',
  { app: 'cart' },
  { proxy: 'none', ambient: true, proxyVersion: undefined },
);
const waypoint = (namespace = 'shop', name = 'wp') =>
  testWorkload(
    name,
    { 'gateway.networking.k8s.io/gateway-name': name },
    { namespace, proxy: 'waypoint' },
  );
const service = (labels: Labels = {}, name = 'cart') =>
  describeService({
    metadata: { name, namespace: 'shop', labels },
    spec: { selector: { app: 'cart' } },
  });

function gateway(
  given: {
    namespace?: string;
    labels?: Labels;
    className?: string;
    allowedRoutes?: object;
    addresses?: object[];
  } = {},
) {
  const { namespace = 'shop', labels = {}, allowedRoutes } = given;
  return describeGateway({
    metadata: { name: 'wp', namespace, labels },
    spec: {
      gatewayClassName: given.className ?? 'istio-waypoint',
      listeners: [{ port: 15008, protocol: 'HBONE', allowedRoutes }],
    },
    status: {
      addresses: given.addresses ?? [{ type: 'Hostname', value: 'wp' }],
    },
  } as Parameters<typeof describeGateway>[0]);
}

function routesOf(
  given: Partial<Omit<WaypointSources, 'namespaces'>> & {
    namespace?: Labels;
    workload?: Workload;
    others?: Workload[];
  } = {},
) {
  const { namespace = {}, workload = cart, others = [waypoint()] } = given;
  const [bound] = bindWaypoints([workload, ...others], {
    services: [service()],
    gateways: [gateway()],
    waypointFor: new Map(),
    domain: 'cluster.local',
    ...given,
    namespaces: new Map([['shop', namespace]]),
  });
  return bound?.routes ?? [];
}

const states = (...args: Parameters<typeof routesOf>) =>
  routesOf(...args).map(({ to, state }) => `${to.kind} ${state}`);

describe('the waypoint before a workload', () => {
  it('is the one that its namespace names, for requests to its services', () => {
    const [toService, toPods] = routesOf({ namespace: { [USE]: 'wp' } });
    expect(toService).toMatchObject({
      to: { kind: 'Service', namespace: 'shop', name: 'cart' },
      hostname: 'cart.shop.svc.cluster.local',
      state: 'waypoint',
      waypoint: { namespace: 'shop', name: 'wp' },
      label: { kind: 'Namespace', name: 'shop', value: 'wp' },
      proxy: { name: 'wp' },
    });
    expect(toPods).toMatchObject({
      to: { kind: 'Workload' },
      state: 'other-traffic',
    });
  });

  it.each<[string, Labels, string]>([
    [
      'the label of the Service comes before that of the namespace',
      { [USE]: 'wp' },
      'waypoint',
    ],
    ['none on the Service takes it out', { [USE]: 'none' }, 'opted-out'],
    [
      'a waypoint that does not exist is not replaced by that of the namespace',
      { [USE]: 'gone' },
      'waypoint-missing',
    ],
    [
      'a waypoint of another namespace needs the second label',
      { [USE]: 'wp', [`${USE}-namespace`]: 'far' },
      'waypoint-missing',
    ],
  ])('%s', (_, labels, state) => {
    const [toService] = routesOf({
      namespace: { [USE]: 'wp' },
      services: [service(labels)],
    });
    expect(toService?.state).toBe(state);
    expect(toService?.label?.kind).toBe('Service');
  });

  it.each<[string, Labels, string[]]>([
    [
      'service',
      { 'istio.io/waypoint-for': 'service' },
      ['Service waypoint', 'Workload other-traffic'],
    ],
    [
      'workload',
      { 'istio.io/waypoint-for': 'workload' },
      ['Service other-traffic', 'Workload waypoint'],
    ],
    [
      'all',
      { 'istio.io/waypoint-for': 'all' },
      ['Service waypoint', 'Workload waypoint'],
    ],
    [
      'none',
      { 'istio.io/waypoint-for': 'none' },
      ['Service other-traffic', 'Workload other-traffic'],
    ],
    [
      'nothing, as for services',
      {},
      ['Service waypoint', 'Workload other-traffic'],
    ],
  ])('that is for %s stands before just that', (_, labels, expected) => {
    expect(
      states({ namespace: { [USE]: 'wp' }, gateways: [gateway({ labels })] }),
    ).toEqual(expected);
  });

  it('is for what its GatewayClass says where it says nothing itself', () => {
    const given = {
      namespace: { [USE]: 'wp' },
      gateways: [gateway({ className: 'mine' })],
      waypointFor: new Map([['mine', 'all']]),
    };
    expect(states(given)).toEqual(['Service waypoint', 'Workload waypoint']);
  });

  it('is none before it has an address', () => {
    expect(
      states({
        namespace: { [USE]: 'wp' },
        gateways: [gateway({ addresses: [] })],
      })[0],
    ).toBe('Service waypoint-not-ready');
  });

  it.each<[string, object | undefined, Labels, string]>([
    ['Same', undefined, {}, 'attachment-denied'],
    ['All', { namespaces: { from: 'All' } }, {}, 'waypoint'],
    [
      'Selector',
      {
        namespaces: {
          from: 'Selector',
          selector: { matchLabels: { team: 'x' } },
        },
      },
      { team: 'x' },
      'waypoint',
    ],
    [
      'Selector',
      {
        namespaces: {
          from: 'Selector',
          selector: { matchLabels: { team: 'y' } },
        },
      },
      { team: 'x' },
      'attachment-denied',
    ],
    [
      'Selector without a selector',
      { namespaces: { from: 'Selector' } },
      {},
      'attachment-denied',
    ],
  ])(
    'of another namespace that takes objects from %s (%j, labels %j) is %s',
    (_, allowedRoutes, labels, state) => {
      const use = { [USE]: 'wp', [`${USE}-namespace`]: 'far' };
      expect(
        routesOf({
          namespace: { ...labels, ...use },
          gateways: [gateway({ namespace: 'far', allowedRoutes })],
          others: [waypoint('far')],
        })[0]?.state,
      ).toBe(state);
    },
  );

  it('is known by its pods alone where Gateways may not be read', () => {
    const given = { namespace: { [USE]: 'wp' }, gateways: undefined };
    expect(states(given)[0]).toBe('Service waypoint');
    expect(states({ ...given, others: [] })[0]).toBe(
      'Service waypoint-missing',
    );
  });

  it('sees requests from ingress gateways only where a label says so', () => {
    const key = 'istio.io/ingress-use-waypoint';
    const fromIngress = (namespace: Labels, own: Labels = {}) =>
      routesOf({
        namespace: { [USE]: 'wp', ...namespace },
        services: [service(own)],
      })[0]?.fromIngress;
    expect(fromIngress({})).toBe(false);
    expect(fromIngress({ [key]: 'true' })).toBe(true);
    expect(fromIngress({ [key]: 'true' }, { [key]: 'no' })).toBe(false);
    expect(fromIngress({}, { [key]: 'T' })).toBe(true);
  });

  it('may be named by a ServiceEntry that selects the pods', () => {
    const entry = describeServiceEntry({
      metadata: { name: 'ext', namespace: 'shop', labels: { [USE]: 'wp' } },
      spec: {
        hosts: ['a.example.com', 'b.example.com'],
        workloadSelector: { labels: { app: 'cart' } },
      },
    });
    expect(
      routesOf({ services: [entry] }).map(({ hostname, state }) => [
        hostname,
        state,
      ]),
    ).toEqual([
      ['a.example.com', 'waypoint'],
      ['b.example.com', 'waypoint'],
      [undefined, 'no-waypoint'],
    ]);
  });

  it('may be named by the pods themselves, for requests to them', () => {
    const labels = { app: 'cart', [USE]: 'wp' };
    const toPods = routesOf({
      workload: { ...cart, labels },
      gateways: [gateway({ labels: { 'istio.io/waypoint-for': 'workload' } })],
    }).at(-1);
    expect(toPods).toMatchObject({
      state: 'waypoint',
      label: { kind: 'Pod', name: 'cart' },
    });
  });
});

describe('workloads that waypoints say nothing about', () => {
  const use = { [USE]: 'wp' };

  it('are those with a sidecar, also in an ambient namespace', () => {
    const workload = { ...cart, proxy: 'sidecar' as const };
    expect(routesOf({ workload, namespace: use })).toEqual([]);
  });

  it('are those outside the mesh that nothing names a waypoint for', () => {
    const workload = { ...cart, ambient: undefined };
    expect(routesOf({ workload })).toEqual([]);
    expect(states({ workload, namespace: use })[0]).toBe('Service waypoint');
  });

  it('leave the list of workloads as it is where they are all there are', () => {
    const workloads = [waypoint(), testWorkload('old', { app: 'old' })];
    expect(
      bindWaypoints(workloads, {
        namespaces: new Map([['shop', use]]),
        services: [service()],
        gateways: [gateway()],
        waypointFor: new Map(),
        domain: 'cluster.local',
      }),
    ).toBe(workloads);
  });
});
