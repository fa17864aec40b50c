import fc from 'fast-check';
import {
  applyChange,
  createTracingResolver,
  type EffectiveTracing,
  type MeshTracingInputs,
  simulateTracing,
  type Telemetry,
  type TelemetryTracing,
  tracingProxyOf,
} from '../../tracing';
import type { MeshConfig } from '../../meshconfig';
import type { Workload } from '../../workloads';
import { attachmentFindings } from '../selector/attachmentFindings';
import { buildOverride, type OverrideInput } from './buildOverride';
import { findOverride } from './findOverride';
import { testWorkload } from '../../testing/testWorkload';

const PROVIDERS = [
  { name: 'jaeger', opentelemetry: { service: 'jaeger', port: 4317 } },
  { name: 'old', zipkin: { service: 'zipkin', port: 9411 } },
  { name: 'gone', lightstep: { service: 'x', port: 1 } },
];
const WITH_DEFAULT: MeshConfig = {
  defaultProviders: { tracing: ['jaeger'] },
  extensionProviders: PROVIDERS,
};
const WITHOUT_DEFAULT: MeshConfig = { extensionProviders: PROVIDERS };

const inputsOf = (
  meshConfig: MeshConfig,
  telemetries: Telemetry[] = [],
): MeshTracingInputs => ({
  meshConfig,
  meshConfigKnown: true,
  telemetries,
  istiod: { environmentKnown: true },
});

function effective(
  inputs: MeshTracingInputs,
  workload: Workload,
): EffectiveTracing {
  const proxy = tracingProxyOf(workload);
  return proxy
    ? createTracingResolver(inputs).resolve(proxy)
    : { path: 'none', chain: [], ignored: [], findings: [] };
}

function build(
  workloads: Workload[],
  inputs: MeshTracingInputs,
  request: Partial<OverrideInput['request']> = {},
) {
  const workload = workloads[0]!;
  const current = findOverride(inputs.telemetries, workload);
  return buildOverride({
    workload,
    workloads,
    inputs,
    current,
    inherited: effective(
      {
        ...inputs,
        telemetries: inputs.telemetries.filter(other => other !== current),
      },
      workload,
    ),
    request: { samplingPercent: 50, expiresAt: null, ...request },
    entityRef: 'component:default/cart',
    changedBy: 'user:default/ada',
    changeId: 'c1',
  });
}

const CART = testWorkload('cart', { app: 'cart' });

