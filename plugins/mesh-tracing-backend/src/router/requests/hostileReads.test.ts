import { apiRoutes } from 'backstage-plugin-mesh-tracing-common';
import { testDatabases } from '../../testing/sampling/testDatabases';
import {
  FUZZ_CASES,
  FUZZ_SEED,
  HostileHarness,
  NO_DAMAGE,
  tracingRoutes,
} from '../../testing/hostile/HostileHarness';
import { SHOP_TRACE_ID } from '../../testing/portal/exampleTraces';
import type { KnownTruth } from '../../testing/hostile/hostileBody';
import type { HostileRequest } from '../../testing/hostile/hostileRequests';
import {
  PLANTED,
  PLANTED_BASIC,
  leaksIn,
  plantedEntities,
} from '../../testing/hostile/plantedSecrets';

const databases = testDatabases();
// PostgreSQL where it is available, since it refuses texts that SQLite accepts.
const database = databases.eachSupportedId().at(-1)![0];

describe(`hostile requests to see tracing, seed ${FUZZ_SEED}, on ${database}`, () => {
  let harness: HostileHarness;
  let truth: KnownTruth;
  beforeAll(async () => {
    harness = await HostileHarness.start(await databases.init(database));
    truth = await harness.override();
  }, 60_000);
  afterAll(() => harness.stop());

  it.each(tracingRoutes)(
    `are answered, change nothing and show no secret: ${FUZZ_CASES} to %s`,
    async route => {
      expect(await harness.attack(route, truth)).toEqual(NO_DAMAGE);
    },
    300_000,
  );

  it('show no secret when systems behind answer with what they were sent', async () => {
    const ofEntities = [
      ...tracingRoutes.filter(route => route !== 'owned'),
      'history' as const,
    ];
    const requests = plantedEntities.flatMap(({ metadata }) =>
      ofEntities.flatMap(route =>
        Array.from({ length: 20 }, (): HostileRequest => {
          const path = apiRoutes[route].path
            .replace(
              '{kind}/{namespace}/{name}',
              `component/default/${metadata.name}`,
            )
            .replace('{traceId}', SHOP_TRACE_ID);
          return {
            method: 'GET',
            path: `/api/mesh-tracing${path}`,
            headers: {},
          };
        }),
      ),
    );
    await harness.sendAll(requests, status =>
      [200, 400, 404, 503].includes(status),
    );
    expect(leaksIn(harness.takeRecords())).toEqual([]);
    expect(leaksIn(JSON.stringify(await harness.rows()))).toEqual([]);
    // The test would prove nothing if the systems behind had not got the secrets.
    const { received } = harness.upstream;
    expect(received).toContain(`${PLANTED}-bearer`);
    expect(received).toContain(`${PLANTED}-header`);
    expect(received).toContain(PLANTED_BASIC);
    expect(received).toContain(`${PLANTED}-cluster`);
  }, 60_000);
});
