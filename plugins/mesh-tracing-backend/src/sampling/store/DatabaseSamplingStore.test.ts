import { overrideView } from 'backstage-plugin-mesh-tracing-common';
import type { Knex } from 'knex';
import {
  DatabaseSamplingStore,
  migrationsDirectory,
} from './DatabaseSamplingStore';
import type { ChangeRecord, OverrideState } from '../protocol/ChangeRecord';
import type { Removed, Written } from '../protocol/Settlement';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

const CART = {
  cluster: 'main',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'cart',
};

const record = (id: string, overrides: Partial<ChangeRecord> = {}) => ({
  id,
  atMs: 1_800_000_000_000,
  kind: 'apply' as const,
  outcome: 'pending' as const,
  actor: 'user:default/ada',
  entityRef: 'component:default/cart',
  workload: CART,
  telemetryName: 'mesh-tracing.cart',
  changeId: `change-${id}`,
  after: 'tracing: []\n',
  content: '{}',
  ...overrides,
});

const STATE: OverrideState = {
  cluster: 'main',
  namespace: 'shop',
  name: 'mesh-tracing.cart',
  uid: 'u1',
  resourceVersion: '7',
  changeId: 'change-a',
  content: '{}',
  spec: 'tracing: []\n',
  entityRef: 'component:default/cart',
  workload: { kind: 'Deployment', name: 'cart' },
  recordedAtMs: 1_800_000_000_000,
};

const WRITTEN: Written = {
  outcome: 'succeeded',
  how: 'written',
  uid: 'u1',
  response: {
    override: overrideView(
      { metadata: { namespace: 'shop', name: 'mesh-tracing.cart', uid: 'u1' } },
      true,
    ),
    warnings: [],
  },
};

const TABLES = [
  'sampling_history',
  'sampling_requests',
  'sampling_overrides',
  'sampling_claims',
  'sampling_secrets',
];

async function rowsOf(knex: Knex): Promise<Record<string, unknown[]>> {
  const rows = await Promise.all(TABLES.map(table => knex(table)));
  return Object.fromEntries(TABLES.map((table, at) => [table, rows[at] ?? []]));
}

/** Rows as every version has them: what a later one added is lost on the way down. */
function withoutLaterColumns(
  tables: Record<string, unknown[]>,
): Record<string, unknown[]> {
  const LATER = ['on_behalf_of', 'cause', 'last_failure'];
  return Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [
      table,
      rows.map(row =>
        Object.fromEntries(
          Object.entries(row as object).filter(
            ([column]) => !LATER.includes(column),
          ),
        ),
      ),
    ]),
  );
}

