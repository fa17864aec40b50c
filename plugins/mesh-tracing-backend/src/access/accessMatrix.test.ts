import type { TestDatabaseId } from '@backstage/backend-test-utils';
import { apiRoutes } from 'backstage-plugin-mesh-tracing-common';
import { testDatabases } from '../testing/sampling/testDatabases';
import { ownerPolicy } from '../testing/portal/ownerPolicy';
import type { Persona } from '../testing/portal/personas';
import { validQuestion } from '../testing/portal/requests';
import {
  startMeshTracing,
  type MeshTracingHarness,
  type MeshTracingOptions,
  type RouteName,
} from '../testing/portal/startMeshTracing';

const databases = testDatabases();
const routes = Object.keys(apiRoutes) as RouteName[];
const writes: RouteName[] = ['preview', 'apply', 'revert'];
/**
 * Routes that are never refused to a user: they answer with an empty list, or that
 * there is nothing, where nothing may be seen.
 */
const owned: RouteName[] = [
  'owned',
  'ownedHistory',
  'ownedSetupFindings',
  'ownedAlertRules',
  'locateTrace',
];
/** For who may change the whole mesh, which nobody may without a permission framework. */
const meshWide: RouteName[] = ['conditionalTracing'];
const reads = routes.filter(
  route => ![...writes, ...owned, ...meshWide].includes(route),
);

const owners: Persona[] = [
  'owner',
  'member of the owning group',
  'member of a child of the owning group',
  'member of groups in a circle',
];
const others: Persona[] = [
  'stranger',
  'member of the parent of the owning group',
];
const users = [...owners, ...others];

/**
 * Any status but 401 and 403: the access checks were passed, whatever became of the
 * request.
 */
const IN = 'let in';
type Expected = 401 | 403 | typeof IN;

function outcomeOf(status: number): Expected | 'failed' {
  if (status === 401 || status === 403) {
    return status;
  }
  return status < 500 ? IN : 'failed';
}

function table(
  rows: Array<[Persona[], RouteName[], Expected]>,
): Array<[Persona, RouteName, Expected]> {
  return rows.flatMap(([who, where, expected]) =>
    who.flatMap(persona =>
      where.map((route): [Persona, RouteName, Expected] => [
        persona,
        route,
        expected,
      ]),
    ),
  );
}

const unauthenticated = table([
  [['none'], routes, 401],
  [['invalid token'], routes, 401],
  [['service token'], routes, 403],
]);

function matrix(
  database: TestDatabaseId,
  options: MeshTracingOptions,
  rows: Array<[Persona, RouteName, Expected]>,
) {
  let harness: MeshTracingHarness;
  beforeAll(async () => {
    const knex = await databases.init(database);
    harness = await startMeshTracing({ ...options, knex });
  });
  afterAll(() => harness.stop());

  it.each([...unauthenticated, ...rows])(
    '%s asks for %s: %s',
    async (persona, route, expected) => {
      const { status } = await harness.ask(
        persona,
        route,
        validQuestion(route),
      );
      expect(outcomeOf(status)).toBe(expected);
      expect(harness.cluster.writes).toEqual([]);
    },
  );
}

