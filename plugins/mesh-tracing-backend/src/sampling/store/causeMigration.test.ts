import type { Knex } from 'knex';
import { testDatabases } from '../../testing/sampling/testDatabases';
import { CAUSE_TEXTS, type WordedCause } from '../protocol/causeTexts';
import { CHANGE_CAUSES, outcomeOf } from '../protocol/ChangeCause';
import {
  DatabaseSamplingStore,
  migrationsDirectory,
} from './DatabaseSamplingStore';

const databases = testDatabases();
const MIGRATION = '20261128_01_cause.js';

/** Rows of the version before, as that version wrote them, and what they mean. */
const FORMER_ROWS = [
  {
    kind: 'revert',
    outcome: 'failed',
    message: 'The portal stopped before this was written; nothing changed',
    cause: 'given-up',
  },
  {
    kind: 'apply',
    outcome: 'superseded',
    message: 'The object was changed by others before this was written',
    cause: 'overtaken',
  },
  {
    kind: 'apply',
    outcome: 'superseded',
    message: 'Another attempt with the same preview was written',
    cause: 'repeated',
  },
  {
    kind: 'expire',
    outcome: 'superseded',
    message: 'The override was gone already',
    cause: 'gone-already',
  },
  {
    kind: 'revert',
    outcome: 'succeeded',
    message:
      'Given up at first, as nothing was seen of it; the override was gone a little later',
    cause: 'seen-later',
  },
  {
    kind: 'expire',
    outcome: 'superseded',
    message: 'Not removed: it is managed by Argo CD (shop)',
    cause: 'left-in-place',
  },
  { kind: 'extend', outcome: 'failed', message: 'no', cause: 'refused' },
  { kind: 'apply', outcome: 'superseded', message: 'no', cause: 'conflict' },
  { kind: 'apply', outcome: 'succeeded', message: null, cause: null },
  {
    kind: 'outside-change',
    outcome: 'succeeded',
    message: 'The override was changed outside of the portal',
    cause: null,
  },
  { kind: 'apply', outcome: 'pending', message: 'no answer', cause: null },
];

const columns = (id: string) => ({
  id,
  at_ms: 1_800_000_000_000,
  actor: 'user:default/ada',
  entity_ref: 'component:default/cart',
  cluster: 'main',
  namespace: 'shop',
  workload_kind: 'Deployment',
  workload_name: 'cart',
  telemetry_name: 'mesh-tracing.cart',
});

describe.each(databases.eachSupportedId())(
  'on %s, the migration that gives changes a cause',
  database => {
    let knex: Knex;
    let store: DatabaseSamplingStore;
    const directory = migrationsDirectory();
    const down = () => knex.migrate.down({ directory, name: MIGRATION });
    const up = () => knex.migrate.up({ directory, name: MIGRATION });
    const insertFormerRows = () =>
      knex('sampling_history').insert(
        FORMER_ROWS.map(({ cause: _, ...row }, index) => ({
          ...columns(`${index}`),
          ...row,
        })),
      );
    const causes = () => knex('sampling_history').orderBy('seq').pluck('cause');
    const messages = () =>
      knex('sampling_history').orderBy('seq').pluck('message');

    beforeEach(async () => {
      knex = await databases.init(database);
      store = await DatabaseSamplingStore.create({
        database: { getClient: async () => knex },
      });
    });

    it('fills it from the sentences of the version before', async () => {
      await down();
      await insertFormerRows();
      await up();
      expect(await causes()).toEqual(FORMER_ROWS.map(({ cause }) => cause));
      expect(await messages()).toEqual(
        FORMER_ROWS.map(({ message }) => message),
      );
    });

    it('is followed by reading rows without one alike, during a rollout', async () => {
      await insertFormerRows();
      expect(await causes()).toEqual(FORMER_ROWS.map(() => null));
      const read = await Promise.all(
        FORMER_ROWS.map((_, index) => store.find(`${index}`)),
      );
      expect(read.map(record => record?.cause ?? null)).toEqual(
        FORMER_ROWS.map(({ cause }) => cause),
      );
    });

    it('gives the version before its own sentences back, whatever they became', async () => {
      await down();
      await insertFormerRows();
      await up();
      const worded = FORMER_ROWS.filter(
        ({ cause }) => cause !== null && cause in CAUSE_TEXTS,
      );
      await knex('sampling_history')
        .whereIn(
          'cause',
          worded.map(({ cause }) => cause),
        )
        .update({ message: 'put otherwise' });
      await down();
      expect(await messages()).toEqual(
        FORMER_ROWS.map(({ message }) => message),
      );
      expect(await knex.schema.hasColumn('sampling_history', 'cause')).toBe(
        false,
      );
    });

    it('knows of an end that is tried in vain that it was told of', async () => {
      const message = 'RBAC: no';
      const expiry = { kind: 'expire', outcome: 'pending' };
      await down();
      await knex('sampling_history').insert([
        { ...columns('tried'), ...expiry, message },
        { ...columns('new'), ...expiry, message: null },
      ]);
      await up();
      await knex('sampling_history').insert({
        ...columns('tried during the rollout'),
        ...expiry,
        message,
      });
      const lastFailure = async (id: string) =>
        (await store.find(id))?.lastFailure;
      expect(await lastFailure('tried')).toBe('unknown');
      expect(await lastFailure('tried during the rollout')).toBe('unknown');
      expect(await lastFailure('new')).toBeUndefined();
    });

    it('is followed by settlements of replicas that leave the cause behind', async () => {
      await knex('sampling_history').insert({
        ...columns('a'),
        kind: 'apply',
        outcome: 'succeeded',
        message: null,
        cause: 'given-up',
      });
      expect((await store.find('a'))?.cause).toBeUndefined();
    });

    it.each(CHANGE_CAUSES)('keeps the cause %s', async cause => {
      await knex('sampling_history').insert({
        ...columns('a'),
        kind: 'apply',
        outcome: outcomeOf(cause),
        message: 'in any words',
        cause,
      });
      expect((await store.find('a'))?.cause).toBe(cause);
    });
  },
);

describe('the sentences that this version writes', () => {
  it('are those that replicas of the version before compare', () => {
    const written = Object.entries(CAUSE_TEXTS).sort();
    const compared = FORMER_ROWS.flatMap(({ cause, message }) =>
      cause !== null && cause in CAUSE_TEXTS
        ? [[cause as WordedCause, message]]
        : [],
    ).sort();
    expect(written).toEqual(compared);
  });
});
