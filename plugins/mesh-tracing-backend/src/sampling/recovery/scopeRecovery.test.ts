import { dyingStore } from '../../testing/sampling/dyingStore';
import {
  ADA,
  ALLOWED,
  samplingHarness,
  workload,
} from '../../testing/sampling/samplingHarness';
import type { SamplingHarness } from '../../testing/sampling/samplingHarness';

const NAME = 'mesh-tracing-namespace';

describe('an override of a whole namespace', () => {
  let harness: SamplingHarness;
  beforeEach(async () => {
    harness = await samplingHarness({
      workloads: [workload('cart'), workload('pay')],
      config: { scopes: ['workload', 'namespace'] },
    });
  });
  afterEach(() => harness.close());

  const confirm = async (samplingPercent: number) => ({
    ...(await harness.confirm(
      harness.request({ scope: 'namespace', samplingPercent }),
    )),
    confirmScope: 'shop',
  });
  const apply = async (samplingPercent: number) =>
    harness.service.apply(
      harness.context(),
      ALLOWED,
      await confirm(samplingPercent),
    );
  const recover = async () => {
    harness.clock.advance({ minutes: 1 });
    await harness.reconciler.run();
    await harness.outsideChanges.run();
  };
  const history = async () =>
    (await harness.service.history(harness.context())).entries;

  it('ends once after a crash between deletion and outcome', async () => {
    await apply(50);
    const dying = await harness.replica(
      dyingStore({ method: 'settle', when: 'before' }),
    );
    harness.clock.advance({ minutes: 61 });
    await dying.expiry.run();
    await recover();
    await harness.expiry.run();
    expect(harness.cluster.writes).toEqual([
      `put shop/${NAME}`,
      `delete shop/${NAME}`,
    ]);
    expect(
      (await history()).map(({ kind, outcome }) => `${kind} ${outcome}`),
    ).toEqual(['expire succeeded', 'apply succeeded']);
  });

  it('that others change is shown as changed, told to its setter, and kept', async () => {
    await apply(50);
    harness.cluster.editOutside('shop', NAME, object => {
      object.spec!.tracing![0]!.randomSamplingPercentage = 99;
    });
    await harness.outsideChanges.run();
    expect(await history()).toMatchObject([
      {
        kind: 'outside-change',
        actor: 'outside:kubectl-edit',
        workload: { kind: 'Namespace', name: 'shop' },
      },
      { kind: 'apply' },
    ]);
    expect(harness.notified).toMatchObject([
      {
        recipients: { entityRef: ADA },
        payload: { title: expect.stringContaining('namespace shop') },
      },
    ]);
    expect(
      harness.cluster.objects()[0]?.spec?.tracing?.[0]
        ?.randomSamplingPercentage,
    ).toBe(99);
  });

  it('that others delete is missed once', async () => {
    await apply(50);
    harness.cluster.deleteOutside('shop', NAME);
    await harness.outsideChanges.run();
    await harness.outsideChanges.run();
    expect(await history()).toMatchObject([
      { kind: 'outside-delete', workload: { kind: 'Namespace' } },
      { kind: 'apply' },
    ]);
  });

  it('is not written beside one that others made meanwhile', async () => {
    const confirmed = await confirm(50);
    harness.cluster.createOutside({
      metadata: { namespace: 'shop', name: 'theirs' },
      spec: { tracing: [{ randomSamplingPercentage: 1 }] },
    });
    await expect(
      harness.service.apply(harness.context(), ALLOWED, confirmed),
    ).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('shop/theirs'),
    });
    expect(harness.cluster.writes).toEqual([]);
  });

  it('lies beneath one of a workload, and ends alone', async () => {
    await apply(50);
    await harness.service.apply(
      harness.context(),
      ALLOWED,
      await harness.confirm(
        harness.request({
          samplingPercent: 80,
          expiresAt: harness.clock.in({ minutes: 120 }),
        }),
      ),
    );
    harness.clock.advance({ minutes: 61 });
    await harness.expiry.run();
    expect(
      harness.cluster.objects().map(({ metadata }) => metadata.name),
    ).toEqual(['mesh-tracing.cart']);
  });
});
