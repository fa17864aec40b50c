import type {
  SamplingChange,
  SamplingPolicy,
} from 'backstage-plugin-mesh-tracing-node';
import {
  ADA,
  ALLOWED,
  BOB,
  samplingHarness,
  type SamplingHarness,
} from '../../testing/sampling/samplingHarness';

describe('policies, when an override is reverted,', () => {
  let harness: SamplingHarness;
  let isFrozen = false;
  const asked: SamplingChange[] = [];
  const freeze: SamplingPolicy = {
    evaluate: async change => {
      asked.push(change);
      return [
        { rule: 'freeze', allowed: !isFrozen, message: 'Frozen for the sale' },
      ];
    },
  };

  const setByAda = async () => {
    isFrozen = false;
    harness = await samplingHarness({ policies: [freeze] });
    const { override } = await harness.service.apply(
      harness.context(ADA),
      ALLOWED,
      await harness.confirm(harness.request()),
    );
    isFrozen = true;
    asked.length = 0;
    return {
      workload: harness.request().workload,
      uid: override.uid,
      resourceVersion: override.resourceVersion,
    };
  };
  afterEach(() => harness.close());

  it('hold where someone else set the override', async () => {
    const seen = await setByAda();
    await expect(
      harness.service.revert(harness.context(BOB), ALLOWED, seen),
    ).rejects.toThrow('Frozen for the sale');
    expect(asked).toMatchObject([
      {
        action: 'revert',
        workloads: [{ name: 'cart' }],
        tracing: {},
        expiresAt: new Date(harness.clock.in({ minutes: 60 })),
      },
    ]);
    isFrozen = false;
    await harness.service.revert(harness.context(BOB), ALLOWED, seen);
  });

  it('keep nobody from taking the own override away', async () => {
    const seen = await setByAda();
    await harness.service.revert(harness.context(ADA), ALLOWED, seen);
    expect(asked).toEqual([]);
  });

  it('do not matter where the entity may not stand for the workload', async () => {
    const seen = await setByAda();
    isFrozen = false;
    const refused = {
      allowed: false,
      reason: 'Others stand for it',
      refusedBy: 'binding',
    } as const;
    await expect(
      harness.service.revert(harness.context(BOB), refused, seen),
    ).rejects.toThrow('Others stand for it');
    // Who set it may undo it, whoever stands for the workload now.
    await harness.service.revert(harness.context(ADA), refused, seen);
  });
});
