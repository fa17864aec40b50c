import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import { MeasuredRequestRateEstimator } from './impact/MeasuredRequestRateEstimator';
import {
  ADA,
  ALLOWED,
  samplingHarness,
  workload,
} from '../testing/sampling/samplingHarness';
import type {
  SamplingHarness,
  SamplingHarnessOptions,
} from '../testing/sampling/samplingHarness';

const WORKLOADS = [
  workload('cart'),
  workload('pay'),
  workload('shielded'),
  workload('job', { proxy: 'none' }),
  workload('elsewhere', { namespace: 'other' }),
  workload('edge', { namespace: 'istio-system', proxy: 'gateway' }),
];
const NAME = 'mesh-tracing-namespace';

function telemetry(
  namespace: string,
  name: string,
  spec: Telemetry['spec'],
): Telemetry {
  return {
    metadata: { namespace, name, creationTimestamp: '2026-01-01T00:00:00Z' },
    spec,
  };
}

const SHIELD = telemetry('shop', 'shield', {
  selector: { matchLabels: { app: 'shielded' } },
  tracing: [{ randomSamplingPercentage: 7 }],
});

describe('a change of a whole namespace or mesh', () => {
  let harness: SamplingHarness;
  afterEach(() => harness.close());

  const start = async (options: SamplingHarnessOptions = {}) => {
    harness = await samplingHarness({
      workloads: WORKLOADS,
      telemetries: [SHIELD],
      config: { scopes: ['workload', 'namespace', 'mesh'] },
      ...options,
    });
  };
  const preview = (request: Parameters<SamplingHarness['request']>[0]) =>
    harness.service.preview(
      harness.context(),
      ALLOWED,
      harness.request(request),
    );
  const refused = ({ verdicts }: Awaited<ReturnType<typeof preview>>) =>
    verdicts.filter(({ allowed }) => !allowed).map(({ rule }) => rule);
  const applyNamespace = async () => {
    const confirmed = await harness.confirm(
      harness.request({ scope: 'namespace' }),
    );
    return harness.service.apply(harness.context(), ALLOWED, {
      ...confirmed,
      confirmScope: 'shop',
    });
  };

  it.each(['namespace', 'mesh'] as const)(
    'is refused for a %s unless configured',
    async scope => {
      await start({ config: {} });
      const answer = await preview({ scope });
      expect(refused(answer)).toEqual(['scope']);
      expect(answer.token).toBeUndefined();
    },
  );

  it('shows every workload of the namespace, and counts the shielded as unchanged', async () => {
    await start();
    const answer = await preview({ scope: 'namespace' });
    expect(refused(answer)).toEqual([]);
    expect(answer.reach).toEqual({
      workloads: 3,
      changed: 2,
      namespaces: ['shop'],
      owners: [],
      unowned: 2,
    });
    expect(answer.changes.map(change => change.workload.name)).toEqual([
      'cart',
      'pay',
      'shielded',
    ]);
    expect(answer.yaml).not.toContain('selector');
    expect(answer.yaml).toContain(`name: ${NAME}`);
  });

  it('reaches all namespaces from the root one, only with scope mesh', async () => {
    await start();
    const answer = await preview({ scope: 'mesh' });
    expect(refused(answer)).toEqual([]);
    expect(answer.yaml).toContain('namespace: istio-system');
    expect(answer.reach).toMatchObject({ workloads: 5, changed: 4 });
  });

  it('estimates its impact as the sum over those that would change', async () => {
    const seen: Record<string, number> = { cart: 60, pay: 30, shielded: 600 };
    await start({
      estimator: MeasuredRequestRateEstimator.create({
        measure: async () => null,
        observe: async (_, { name }) => ({
          traces: seen[name] ?? 0,
          rootTraces: seen[name] ?? 0,
          spans: (seen[name] ?? 0) * 5,
          windowMs: 600_000,
          complete: true,
        }),
      }),
    });
    // 90 traces in 10 minutes at 1 % are 15 requests a second.
    expect((await preview({ scope: 'namespace' })).impact).toMatchObject({
      requestsPerSecond: 15,
      tracesPerSecondBefore: expect.closeTo(0.15),
      tracesPerSecondAfter: 7.5,
      assumption: expect.stringContaining('Sum over 2 of the 2 workloads'),
    });
    expect((await preview({ scope: 'mesh' })).impact?.assumption).toContain(
      'Sum over 2 of the 4 workloads',
    );
  });

  it.each([
    {
      what: 'asks trace stores about each workload once in a minute, whatever is tried',
      fails: false,
      why: 'None of the 2 workloads that would change started traces lately',
      times: 2,
    },
    {
      what: 'asks again where traces could not be read, metrics or not',
      fails: true,
      why: '2 whose traces could not be read',
      times: 4,
    },
  ])('$what', async ({ fails, why, times }) => {
    const observe = jest.fn(async () => {
      if (fails) {
        throw new Error('away');
      }
      return {
        traces: 4,
        rootTraces: 0,
        spans: 0,
        windowMs: 600_000,
        complete: true,
      };
    });
    await start({
      estimator: MeasuredRequestRateEstimator.create({
        measure: async () => 100,
        observe,
      }),
    });
    for (const samplingPercent of [10, 20]) {
      expect(
        await preview({ scope: 'namespace', samplingPercent }),
      ).toMatchObject({
        impact: null,
        impactWithheld: expect.stringContaining(why),
      });
    }
    expect(observe).toHaveBeenCalledTimes(times);
  });

  it('of the mesh is refused where it would change a denied namespace', async () => {
    await start({
      config: { scopes: ['mesh'], namespaces: { deny: ['other'] } },
    });
    expect(refused(await preview({ scope: 'mesh' }))).toEqual(['namespace']);
  });

  it('is not written beside another Telemetry for the namespace, but handed over', async () => {
    const theirs = telemetry('shop', 'theirs', {
      tracing: [
        {
          randomSamplingPercentage: 5,
          customTags: { quote: { literal: { value: "it's" } } },
        },
      ],
    });
    await start({ telemetries: [theirs] });
    const answer = await preview({ scope: 'namespace' });
    expect(refused(answer)).toEqual(['namespace-wide-exists']);
    expect(answer.token).toBeUndefined();
    expect(answer.handover).toMatchObject({
      namespace: 'shop',
      name: 'theirs',
    });
    expect(answer.handover?.yaml).toContain('randomSamplingPercentage: 50');
    expect(answer.handover?.yaml).toContain("it's");
    expect(answer.handover?.command).toContain(`it'\\''s`);
    expect(answer.reach?.changed).toBe(3);
  });

  it.each([undefined, '', 'other'])(
    'is not applied with %p typed for its name',
    async confirmScope => {
      await start();
      const confirmed = await harness.confirm(
        harness.request({ scope: 'namespace' }),
      );
      await expect(
        harness.service.apply(harness.context(), ALLOWED, {
          ...confirmed,
          ...(confirmScope !== undefined && { confirmScope }),
        }),
      ).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('confirmScope'),
      });
      expect(harness.cluster.writes).toEqual([]);
    },
  );

  it('is applied, recorded and reverted as what it is', async () => {
    await start();
    const { override } = await applyNamespace();
    expect(override).toMatchObject({ scope: 'namespace', name: NAME });
    expect(
      harness.service.wideOverridesOf(
        harness.cluster.snapshot(),
        WORKLOADS[1]!,
      ),
    ).toMatchObject([{ uid: override.uid }]);
    await harness.service.revert(harness.context(), ALLOWED, {
      workload: harness.request().workload,
      scope: 'namespace',
      uid: override.uid,
      resourceVersion: override.resourceVersion,
    });
    expect(harness.cluster.writes).toEqual([
      `put shop/${NAME}`,
      `delete shop/${NAME}`,
    ]);
    expect(
      (await harness.service.history(harness.context())).entries,
    ).toMatchObject([
      { kind: 'revert', outcome: 'succeeded', workload: { kind: 'Namespace' } },
      { kind: 'apply', outcome: 'succeeded', workload: { name: 'shop' } },
    ]);
  });

  it('can not be reverted as if it were one of the workload', async () => {
    await start();
    const { override } = await applyNamespace();
    await expect(
      harness.service.revert(harness.context(), ALLOWED, {
        workload: harness.request().workload,
        uid: override.uid,
        resourceVersion: override.resourceVersion,
      }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(harness.cluster.writes).toEqual([`put shop/${NAME}`]);
  });

  it('ends on time, and its setter is told', async () => {
    await start();
    await applyNamespace();
    harness.clock.advance({ minutes: 61 });
    await harness.expiry.run();
    expect(harness.cluster.writes).toContain(`delete shop/${NAME}`);
    expect(harness.notified.at(-1)).toMatchObject({
      recipients: { entityRef: ADA },
      payload: { title: 'The sampling override on namespace shop has ended' },
    });
  });

  it('binds the confirmation to the workloads that were shown', async () => {
    await start();
    const confirmed = await harness.confirm(
      harness.request({ scope: 'namespace' }),
    );
    harness.cluster.deleteOutside('shop', 'shield');
    await expect(
      harness.service.apply(harness.context(), ALLOWED, {
        ...confirmed,
        confirmScope: 'shop',
      }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
  });

  it('never takes the object of a workload with the same name for its own', async () => {
    await start({ workloads: [workload('namespace'), ...WORKLOADS] });
    const workloadLevel = await preview({});
    expect(workloadLevel.yaml).toContain('name: mesh-tracing.namespace');
  });
});
