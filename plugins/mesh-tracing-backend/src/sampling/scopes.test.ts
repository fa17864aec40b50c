import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import { MeasuredRequestRateEstimator } from './impact/MeasuredRequestRateEstimator';
import {
  ADA,
  ALLOWED,
  samplingBench,
  workload,
} from '../testing/sampling/samplingBench';
import type {
  SamplingBench,
  SamplingBenchOptions,
} from '../testing/sampling/samplingBench';

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
  let bench: SamplingBench;
  afterEach(() => bench.close());

  const start = async (options: SamplingBenchOptions = {}) => {
    bench = await samplingBench({
      workloads: WORKLOADS,
      telemetries: [SHIELD],
      config: { scopes: ['workload', 'namespace', 'mesh'] },
      ...options,
    });
  };
  const preview = (request: Parameters<SamplingBench['request']>[0]) =>
    bench.service.preview(bench.context(), ALLOWED, bench.request(request));
  const refused = ({ verdicts }: Awaited<ReturnType<typeof preview>>) =>
    verdicts.filter(({ allowed }) => !allowed).map(({ rule }) => rule);
  const applyNamespace = async () => {
    const confirmed = await bench.confirm(
      bench.request({ scope: 'namespace' }),
    );
    return bench.service.apply(bench.context(), ALLOWED, {
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
      const confirmed = await bench.confirm(
        bench.request({ scope: 'namespace' }),
      );
      await expect(
        bench.service.apply(bench.context(), ALLOWED, {
          ...confirmed,
          ...(confirmScope !== undefined && { confirmScope }),
        }),
      ).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('confirmScope'),
      });
      expect(bench.cluster.writes).toEqual([]);
    },
  );

  it('is applied, recorded and reverted as what it is', async () => {
    await start();
    const { override } = await applyNamespace();
    expect(override).toMatchObject({ scope: 'namespace', name: NAME });
    expect(
      bench.service.wideOverridesOf(bench.cluster.snapshot(), WORKLOADS[1]!),
    ).toMatchObject([{ uid: override.uid }]);
    await bench.service.revert(bench.context(), ALLOWED, {
      workload: bench.request().workload,
      scope: 'namespace',
      uid: override.uid,
      resourceVersion: override.resourceVersion,
    });
    expect(bench.cluster.writes).toEqual([
      `put shop/${NAME}`,
      `delete shop/${NAME}`,
    ]);
    expect(
      (await bench.service.history(bench.context())).entries,
    ).toMatchObject([
      { kind: 'revert', outcome: 'succeeded', workload: { kind: 'Namespace' } },
      { kind: 'apply', outcome: 'succeeded', workload: { name: 'shop' } },
    ]);
  });

  it('can not be reverted as if it were one of the workload', async () => {
    await start();
    const { override } = await applyNamespace();
    await expect(
      bench.service.revert(bench.context(), ALLOWED, {
        workload: bench.request().workload,
        uid: override.uid,
        resourceVersion: override.resourceVersion,
      }),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(bench.cluster.writes).toEqual([`put shop/${NAME}`]);
  });

  it('ends on time, and its setter is told', async () => {
    await start();
    await applyNamespace();
    bench.clock.advance({ minutes: 61 });
    await bench.expiry.run();
    expect(bench.cluster.writes).toContain(`delete shop/${NAME}`);
    expect(bench.notified.at(-1)).toMatchObject({
      recipients: { entityRef: ADA },
      payload: { title: 'The sampling override on namespace shop has ended' },
    });
  });

  it('binds the confirmation to the workloads that were shown', async () => {
    await start();
    const confirmed = await bench.confirm(
      bench.request({ scope: 'namespace' }),
    );
    bench.cluster.deleteOutside('shop', 'shield');
    await expect(
      bench.service.apply(bench.context(), ALLOWED, {
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
