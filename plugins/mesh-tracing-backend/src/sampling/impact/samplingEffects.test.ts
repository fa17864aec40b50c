import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import {
  ALLOWED,
  BOB,
  samplingHarness,
  workload,
} from '../../testing/sampling/samplingHarness';
import type { SamplingHarness } from '../../testing/sampling/samplingHarness';
import { MeasuredRequestRateEstimator } from './MeasuredRequestRateEstimator';
import { SamplingEffects } from './SamplingEffects';

const SHOP: Telemetry = {
  metadata: { namespace: 'shop', name: 'default' },
  spec: { tracing: [{ randomSamplingPercentage: 10 }] },
};

const THROUGH_THE_GATEWAY = {
  traces: 500,
  rootTraces: 0,
  spans: 0,
  windowMs: 3_600_000,
  complete: false,
  beganAt: [{ service: 'ingress.istio-system', traces: 500 }],
};

describe('the verdict on a change where no trace begins', () => {
  let harness: SamplingHarness;
  afterEach(() => harness.close());
  const start = async (percent: number) => {
    harness = await samplingHarness({
      workloads: [workload('cart', { proxyVersion: '1.31.0' })],
      telemetries: [SHOP],
      estimator: MeasuredRequestRateEstimator.create({
        measure: async () => null,
        observe: async () => THROUGH_THE_GATEWAY,
      }),
    });
    return harness.request({ samplingPercent: percent });
  };

  it('shows both halves when sampling is lowered: no fewer traces, and what arrives without request id is cut', async () => {
    await start(5);
    const answer = await harness.service.preview(
      harness.context(),
      ALLOWED,
      harness.request({ samplingPercent: 5 }),
    );
    const codes = answer.findings.map(({ code }) => code);
    expect(codes).toEqual(
      expect.arrayContaining([
        'sampling-cuts-traces',
        'sampling-without-effect',
      ]),
    );
    expect(codes).not.toContain('sampling-not-first-hop');
    expect(answer.effect).toMatchObject({
      startedHere: 'none-start',
      startedElsewhere: 'decided-again',
      keptBeforePercent: 10,
      keptAfterPercent: 5,
      seen: { traces: 500, began: 0, complete: false },
      firstHops: [{ service: 'ingress.istio-system', traces: 500 }],
    });
  });

  it('shows every finding that the change brings, and none that there was', async () => {
    await start(0);
    const answer = await harness.service.preview(
      harness.context(),
      ALLOWED,
      harness.request({ samplingPercent: 0 }),
    );
    const [change] = answer.changes;
    const told = (code: string) =>
      answer.findings.filter(finding => finding.code === code).length;
    expect(change?.after.findings.map(({ code }) => code)).toContain(
      'zero-percent-reporting',
    );
    expect(told('zero-percent-reporting')).toBe(1);
    for (const { code, what } of change?.before.findings ?? []) {
      expect(answer.findings).not.toContainEqual(
        expect.objectContaining({ code, what }),
      );
    }
  });

  it('is the same once the override is in force', async () => {
    const request = await start(50);
    const before = await harness.service.preview(
      harness.context(),
      ALLOWED,
      request,
    );
    await harness.service.apply(
      harness.context(),
      ALLOWED,
      await harness.confirm(request),
    );
    expect(
      harness.service.overrideEffect(
        harness.context(),
        harness.cluster.snapshot(),
        workload('cart', { proxyVersion: '1.31.0' }),
      ),
    ).toEqual(before.effect);
  });

  it('does not use for one person what another could see in traces', async () => {
    const request = await start(50);
    await harness.service.apply(
      harness.context(),
      ALLOWED,
      await harness.confirm(request),
    );
    expect(
      harness.service.overrideEffect(
        harness.context(BOB),
        harness.cluster.snapshot(),
        workload('cart', { proxyVersion: '1.31.0' }),
      ),
    ).toMatchObject({ seen: null, firstHops: [], startedHere: 'more-if-any' });
  });

  it('names the entity where traces begin, and its owners, and holds without', async () => {
    await start(50);
    const effectWith = async (
      entityOfService: () => Promise<{
        entityRef?: string;
        ownerRefs: string[];
      }>,
    ) => {
      const effects = SamplingEffects.create({
        estimator: {
          estimate: async () => null,
          observe: async () => THROUGH_THE_GATEWAY,
        },
        firstHops: { entityOfService },
      });
      await effects.observe(harness.context(), workload('cart'));
      const none = {
        path: 'none' as const,
        chain: [],
        ignored: [],
        findings: [],
      };
      return effects.effect(harness.context(), workload('cart'), {
        before: none,
        after: none,
      }).firstHops;
    };
    const known = {
      entityRef: 'component:default/ingress',
      ownerRefs: ['group:default/platform'],
    };
    const hop = { service: 'ingress.istio-system', traces: 500 };
    expect(await effectWith(async () => known)).toEqual([{ ...hop, ...known }]);
    expect(
      await effectWith(async () => {
        throw new Error('no catalog');
      }),
    ).toEqual([{ ...hop, ownerRefs: [] }]);
  });
});
