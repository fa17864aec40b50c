import { explainTracing } from '../explain/explainTracing';
import { spanReporting } from '../sides/tracedSide';
import { simulateTracing } from '../simulate/simulateTracing';
import type { Telemetry } from '../telemetry/Telemetry';
import { inputsOf, telemetry, workload } from '../../testing/tracing';
import type { WorkloadRoute } from '../../workloads';
import { createTracingResolver, resolveTracing } from './resolveTracing';
import { tracingProxyOf } from './tracingProxyOf';

const waypoint = (namespace = 'shop') =>
  workload({
    name: 'waypoint',
    namespace,
    proxy: 'waypoint',
    labels: { 'gateway.networking.k8s.io/gateway-name': 'waypoint' },
  });

function toService(
  name = 'reviews',
  overrides: Partial<WorkloadRoute> = {},
): WorkloadRoute {
  const proxy = overrides.proxy ?? waypoint();
  return {
    to: { kind: 'Service', namespace: 'shop', name },
    hostname: `${name}.shop.svc.cluster.local`,
    state: 'waypoint',
    waypoint: { namespace: proxy.namespace, name: 'waypoint' },
    label: { kind: 'Namespace', name: 'shop', value: 'waypoint' },
    fromIngress: true,
    proxy,
    ...overrides,
  };
}

const toPods: WorkloadRoute = {
  to: { kind: 'Workload', namespace: 'shop', name: 'reviews' },
  state: 'no-waypoint',
  fromIngress: false,
};

const behind = (...routes: WorkloadRoute[]) =>
  workload({ proxy: 'none', ambient: true, pods: [], routes });

const resolve = (telemetries: Telemetry[], ...routes: WorkloadRoute[]) =>
  createTracingResolver(inputsOf(telemetries)).resolveWorkload(
    behind(...routes),
  );

const percent = (id: string, value: number, target?: object) =>
  telemetry(id, {
    ...(target ? { targetRefs: [target as never] } : {}),
    tracing: [{ randomSamplingPercentage: value }],
  });

const gatewayRef = {
  group: 'gateway.networking.k8s.io',
  kind: 'Gateway',
  name: 'waypoint',
};
const serviceRef = (name: string) => ({ group: '', kind: 'Service', name });

describe('effective tracing of a workload behind a waypoint', () => {
  it("is the waypoint's for the service that is addressed, with each value's origin", () => {
    const telemetries = [
      percent('shop/all', 1),
      percent('shop/reviews', 20, serviceRef('reviews')),
      percent('shop/other', 90, serviceRef('other')),
    ];
    const effective = resolve(telemetries, toService(), toPods);
    const proxy = tracingProxyOf(waypoint());
    expect(proxy && effective.server).toEqual(
      proxy &&
        resolveTracing(inputsOf(telemetries), proxy, {
          name: 'reviews',
          namespace: 'shop',
          registry: 'Kubernetes',
        }).server,
    );
    expect(effective.server?.samplingPercent).toMatchObject({
      value: 20,
      source: { kind: 'telemetry', namespace: 'shop', name: 'reviews' },
      shadowed: [{ value: 1 }, { value: 1 }],
    });
    expect(effective.client).toBeUndefined();
    expect(spanReporting(effective)).toBe('reported');
  });

  it('has Telemetries for the Gateway where its namespace is that of the waypoint, not else', () => {
    const near = percent('shop/gw', 30, gatewayRef);
    const far = percent('infra/gw', 30, gatewayRef);
    expect(resolve([near], toService()).server?.samplingPercent.value).toBe(30);
    expect(
      resolve([far], toService('reviews', { proxy: waypoint('infra') })).server
        ?.samplingPercent.value,
    ).toBe(1);
  });

  it('names the waypoint and the label that decides', () => {
    const effective = resolve([percent('shop/all', 5)], toService(), toPods);
    expect(effective.ambient?.routes).toMatchObject([
      {
        to: { kind: 'Service', name: 'reviews' },
        state: 'waypoint',
        waypoint: { namespace: 'shop', name: 'waypoint' },
        label: { kind: 'Namespace', name: 'shop', value: 'waypoint' },
      },
      { to: { kind: 'Workload' }, state: 'no-waypoint' },
    ]);
    expect(explainTracing(effective, behind()).path).toBe(
      'shop/reviews has no proxy of its own: requests to its Service reviews are traced by the waypoint shop/waypoint, by the label istio.io/use-waypoint of Namespace shop. shop/waypoint is configured by shop/all; later ones win.',
    );
  });

  it('tells of a way that is traced differently what it has there', () => {
    const effective = resolve(
      [percent('shop/other', 90, serviceRef('other'))],
      toService(),
      toService('other'),
    );
    const [lead, other] = effective.ambient?.routes ?? [];
    expect(lead?.server).toBeUndefined();
    expect(other?.server?.samplingPercent.value).toBe(90);
    expect(effective.findings.map(({ code }) => code)).toContain(
      'waypoint-differs-by-service',
    );
  });

  it('reads requests to the pods by the waypoint as a whole', () => {
    const direct = { ...toService(), to: toPods.to, hostname: undefined };
    const effective = resolve(
      [
        percent('shop/gw', 30, gatewayRef),
        percent('shop/svc', 60, serviceRef('reviews')),
      ],
      direct,
    );
    expect(effective.server?.samplingPercent.value).toBe(30);
  });
});

describe('a workload with ztunnel alone', () => {
  it('is traced by nothing, and says what to do', () => {
    const effective = resolve([percent('shop/all', 5)], toPods);
    expect(effective).toMatchObject({
      path: 'none',
      chain: [],
      ambient: { captured: true },
      findings: [
        {
          code: 'ambient-without-waypoint',
          severity: 'warning',
          whatToDo: expect.stringContaining('istio.io/use-waypoint'),
        },
      ],
    });
    expect(spanReporting(effective)).toBe('no-proxy');
    expect(explainTracing(effective, behind()).path).toContain(
      'its requests pass no waypoint',
    );
  });
});

describe('a change of Telemetries', () => {
  const reaches = (changed: Telemetry, ...routes: WorkloadRoute[]) =>
    simulateTracing(inputsOf([]), [behind(...routes)], { put: changed }).map(
      ({ changedFields }) => changedFields,
    );

  it('reaches workloads behind waypoints of another namespace', () => {
    const way = toService('reviews', { proxy: waypoint('infra') });
    expect(reaches(percent('infra/all', 50), way)).toEqual([
      ['server.samplingPercent'],
    ]);
    expect(
      reaches(percent('shop/svc', 50, serviceRef('reviews')), way),
    ).toEqual([['server.samplingPercent']]);
    expect(reaches(percent('else/all', 50), way)).toEqual([]);
  });

  it('counts where it is felt on one of several ways alone', () => {
    expect(
      reaches(
        percent('shop/other', 50, serviceRef('other')),
        toService(),
        toService('other'),
      ),
    ).toEqual([['server.samplingPercent']]);
  });
});