describe.each(databases.eachSupportedId())('the store on %s', database => {
  let knex: Knex;
  let store: DatabaseSamplingStore;
  const open = () =>
    DatabaseSamplingStore.create({ database: { getClient: async () => knex } });
  beforeEach(async () => {
    knex = await databases.init(database);
    store = await open();
  });

  it('gives every replica the same secret', async () => {
    const other = await open();
    const secrets = await Promise.all(
      [store, other, store].map(replica => replica.secret('preview-token')),
    );
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]!.length).toBeGreaterThanOrEqual(43);
    expect(await store.secret('another')).not.toBe(secrets[0]);
  });

  it('begins a request once, however often it arrives', async () => {
    const request = {
      requestId: 'r1',
      userRef: 'user:default/ada',
      bodyHash: 'h',
    };
    const begun = await Promise.all(
      ['a', 'b', 'c', 'd'].map(id => store.begin(record(id), request)),
    );
    expect(begun.filter(Boolean)).toHaveLength(1);
    expect(await knex('sampling_history')).toHaveLength(1);
  });

  it('settles a change once', async () => {
    await store.begin(record('a'));
    const settled = await Promise.all([
      store.settle('a', { ...WRITTEN, put: STATE }),
      store.settle('a', { outcome: 'failed', cause: 'given-up' }),
    ]);
    expect(settled.filter(Boolean)).toHaveLength(1);
    expect(await store.pending(Number.MAX_SAFE_INTEGER)).toEqual([]);
  });

  it('lets one of two removals of the same object succeed', async () => {
    await store.putState(STATE);
    await store.begin(record('a', { kind: 'revert', baseUid: 'u1' }));
    await store.begin(record('b', { kind: 'expire', baseUid: 'u1' }));
    const removal: Removed = {
      outcome: 'succeeded',
      how: 'removed',
      object: STATE,
    };
    await Promise.all([store.settle('a', removal), store.settle('b', removal)]);
    const outcomes = await Promise.all(
      ['a', 'b'].map(async id => (await store.find(id))?.outcome),
    );
    expect(outcomes.sort()).toEqual(['succeeded', 'superseded']);
    expect(await store.states('main')).toEqual([]);
  });

  it('keeps every field of an event', async () => {
    const full: ChangeRecord = record('a', {
      message: 'm',
      outcome: 'superseded',
      cause: 'overtaken',
      lastFailure: 'f',
      baseChangeId: 'x',
      baseUid: 'u0',
      baseResourceVersion: '6',
      uid: 'u1',
      reason: 'because',
      expiresAt: '2026-11-20T12:00:00.000Z',
      before: 'b',
    });
    await store.begin(full);
    expect(await store.find('a')).toEqual(full);
    expect(await store.findByChange('change-a')).toEqual(full);
    expect(await store.findByBase('x')).toEqual(full);
    expect(await store.findByBase('y')).toBeUndefined();
  });

  it('shows the newest first, of the entity or of its workloads', async () => {
    await store.begin(record('a'));
    await store.begin(record('b', { entityRef: 'component:default/other' }));
    await store.begin(
      record('c', {
        entityRef: 'component:default/other',
        workload: { ...CART, name: 'pay' },
      }),
    );
    const query = { entityRefs: ['component:default/cart'], limit: 10 };
    const ids = async (workloads: (typeof CART)[], limit = 10) =>
      (await store.history({ ...query, workloads, limit })).map(({ id }) => id);
    expect(await ids([])).toEqual(['a']);
    expect(await ids([CART])).toEqual(['b', 'a']);
    expect(await ids([CART], 1)).toEqual(['b']);
  });

  it('shows what is of a namespace, and what is older than an event', async () => {
    for (const [id, namespace, cluster] of [
      ['a', 'shop', 'main'],
      ['b', 'pay', 'main'],
      ['c', 'shop', 'other'],
      ['d', 'shop', 'main'],
    ] as const) {
      await store.begin(
        record(id, {
          entityRef: `component:default/${id}`,
          workload: { ...CART, namespace, cluster },
        }),
      );
    }
    const namespaces = [{ cluster: 'main', namespace: 'shop' }];
    const all = await store.history({ namespaces, limit: 10 });
    expect(all.map(({ id }) => id)).toEqual(['d', 'a']);
    const older = await store.history({
      namespaces,
      beforeSeq: all[0]?.seq,
      limit: 10,
    });
    expect(older.map(({ id }) => id)).toEqual(['a']);
    expect(await store.history({ entityRefs: [], limit: 10 })).toEqual([]);
  });

  it('hands the work of a holder over that went silent', async () => {
    expect(await store.claim('k', 'a', 1000)).toBe(true);
    expect(await store.claim('k', 'b', 1000)).toBe(false);
    expect(await store.takeOver('k', 2000, 500)).toBeUndefined();
    const takers = await Promise.all(
      [1, 2, 3].map(() => store.takeOver('k', 5000, 1000)),
    );
    expect(takers.filter(Boolean)).toEqual(['a']);
  });

  it('forgets what is older than the retention, and nothing pending', async () => {
    await store.begin(record('old', { atMs: 1 }));
    await store.settle('old', WRITTEN);
    await store.begin(record('open', { atMs: 1 }));
    await store.begin(record('new', { atMs: 100 }));
    await store.settle('new', WRITTEN);
    await store.purge(50);
    expect(
      (await knex('sampling_history').orderBy('seq')).map(({ id }) => id),
    ).toEqual(['open', 'new']);
  });

  it('migrates up and down again with data', async () => {
    await store.begin(record('a', { onBehalfOf: ['group:default/owners'] }), {
      requestId: 'r1',
      userRef: 'user:default/ada',
      bodyHash: 'h',
    });
    await store.settle('a', { ...WRITTEN, put: STATE });
    await store.claim('k', 'a', 1);
    await store.secret('preview-token');
    const directory = migrationsDirectory();
    const before = withoutLaterColumns(await rowsOf(knex));
    expect(Object.values(before).map(({ length }) => length)).toEqual(
      TABLES.map(() => 1),
    );
    // Down to the first version, which has the same tables, and up again.
    const [done, missing] = await knex.migrate.list({ directory });
    expect(missing).toEqual([]);
    for (let step = 1; step < done.length; step++) {
      await knex.migrate.down({ directory });
      expect(withoutLaterColumns(await rowsOf(knex))).toEqual(before);
    }
    for (let step = 1; step < done.length; step++) {
      await knex.migrate.up({ directory });
      expect(withoutLaterColumns(await rowsOf(knex))).toEqual(before);
    }
    expect(await store.find('a')).toMatchObject({
      id: 'a',
      actor: 'user:default/ada',
    });
    expect((await store.find('a'))?.onBehalfOf).toBeUndefined();
    await knex.migrate.rollback({ directory }, true);
    for (const table of TABLES) {
      expect(await knex.schema.hasTable(table)).toBe(false);
    }
    store = await open();
    await store.begin(record('b'));
    expect((await store.find('b'))?.outcome).toBe('pending');
  });

  it('leaves the tables to the site where it migrates by itself', async () => {
    const bare = await databases.init(database);
    await DatabaseSamplingStore.create({
      database: { getClient: async () => bare, migrations: { skip: true } },
    });
    expect(await bare.schema.hasTable('sampling_history')).toBe(false);
  });
});
