import { testWorkload } from '../../testing/testWorkload';
import type { Workload, WorkloadRoute } from '../../workloads';
import { attachOverride } from './attachOverride';

const istiod = { version: '1.31.0', environmentKnown: true };

const waypoint = (namespace = 'shop') =>
  testWorkload(
    'waypoint',
    { 'gateway.networking.k8s.io/gateway-name': 'waypoint' },
    { namespace, proxy: 'waypoint' },
  );

function way(
  kind: WorkloadRoute['to']['kind'],
  name: string,
  { namespace = 'shop', from = 'shop' } = {},
): WorkloadRoute {
  return {
    to: { kind, namespace, name },
    state: 'waypoint',
    waypoint: { namespace: from, name: 'waypoint' },
    fromIngress: false,
    proxy: waypoint(from),
  };
}

const behind = (
  name: string,
  routes: WorkloadRoute[],
  overrides: Partial<Workload> = {},
) =>
  testWorkload(
    name,
    { app: name },
    { proxy: 'none', ambient: true, routes, ...overrides },
  );

const cart = behind('cart', [way('Service', 'cart')]);
const names = (workloads: Workload[]) => workloads.map(({ name }) => name);

describe('the override of a workload behind a waypoint', () => {
  it('targets its services, in the form that Istio takes', () => {
    const workload = behind('cart', [
      way('Service', 'cart'),
      way('ServiceEntry', 'ext'),
    ]);
    expect(attachOverride(workload, [workload], istiod)).toEqual({
      spec: {
        targetRefs: [
          { group: '', kind: 'Service', name: 'cart' },
          { group: 'networking.istio.io', kind: 'ServiceEntry', name: 'ext' },
        ],
      },
      others: [],
      target: 'Service cart, ServiceEntry ext',
      problem: undefined,
      findings: [],
    });
  });

  it('names the other workloads behind the same service', () => {
    const v2 = behind('cart-v2', [way('Service', 'cart')]);
    const other = behind('other', [way('Service', 'other')]);
    expect(
      names(attachOverride(cart, [cart, v2, other], istiod).others),
    ).toEqual(['cart-v2']);
  });

  it('says that requests to the pods keep what the waypoint has', () => {
    const workload = behind('cart', [
      way('Service', 'cart'),
      way('Workload', 'cart'),
    ]);
    expect(
      attachOverride(workload, [workload], istiod).findings.map(
        ({ code }) => code,
      ),
    ).toEqual(['direct-requests-unchanged']);
  });

  it.each([
    ['1.30.2', 'refused'],
    ['1.30.3', undefined],
    [undefined, undefined],
  ])(
    'for a service with its waypoint elsewhere is, with istiod %s, %s',
    (version, refused) => {
      const workload = behind('cart', [
        way('Service', 'cart', { from: 'infra' }),
      ]);
      const { problem } = attachOverride(workload, [workload], {
        version,
        environmentKnown: true,
      });
      expect(problem && 'refused').toBe(refused);
    },
  );

  it('targets the Gateway where only requests to the pods pass it', () => {
    const workload = behind('cart', [way('Workload', 'cart')]);
    const other = behind('other', [way('Service', 'other')]);
    const { spec, others, target } = attachOverride(
      workload,
      [workload, other],
      istiod,
    );
    expect(spec.targetRefs).toEqual([
      { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'waypoint' },
    ]);
    expect(names(others)).toEqual(['other']);
    expect(target).toBe('waypoint shop/waypoint');
  });

  it('is refused where that Gateway is in another namespace', () => {
    const workload = behind('cart', [
      way('Workload', 'cart', { from: 'infra' }),
    ]);
    expect(
      attachOverride(workload, [workload], istiod).problem?.message,
    ).toContain('infra/waypoint');
  });
});

describe('the override of a waypoint', () => {
  const far = behind(
    'far',
    [way('Service', 'far', { namespace: 'far', from: 'shop' })],
    { namespace: 'far' },
  );

  it('names the workloads behind it that it reaches', () => {
    const { others, target } = attachOverride(
      waypoint(),
      [waypoint(), cart, far],
      istiod,
    );
    expect(names(others)).toEqual(['cart']);
    expect(target).toBe('waypoint shop/waypoint');
  });

  it('reaches services of other namespaces before Istio 1.30.3', () => {
    const old = { version: '1.29.1', environmentKnown: true };
    expect(names(attachOverride(waypoint(), [cart, far], old).others)).toEqual([
      'cart',
      'far',
    ]);
  });
});
