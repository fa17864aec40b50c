import type {
  SamplingChange,
  SamplingPolicy,
} from 'backstage-plugin-mesh-tracing-node';
import {
  ADA,
  ALLOWED,
  BOB,
  samplingBench,
  type SamplingBench,
} from '../../testing/sampling/samplingBench';

describe('policies, when an override is reverted,', () => {
  let bench: SamplingBench;
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
    bench = await samplingBench({ policies: [freeze] });
    const { override } = await bench.service.apply(
      bench.context(ADA),
      ALLOWED,
      await bench.confirm(bench.request()),
    );
    isFrozen = true;
    asked.length = 0;
    return {
      workload: bench.request().workload,
      uid: override.uid,
      resourceVersion: override.resourceVersion,
    };
  };
  afterEach(() => bench.close());

  it('hold where someone else set the override', async () => {
    const seen = await setByAda();
    await expect(
      bench.service.revert(bench.context(BOB), ALLOWED, seen),
    ).rejects.toThrow('Frozen for the sale');
    expect(asked).toMatchObject([
      {
        action: 'revert',
        workloads: [{ name: 'cart' }],
        tracing: {},
        expiresAt: new Date(bench.clock.in({ minutes: 60 })),
      },
    ]);
    isFrozen = false;
    await bench.service.revert(bench.context(BOB), ALLOWED, seen);
  });

  it('keep nobody from taking the own override away', async () => {
    const seen = await setByAda();
    await bench.service.revert(bench.context(ADA), ALLOWED, seen);
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
      bench.service.revert(bench.context(BOB), refused, seen),
    ).rejects.toThrow('Others stand for it');
    // Who set it may undo it, whoever stands for the workload now.
    await bench.service.revert(bench.context(ADA), refused, seen);
  });
});
