import type { Workload } from 'backstage-plugin-mesh-tracing-common';
import {
  ADA,
  ALLOWED,
  samplingHarness,
  workload,
} from '../testing/sampling/samplingHarness';
import type { SamplingHarness } from '../testing/sampling/samplingHarness';

const waypoint = workload('waypoint', {
  labels: { 'gateway.networking.k8s.io/gateway-name': 'waypoint' },
  proxy: 'waypoint',
  proxyVersion: '1.31.0',
});

function behind(name: string, service = name): Workload {
  return workload(name, {
    proxy: 'none',
    ambient: true,
    proxyVersion: undefined,
    routes: [
      {
        to: { kind: 'Service', namespace: 'shop', name: service },
        hostname: `${service}.shop.svc.cluster.local`,
        state: 'waypoint',
        waypoint: { namespace: 'shop', name: 'waypoint' },
        fromIngress: true,
        proxy: waypoint,
      },
    ],
  });
}

describe('a change of a workload behind a waypoint', () => {
  let harness: SamplingHarness;
  afterEach(() => harness.close());

  const previewOf = async (
    workloads: Workload[],
    options: { own?: Workload[]; scopes?: string[]; config?: object } = {},
  ) => {
    const { own, scopes, config } = options;
    harness = await samplingHarness({
      workloads,
      config: { ...(scopes && { scopes }), ...config },
    });
    return harness.service.preview(
      harness.context(ADA, own),
      ALLOWED,
      harness.request({ acceptOtherWorkloads: true }),
    );
  };
  const verdict = ({ verdicts }: Awaited<ReturnType<typeof previewOf>>) =>
    verdicts.find(({ rule }) => rule === 'other-workloads');

  it('is written for its service, and takes effect at the waypoint', async () => {
    const preview = await previewOf([behind('cart'), waypoint]);
    expect(preview.token).toBeDefined();
    expect(preview.yaml).toContain(
      '  targetRefs:\n    - group: ""\n      kind: Service\n      name: cart\n',
    );
    expect(preview.yaml).not.toContain('selector');
    expect(preview.changes).toMatchObject([
      {
        workload: { name: 'cart', proxy: 'none' },
        before: { server: { samplingPercent: { value: 1 } } },
        after: { server: { samplingPercent: { value: 50 } } },
        changedFields: ['server.samplingPercent'],
      },
    ]);
  });

  it('is carried through, and found again as the override of the workload', async () => {
    const cart = behind('cart');
    await previewOf([cart, waypoint]);
    await harness.service.apply(
      harness.context(),
      ALLOWED,
      await harness.confirm(harness.request()),
    );
    expect(
      harness.service.overrideOf(harness.cluster.snapshot(), cart),
    ).toMatchObject({ name: 'mesh-tracing.cart', samplingPercent: 50 });
  });

  it('shows who else is behind the same service, and asks for consent', async () => {
    const cart = behind('cart');
    const twin = behind('cart-v2', 'cart');
    const preview = await previewOf([cart, twin, waypoint], {
      own: [cart, twin],
    });
    expect(
      preview.changes.map(({ workload: { name }, intended }) => [
        name,
        intended,
      ]),
    ).toEqual([
      ['cart', true],
      ['cart-v2', false],
    ]);
    expect(verdict(preview)).toMatchObject({ allowed: true });
    const unasked = await harness.service.preview(
      harness.context(ADA, [cart, twin]),
      ALLOWED,
      harness.request(),
    );
    expect(verdict(unasked)).toMatchObject({ allowed: false });
    expect(unasked.token).toBeUndefined();
  });

  it('needs what the change of a namespace needs where others stand for some of them', async () => {
    const cart = behind('cart');
    const twin = behind('cart-v2', 'cart');
    const refused = await previewOf([cart, twin, waypoint]);
    expect(refused.token).toBeUndefined();
    expect(verdict(refused)).toMatchObject({
      allowed: false,
      message: expect.stringMatching(
        /^Service cart stands before .*cart-v2.*meshTracing\.sampling\.scopes/,
      ),
    });
    await harness.close();
    const allowed = await previewOf([cart, twin, waypoint], {
      scopes: ['workload', 'namespace'],
    });
    expect(verdict(allowed)).toMatchObject({ allowed: true });
  });

  it('is refused where a site lets no change concern several workloads', async () => {
    const cart = behind('cart');
    const twin = behind('cart-v2', 'cart');
    const preview = await previewOf([cart, twin, waypoint], {
      own: [cart, twin],
      config: { otherWorkloads: 'none' },
    });
    expect(verdict(preview)).toMatchObject({ allowed: false });
  });

  it('has no effect where ztunnel alone carries the requests', async () => {
    const cart = { ...behind('cart'), routes: [] };
    const { verdicts, token } = await previewOf([cart]);
    expect(token).toBeUndefined();
    expect(verdicts).toContainEqual(
      expect.objectContaining({
        rule: 'in-mesh',
        allowed: false,
        message: expect.stringContaining('no waypoint before it'),
      }),
    );
  });
});

describe('a change of a waypoint', () => {
  it('counts all that it stands before, as wide as that of a namespace where others stand for them', async () => {
    const harness = await samplingHarness({
      workloads: [waypoint, behind('cart'), behind('pay')],
    });
    const preview = await harness.service.preview(
      harness.context(),
      ALLOWED,
      harness.request({ acceptOtherWorkloads: true }),
    );
    await harness.close();
    expect(preview.changes.map(({ workload: { name } }) => name)).toEqual([
      'waypoint',
      'cart',
      'pay',
    ]);
    expect(
      preview.verdicts.find(({ rule }) => rule === 'other-workloads'),
    ).toMatchObject({
      allowed: false,
      message: expect.stringContaining('waypoint shop/waypoint stands before'),
    });
  });
});

describe('a change of a whole namespace', () => {
  it('reaches workloads of other namespaces behind its waypoint', async () => {
    const far = {
      ...behind('far'),
      namespace: 'elsewhere',
      routes: behind('far').routes?.map(route => ({
        ...route,
        to: { ...route.to, namespace: 'elsewhere' },
      })),
    };
    const harness = await samplingHarness({
      workloads: [waypoint, far],
      config: { scopes: ['workload', 'namespace'] },
    });
    const preview = await harness.service.preview(
      harness.context(),
      ALLOWED,
      harness.request({ scope: 'namespace' }),
    );
    await harness.close();
    expect(preview.reach).toMatchObject({
      workloads: 2,
      changed: 2,
      namespaces: ['elsewhere', 'shop'],
    });
  });
});
