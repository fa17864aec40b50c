import { errorDetailsOf } from 'backstage-plugin-mesh-tracing-backend/src/shared/errorDetails';
import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { SamplingHarness } from './SamplingHarness';
import { rejection } from './rejection';

const NAME = 'mesh-tracing.ratings-v1';
const ADA = { user: 'user:default/ada', workload: 'ratings-v1' } as const;
const BOB = { user: 'user:default/bob', workload: 'ratings-v1' } as const;

/** Two people, on two replicas, who save what they saw at the same time. */
export async function checkConcurrency(
  harness: SamplingHarness,
): Promise<void> {
  const { checks, one, two } = harness;
  const { rounds } = harness.database;
  await checks.check(
    `two people save at once, ${rounds} times: one wins, none is lost`,
    async () => {
      const startMs = Date.now();
      const wins = { ada: 0, bob: 0 };
      const accepted: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const percents = [round / 10 + 0.01, round / 10 + 0.02] as const;
        const [ada, bob] = await Promise.all([
          one.prepare({
            ...ADA,
            samplingPercent: Number(percents[0].toFixed(2)),
          }),
          two.prepare({
            ...BOB,
            samplingPercent: Number(percents[1].toFixed(2)),
          }),
        ]);
        const results = await Promise.allSettled([ada.apply(), bob.apply()]);
        const won = results.filter(({ status }) => status === 'fulfilled');
        assert.equal(won.length, 1, `round ${round}: ${won.length} won`);
        for (const [index, result] of results.entries()) {
          if (result.status === 'fulfilled') {
            wins[index === 0 ? 'ada' : 'bob'] += 1;
            accepted.push(result.value.override.samplingPercent ?? -1);
          } else {
            assert.equal(result.reason.name, 'ConflictError', result.reason);
            assert.ok(errorDetailsOf(result.reason)?.conflict?.currentYaml);
          }
        }
        const object = await harness.object(NAME);
        assert.equal(
          object?.spec?.tracing?.[0]?.randomSamplingPercentage,
          accepted.at(-1),
        );
      }
      const seconds = ((Date.now() - startMs) / 1000).toFixed(1);
      await assertHistoryIsReality(harness, accepted);
      return `${wins.ada} by one, ${wins.bob} by the other, ${seconds} s`;
    },
  );
  await checks.check(
    'a stale preview is a conflict with both sides',
    async () => {
      const late = await one.prepare({ ...ADA, samplingPercent: 7 });
      await two.apply({ ...BOB, samplingPercent: 8 });
      const error = await rejection(late.apply());
      assert.equal(error.name, 'ConflictError', error.message);
      const conflict = errorDetailsOf(error)?.conflict;
      assert.match(
        conflict?.currentYaml ?? '',
        /randomSamplingPercentage: 8\n/,
      );
      assert.ok(conflict?.baseYaml, 'what the form was based on');
      assert.equal(conflict?.changedBy, BOB.user);
      assert.equal(harness.audited.at(-1)?.outcome, 'failed');
    },
  );
  await checks.check('the same request twice at once writes once', async () => {
    const prepared = await one.prepare({ ...ADA, samplingPercent: 9 });
    const before = await harness.object(NAME);
    const results = await Promise.allSettled([
      prepared.apply(),
      prepared.apply(),
    ]);
    assert.ok(results.some(({ status }) => status === 'fulfilled'));
    const again = await prepared.apply();
    const after = await harness.object(NAME);
    assert.equal(
      again.override.resourceVersion,
      after?.metadata.resourceVersion,
    );
    assert.equal(generation(after), generation(before) + 1);
  });
  await checks.check('of two reverts at once, one succeeds', async () => {
    const { metadata } = (await harness.object(NAME)) ?? assert.fail();
    const { uid = '', resourceVersion = '' } = metadata;
    const seen = { uid, resourceVersion };
    const results = await Promise.allSettled([
      one.revert(ADA, seen),
      two.revert(BOB, seen),
    ]);
    const done = results.filter(({ status }) => status === 'fulfilled');
    assert.equal(done.length, 1);
    assert.equal(await harness.object(NAME), undefined);
    const reverts = (await one.history('ratings-v1')).filter(
      ({ kind, outcome }) => kind === 'revert' && outcome === 'succeeded',
    );
    assert.equal(reverts.length, 1);
  });
}

/** Each event goes on where the last one stopped, and the last is what is there. */
async function assertHistoryIsReality(
  harness: SamplingHarness,
  accepted: number[],
): Promise<void> {
  const history = await harness.database
    .knex('sampling_history')
    .where({ workload_name: 'ratings-v1' })
    .orderBy('seq');
  const open = history.filter(({ outcome }) => outcome === 'pending');
  assert.equal(open.length, 0, `${open.length} changes are pending`);
  const written = history
    .filter(({ outcome }) => outcome === 'succeeded')
    .map(({ before, after }) => ({
      before: before === null ? undefined : parse(before),
      after: parse(after),
    }));
  const percentOf = (spec: { tracing: Array<Record<string, unknown>> }) =>
    spec.tracing[0]?.randomSamplingPercentage;
  // Intents are stored in the order of their beginning; the chain says which
  // came first in the cluster.
  assert.deepEqual(
    written.map(({ after }) => percentOf(after)),
    accepted,
  );
  written.forEach(({ before }, index) =>
    assert.deepEqual(
      before,
      index === 0 ? undefined : written[index - 1]?.after,
    ),
  );
  const object = await harness.object(NAME);
  assert.deepEqual(object?.spec, written.at(-1)?.after);
  assert.equal(
    generation(object),
    accepted.length,
    'writes that left no event',
  );
}

/** Counted by the API server: one for each change of the spec. */
function generation(object: object | undefined): number {
  return (
    (object as { metadata?: { generation?: number } } | undefined)?.metadata
      ?.generation ?? 0
  );
}