describe('the Telemetry of an override', () => {
  it('switches context propagation, and says what that does to others', () => {
    const { telemetry, findings, problems } = build(
      [CART],
      inputsOf(WITH_DEFAULT),
      { disableContextPropagation: true },
    );
    expect(problems).toEqual([]);
    expect(telemetry.spec?.tracing).toEqual([
      { randomSamplingPercentage: 50, disableContextPropagation: true },
    ]);
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'propagation-disabled' }),
    );
  });

  it('is the one that people can also apply by hand', () => {
    const { telemetry, problems, otherWorkloads } = build(
      [CART, testWorkload('pay', { app: 'pay' })],
      inputsOf(WITH_DEFAULT),
      {
        customTags: { team: { literal: { value: 'a' } } },
        expiresAt: '2026-11-20T14:00:00+02:00',
        reason: 'incident 7',
      },
    );
    expect({ problems, otherWorkloads }).toEqual({
      problems: [],
      otherWorkloads: [],
    });
    expect(telemetry).toEqual({
      apiVersion: 'telemetry.istio.io/v1',
      kind: 'Telemetry',
      metadata: {
        name: 'mesh-tracing.cart',
        namespace: 'shop',
        labels: { 'app.kubernetes.io/managed-by': 'mesh-tracing' },
        annotations: {
          'meshtracing.io/workload': 'Deployment/cart',
          'meshtracing.io/entity': 'component:default/cart',
          'meshtracing.io/changed-by': 'user:default/ada',
          'meshtracing.io/change': 'c1',
          'meshtracing.io/reason': 'incident 7',
          'meshtracing.io/expires-at': '2026-11-20T12:00:00.000Z',
        },
      },
      spec: {
        selector: { matchLabels: { app: 'cart' } },
        tracing: [
          {
            randomSamplingPercentage: 50,
            customTags: { team: { literal: { value: 'a' } } },
          },
        ],
      },
    });
  });

  it.each([
    ['gateway', 'gateway'],
    ['waypoint', 'waypoint'],
  ] as const)('names a %s of the Gateway API by target ref', (_, proxy) => {
    const gateway = testWorkload(
      'edge-istio',
      { 'gateway.networking.k8s.io/gateway-name': 'edge' },
      { proxy },
    );
    const { telemetry, problems } = build([gateway], inputsOf(WITH_DEFAULT));
    expect(problems).toEqual([]);
    expect(telemetry.spec).toMatchObject({
      targetRefs: [
        { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' },
      ],
    });
    expect(telemetry.spec).not.toHaveProperty('selector');
    const [difference] = simulateTracing(inputsOf(WITH_DEFAULT), [gateway], {
      put: telemetry,
    });
    expect(difference?.changedFields).not.toEqual([]);
  });

  it('selects a classic gateway by labels', () => {
    const gateway = testWorkload(
      'istio-ingressgateway',
      { istio: 'ingressgateway', app: 'istio-ingressgateway' },
      { proxy: 'gateway' },
    );
    expect(
      build([gateway], inputsOf(WITH_DEFAULT)).telemetry.spec,
    ).toMatchObject({
      selector: {
        matchLabels: { istio: 'ingressgateway', app: 'istio-ingressgateway' },
      },
    });
  });

  it('never selects a whole namespace for want of labels', () => {
    const bare = testWorkload('bare', {});
    const { telemetry, problems } = build([bare], inputsOf(WITH_DEFAULT));
    expect(problems).toMatchObject([{ rule: 'selector', allowed: false }]);
    expect(
      Object.keys(telemetry.spec?.selector?.matchLabels ?? {}),
    ).toHaveLength(1);
  });

  describe('carries a provider', () => {
    it('where the chain has none, or says which there are', () => {
      const inputs = inputsOf(WITHOUT_DEFAULT);
      expect(build([CART], inputs).problems).toMatchObject([
        {
          rule: 'provider-required',
          field: 'provider',
          message: expect.stringMatching(/jaeger, old$/),
        },
      ]);
      const { telemetry, problems } = build([CART], inputs, {
        provider: 'JAEGER',
      });
      expect(problems).toEqual([]);
      expect(telemetry.spec?.tracing?.[0]?.providers).toEqual([
        { name: 'jaeger' },
      ]);
    });

    it('that exists and can trace', () => {
      for (const provider of ['nope', 'gone', 'prometheus']) {
        expect(
          build([CART], inputsOf(WITH_DEFAULT), { provider }).problems,
        ).toMatchObject([{ rule: 'provider-required' }]);
      }
    });

    it('also when one side only lacks it', () => {
      const clientOnly: Telemetry = {
        metadata: { namespace: 'istio-system', name: 'mesh' },
        spec: {
          tracing: [
            { match: { mode: 'CLIENT' }, providers: [{ name: 'jaeger' }] },
          ],
        },
      };
      expect(
        build([CART], inputsOf(WITHOUT_DEFAULT, [clientOnly])).problems,
      ).toMatchObject([{ rule: 'provider-required' }]);
    });

    it('again when the override that supplies it is changed', () => {
      const inputs = inputsOf(WITHOUT_DEFAULT);
      const first = build([CART], inputs, { provider: 'old' }).telemetry;
      const second = build([CART], inputsOf(WITHOUT_DEFAULT, [first]), {
        samplingPercent: 7,
      });
      expect(second.problems).toEqual([]);
      expect(second.telemetry.spec?.tracing?.[0]).toMatchObject({
        providers: [{ name: 'old' }],
        randomSamplingPercentage: 7,
      });
    });
  });

  it.each([0, 0.01, 0.29, 1.15, 33.33, 99.99, 100])(
    'takes %d %%, a step of 0.01',
    samplingPercent => {
      expect(
        build([CART], inputsOf(WITH_DEFAULT), { samplingPercent }).problems,
      ).toEqual([]);
    },
  );

  it.each([0.005, 0.015, 33.333, 99.999])(
    'does not take %d %%, between two steps',
    samplingPercent => {
      expect(
        build([CART], inputsOf(WITH_DEFAULT), { samplingPercent }).problems,
      ).toMatchObject([{ rule: 'sampling-step', field: 'samplingPercent' }]);
    },
  );

  it('tells that less than 0.01 % is nothing to Envoy', () => {
    expect(
      build([CART], inputsOf(WITH_DEFAULT), { samplingPercent: 0.005 })
        .findings,
    ).toContainEqual(
      expect.objectContaining({ code: 'sampling-below-resolution' }),
    );
  });

  it('is refused when it would set nothing', () => {
    expect(
      build([CART], inputsOf(WITH_DEFAULT), { samplingPercent: null }).problems,
    ).toMatchObject([{ rule: 'empty-override' }]);
  });

  describe('has a name', () => {
    const nameOf = (workloads: Workload[], telemetries: Telemetry[] = []) =>
      build(workloads, inputsOf(WITH_DEFAULT, telemetries)).telemetry.metadata
        .name;
    const set = testWorkload('cart', { app: 'cart' }, { kind: 'StatefulSet' });

    it('of its own where kinds share one', () => {
      expect(nameOf([CART, set])).toBe('mesh-tracing.cart');
      expect(nameOf([set])).toBe('mesh-tracing.cart');
      expect(nameOf([set, CART])).toMatch(
        /^mesh-tracing\.cart\.statefulset-[0-9a-f]{8}$/,
      );
    });

    it('that stays when a namesake appears', () => {
      const early = build([set], inputsOf(WITH_DEFAULT)).telemetry;
      expect(nameOf([set, CART], [early])).toBe('mesh-tracing.cart');
      expect(nameOf([CART, set], [early])).toMatch(
        /^mesh-tracing\.cart\.deployment-/,
      );
    });

    it('that Kubernetes accepts, whatever the workload is called', () => {
      fc.assert(
        fc.property(
          fc.oneof(
            fc.string({ minLength: 1, maxLength: 300 }),
            fc.stringMatching(/^[a-z0-9.-]{230,300}$/),
          ),
          fc.constantFrom('Deployment', 'StatefulSet', 'Job'),
          (name, kind) => {
            const workload = testWorkload(name, { app: 'x' }, { kind });
            const result = nameOf([workload]);
            expect(result.length).toBeLessThanOrEqual(253);
            expect(result).toMatch(
              /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/,
            );
          },
        ),
        { numRuns: 500 },
      );
    });

    it('that differs for workloads whose long names differ at the end', () => {
      const long = 'a'.repeat(250);
      const [x, y] = ['x', 'y'].map(end =>
        nameOf([testWorkload(long + end, { app: 'x' })]),
      );
      expect(x).not.toBe(y);
    });
  });

  describe('among other Telemetries of the workload', () => {
    const rival = (creationTimestamp: string): Telemetry => ({
      metadata: { namespace: 'shop', name: 'by-hand', creationTimestamp },
      spec: {
        selector: { matchLabels: { app: 'cart' } },
        tracing: [{ randomSamplingPercentage: 3 }],
      },
    });
    const findings = (telemetries: Telemetry[]) => {
      const inputs = inputsOf(WITH_DEFAULT, telemetries);
      const { telemetry } = build([CART], inputs);
      const after = effective(
        {
          ...inputs,
          telemetries: applyChange(inputs.telemetries, { put: telemetry }),
        },
        CART,
      );
      return attachmentFindings(telemetry, after, {
        samplingPercent: 50,
      }).map(({ code }) => code);
    };

    it('wins when it is new, and says so', () => {
      expect(findings([rival('2026-11-01T00:00:00Z')])).toEqual([
        'workload-telemetry-overridden',
      ]);
    });

    it('loses to a newer one when it is changed, and says so', () => {
      const existing = build([CART], inputsOf(WITH_DEFAULT), {
        samplingPercent: 9,
      }).telemetry;
      existing.metadata.creationTimestamp = '2026-10-01T00:00:00Z';
      expect(findings([existing, rival('2026-11-01T00:00:00Z')])).toEqual([
        'workload-telemetry-wins',
        'sampling-not-effective',
      ]);
    });
  });

  it('says when tracing stays off', () => {
    const off: Telemetry = {
      metadata: { namespace: 'shop', name: 'off' },
      spec: { tracing: [{ disableSpanReporting: true }] },
    };
    const inputs = inputsOf(WITH_DEFAULT, [off]);
    const { telemetry } = build([CART], inputs);
    const [difference] = simulateTracing(inputs, [CART], { put: telemetry });
    expect(
      attachmentFindings(telemetry, difference!.after, {
        samplingPercent: 50,
      }).map(({ code }) => code),
    ).toEqual(['tracing-stays-off']);
  });
});

