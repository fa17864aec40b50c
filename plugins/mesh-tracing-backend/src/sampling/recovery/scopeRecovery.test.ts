import { dyingStore } from '../../testing/sampling/dyingStore';
import {
  ADA,
  ALLOWED,
  samplingBench,
  workload,
} from '../../testing/sampling/samplingBench';
import type { SamplingBench } from '../../testing/sampling/samplingBench';

const NAME = 'mesh-tracing-namespace';

describe('an override of a whole namespace', () => {
  let bench: SamplingBench;
  beforeEach(async () => {
    bench = await samplingBench({
      workloads: [workload('cart'), workload('pay')],
      config: { scopes: ['workload', 'namespace'] },
    });
  });
  afterEach(() => bench.close());

  const confirm = async (samplingPercent: number) => ({
    ...(await bench.confirm(
      bench.request({ scope: 'namespace', samplingPercent }),
    )),
    confirmScope: 'shop',
  });
  const apply = async (samplingPercent: number) =>
    bench.service.apply(
      bench.context(),
      ALLOWED,
      await confirm(samplingPercent),
    );
  const recover = async () => {
    bench.clock.advance({ minutes: 1 });
    await bench.reconciler.run();
    await bench.outsideChanges.run();
  };
  const history = async () =>
    (await bench.service.history(bench.context())).entries;

  it('ends once after a crash between deletion and outcome', async () => {
    await apply(50);
    const dying = await bench.replica(
      dyingStore({ method: 'settle', when: 'before' }),
    );
    bench.clock.advance({ minutes: 61 });
    await dying.expiry.run();
    await recover();
    await bench.expiry.run();
    expect(bench.cluster.writes).toEqual([
      `put shop/${NAME}`,
      `delete shop/${NAME}`,
    ]);
    expect(
      (await history()).map(({ kind, outcome }) => `${kind} ${outcome}`),
    ).toEqual(['expire succeeded', 'apply succeeded']);
  });

  it('that others change is shown as changed, told to its setter, and kept', async () => {
    await apply(50);
    bench.cluster.editOutside('shop', NAME, object => {
      object.spec!.tracing![0]!.randomSamplingPercentage = 99;
    });
    await bench.outsideChanges.run();
    expect(await history()).toMatchObject([
      {
        kind: 'outside-change',
        actor: 'outside:kubectl-edit',
        workload: { kind: 'Namespace', name: 'shop' },
      },
      { kind: 'apply' },
    ]);
    expect(bench.notified).toMatchObject([
      {
        recipients: { entityRef: ADA },
        payload: { title: expect.stringContaining('namespace shop') },
      },
    ]);
    expect(
      bench.cluster.objects()[0]?.spec?.tracing?.[0]?.randomSamplingPercentage,
    ).toBe(99);
  });

  it('that others delete is missed once', async () => {
    await apply(50);
    bench.cluster.deleteOutside('shop', NAME);
    await bench.outsideChanges.run();
    await bench.outsideChanges.run();
    expect(await history()).toMatchObject([
      { kind: 'outside-delete', workload: { kind: 'Namespace' } },
      { kind: 'apply' },
    ]);
  });

  it('is not written beside one that others made meanwhile', async () => {
    const confirmed = await confirm(50);
    bench.cluster.createOutside({
      metadata: { namespace: 'shop', name: 'theirs' },
      spec: { tracing: [{ randomSamplingPercentage: 1 }] },
    });
    await expect(
      bench.service.apply(bench.context(), ALLOWED, confirmed),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('shop/theirs'),
    });
    expect(bench.cluster.writes).toEqual([]);
  });

  it('lies beneath one of a workload, and ends alone', async () => {
    await apply(50);
    await bench.service.apply(
      bench.context(),
      ALLOWED,
      await bench.confirm(
        bench.request({
          samplingPercent: 80,
          expiresAt: bench.clock.in({ minutes: 120 }),
        }),
      ),
    );
    bench.clock.advance({ minutes: 61 });
    await bench.expiry.run();
    expect(
      bench.cluster.objects().map(({ metadata }) => metadata.name),
    ).toEqual(['mesh-tracing.cart']);
  });
});
