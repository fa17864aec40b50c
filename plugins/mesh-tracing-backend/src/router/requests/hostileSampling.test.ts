import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { testDatabases } from '../../testing/sampling/testDatabases';
import {
  FUZZ_CASES,
  FUZZ_SEED,
  HostileHarness,
  NO_DAMAGE,
  samplingRoutes,
} from '../../testing/hostile/HostileHarness';
import type { KnownTruth } from '../../testing/hostile/hostileBody';
import { shortText } from '../../testing/hostile/hostileInput';
import { hostileWish } from '../../testing/hostile/hostileWish';
import { leaksIn } from '../../testing/hostile/plantedSecrets';

const databases = testDatabases();
// PostgreSQL where it is available, since it refuses texts that SQLite accepts.
const database = databases.eachSupportedId().at(-1)![0];

describe(`hostile requests to change sampling, seed ${FUZZ_SEED}, on ${database}`, () => {
  let harness: HostileHarness;
  beforeAll(async () => {
    harness = await HostileHarness.start(await databases.init(database));
  }, 60_000);
  afterAll(() => harness.stop());

  describe('are answered, change nothing and show no secret:', () => {
    let truth: KnownTruth;
    beforeAll(async () => {
      truth = await harness.override();
    }, 60_000);

    it.each(samplingRoutes)(
      `${FUZZ_CASES} to %s`,
      async route => {
        expect(await harness.attack(route, truth)).toEqual(NO_DAMAGE);
      },
      300_000,
    );

    it('no row of the database holds a secret afterwards', async () => {
      expect(leaksIn(JSON.stringify(await harness.rows()))).toEqual([]);
    });
  });

  it('that pass every check are carried out, without a failure', async () => {
    const outcomes: number[] = [];
    const wishes = fc.sample(fc.tuple(hostileWish, shortText), {
      numRuns: 500,
      seed: FUZZ_SEED,
    });
    const { plugin } = harness;
    for (const [override, reason] of wishes) {
      const token = await harness.previewed(override);
      if (token) {
        const { status, body } = await plugin.ask('owner', 'apply', {
          body: {
            override,
            token,
            requestId: randomUUID(),
            confirmScope: 'shop',
          },
        });
        outcomes.push(status);
        if (status === 200) {
          const { workload, scope } = { scope: undefined, ...override };
          const { uid, resourceVersion } = body.override;
          const reverted = await plugin.ask('owner', 'revert', {
            body: { workload, scope, uid, resourceVersion, reason },
          });
          outcomes.push(reverted.status);
        }
      }
    }
    expect(outcomes.filter(status => status >= 500)).toEqual([]);
    expect(outcomes.filter(status => status === 200).length).toBeGreaterThan(
      10,
    );
    expect(leaksIn(harness.takeRecords())).toEqual([]);
    expect(leaksIn(JSON.stringify(await harness.rows()))).toEqual([]);
  }, 60_000);
});