describe('an override in any mesh', () => {
  const percent = fc.integer({ min: 0, max: 10_000 }).map(n => n / 100);
  const entry = fc.record(
    {
      randomSamplingPercentage: percent,
      disableSpanReporting: fc.constant(false),
      providers: fc.constantFrom([{ name: 'jaeger' }], [{ name: 'nope' }], []),
      match: fc.constantFrom(
        { mode: 'CLIENT' as const },
        { mode: 'SERVER' as const },
        {},
      ),
    },
    { requiredKeys: [] },
  );
  const labels = fc.dictionary(
    fc.constantFrom('app', 'version', 'team'),
    fc.constantFrom('a', 'b'),
  );
  const telemetry: fc.Arbitrary<Telemetry> = fc
    .record({
      namespace: fc.constantFrom('istio-system', 'shop'),
      selector: fc.option(labels),
      tracing: fc.array(entry as fc.Arbitrary<TelemetryTracing>, {
        maxLength: 2,
      }),
      minute: fc.integer({ min: 10, max: 59 }),
    })
    .map(({ namespace, selector, tracing, minute }) => ({
      metadata: {
        namespace,
        name: `t${minute}`,
        creationTimestamp: `2026-01-01T00:${minute}:00Z`,
      },
      spec: {
        ...(selector && { selector: { matchLabels: selector } }),
        tracing,
      },
    }));
  const mesh = fc.record({
    meshConfig: fc.constantFrom(WITH_DEFAULT, WITHOUT_DEFAULT),
    telemetries: fc.uniqueArray(telemetry, {
      maxLength: 5,
      selector: ({ metadata }) => `${metadata.namespace}/${metadata.name}`,
    }),
    workloads: fc
      .array(fc.tuple(labels, fc.constantFrom('sidecar', 'gateway', 'none')), {
        minLength: 1,
        maxLength: 6,
      })
      .map(all =>
        all.map(([own, proxy], index) =>
          testWorkload(`w${index}`, own, {
            proxy: proxy as Workload['proxy'],
          }),
        ),
      ),
    samplingPercent: percent,
    provider: fc.option(fc.constantFrom('jaeger', 'old'), { nil: undefined }),
  });

  it('changes its workload only, as asked, never switches tracing off, and leaves no trace', () => {
    fc.assert(
      fc.property(
        mesh,
        ({ meshConfig, telemetries, workloads, ...request }) => {
          const inputs = inputsOf(meshConfig, telemetries);
          const plan = build(workloads, inputs, request);
          fc.pre(plan.problems.length === 0);
          const put = { put: plan.telemetry };
          const touched = new Set([
            workloads[0]!.name,
            ...plan.otherWorkloads.map(({ name }) => name),
          ]);
          for (const difference of simulateTracing(inputs, workloads, put)) {
            expect(touched).toContain(difference.workload.name);
            if (difference.workload !== workloads[0]) {
              continue;
            }
            for (const side of ['client', 'server'] as const) {
              const was = difference.before[side];
              const is = difference.after[side];
              expect(is?.samplingPercent.value ?? request.samplingPercent).toBe(
                request.samplingPercent,
              );
              expect(is?.enabled.value || !was?.enabled.value).toBe(true);
            }
          }
          const withOverride = inputsOf(meshConfig, [
            ...telemetries,
            plan.telemetry,
          ]);
          const { namespace, name } = plan.telemetry.metadata;
          for (const workload of workloads) {
            const [restored] = simulateTracing(withOverride, [workload], {
              delete: { namespace, name },
            });
            const before = effective(inputs, workload);
            expect(restored?.after ?? before).toEqual(before);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