describe.each(databases.eachSupportedId())(
  'who may do what, on %s',
  database => {
    describe('a policy that allows everything', () => {
      matrix(
        database,
        {},
        table([
          [users, [...reads, ...owned], IN],
          [owners, writes, IN],
          [others, writes, 403],
          [users, meshWide, 403],
        ]),
      );
    });

    describe('a policy that allows everything, and parents of groups that count for nothing', () => {
      const direct: Persona[] = ['owner', 'member of the owning group'];
      const through = users.filter(persona => !direct.includes(persona));
      matrix(
        database,
        { config: { ownership: { parentGroups: false } } },
        table([
          [users, [...reads, ...owned], IN],
          [direct, writes, IN],
          [through, writes, 403],
        ]),
      );
    });

    describe('a policy that allows everything, and writers: permission', () => {
      matrix(
        database,
        { config: { sampling: { writers: 'permission' } } },
        table([
          [users, [...reads, ...owned, ...writes], IN],
          [users, meshWide, 403],
        ]),
      );
    });

    describe('a policy that lets owners change, decided by the catalog', () => {
      // A condition of the catalog knows only the groups of the sign-in, not their
      // parents.
      const byPolicy: Persona[] = ['owner', 'member of the owning group'];
      const notByPolicy = users.filter(persona => !byPolicy.includes(persona));
      describe.each(['owners', 'permission'])('and writers: %s', writers => {
        matrix(
          database,
          { policy: ownerPolicy, config: { sampling: { writers } } },
          table([
            [users, [...reads, ...owned], IN],
            [byPolicy, writes, IN],
            [notByPolicy, writes, 403],
            [users, meshWide, 403],
          ]),
        );
      });
    });

    describe('a policy that allows to read only', () => {
      matrix(
        database,
        { policy: permission => permission.endsWith('.read') },
        table([
          [users, [...reads, ...owned], IN],
          [users, [...writes, ...meshWide], 403],
        ]),
      );
    });

    describe('a policy that allows to read sampling and no traces', () => {
      matrix(
        database,
        {
          policy: permission => permission.startsWith('mesh-tracing.sampling'),
        },
        table([
          [
            users,
            [
              'traces',
              'trace',
              'latency',
              'dependencies',
              'propagation',
              'report',
              'requestRate',
              'meshSetupFindings',
            ],
            403,
          ],
          [
            users,
            [
              'workloads',
              'tracing',
              'history',
              'forcing',
              'setupFindings',
              ...owned,
            ],
            IN,
          ],
          [owners, writes, IN],
        ]),
      );
    });

    describe('a policy that allows everything, and a permission framework that is on', () => {
      matrix(
        database,
        { permissionsEnabled: true },
        table([
          [owners, meshWide, IN],
          [others, meshWide, 403],
        ]),
      );
    });

    describe('a policy that denies everything', () => {
      matrix(
        database,
        { policy: () => false },
        table([
          [users, [...reads, ...writes, ...meshWide], 403],
          // These are not refused; that they are empty is the last test of this file.
          [users, owned, IN],
        ]),
      );
    });
  },
);

describe('refusals', () => {
  let harness: MeshTracingHarness;
  beforeAll(async () => {
    harness = await startMeshTracing();
  });
  afterAll(() => harness.stop());

  it('name the owner in one sentence', async () => {
    const { body } = await harness.ask('stranger', 'preview', {
      ...validQuestion('preview'),
    });
    expect(body.error.message).toBe(
      'Only the owner of component:default/frontend, user:default/olivia or group:default/storefront, may change its sampling.',
    );
  });

  it('say so when an entity has no owner', async () => {
    const { status, body } = await harness.ask('owner', 'preview', {
      ...validQuestion('preview'),
      entity: 'component/default/orphan',
    });
    expect(status).toBe(403);
    expect(body.error.message).toContain('has no owner in the catalog');
  });

  it('are announced with the effective tracing, so that no form is offered', async () => {
    const stranger = await harness.ask('stranger', 'tracing');
    expect(stranger.body.ability).toMatchObject({
      allowed: false,
      reason: expect.stringContaining('group:default/storefront'),
    });
    const member = await harness.ask('member of the owning group', 'tracing');
    expect(member.body.ability.allowed).toBe(true);
    expect(member.body.ability.reason).toBeUndefined();
  });

  it('do not tell a hidden entity from one that does not exist', async () => {
    const hidden = await harness.ask('stranger', 'tracing', {
      entity: 'component/default/hidden',
    });
    const missing = await harness.ask('stranger', 'tracing', {
      entity: 'component/default/missing',
    });
    expect([hidden.status, missing.status]).toEqual([404, 404]);
    expect(hidden.body.error.message.replace('hidden', 'missing')).toBe(
      missing.body.error.message,
    );
    const seen = await harness.ask('owner', 'tracing', {
      entity: 'component/default/hidden',
    });
    expect(seen.status).toBe(200);
  });

  it('of a policy name the owner too', async () => {
    const denied = await startMeshTracing({ policy: () => false });
    const { body } = await denied.ask('stranger', 'traces');
    await denied.stop();
    expect(body.error.message).toBe(
      "Your organisation's permission policy does not let you do this (mesh-tracing.traces.read) with component:default/frontend, owned by user:default/olivia or group:default/storefront",
    );
  });

  it('leave out what a policy hides from the list of owned entities', async () => {
    const denied = await startMeshTracing({ policy: () => false });
    const { status, body } = await denied.ask('owner', 'owned');
    await denied.stop();
    expect(status).toBe(200);
    expect(body.entities).toEqual([]);
  });
});
