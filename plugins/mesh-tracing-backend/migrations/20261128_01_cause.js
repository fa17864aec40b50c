/**
 * Why a change ended as it did, as a field. Until now recovery told causes apart by
 * the sentences that people read. These are the sentences of that version, and stay
 * as they are here whatever the product says today.
 */
const SENTENCES = {
  'given-up': {
    outcome: 'failed',
    message: 'The portal stopped before this was written; nothing changed',
  },
  overtaken: {
    outcome: 'superseded',
    message: 'The object was changed by others before this was written',
  },
  repeated: {
    outcome: 'superseded',
    message: 'Another attempt with the same preview was written',
  },
  'gone-already': {
    outcome: 'superseded',
    message: 'The override was gone already',
  },
  'seen-later': {
    outcome: 'succeeded',
    message:
      'Given up at first, as nothing was seen of it; the override was gone a little later',
  },
};

/** @param {import('knex').Knex} knex */
exports.up = async function up(knex) {
  await knex.schema.alterTable('sampling_history', table => {
    table
      .string('cause', 32)
      .nullable()
      .comment('Why it ended so, for recovery');
    table
      .string('last_failure', 64)
      .nullable()
      .comment('Equal for equal failures of an attempt that is repeated');
  });
  const fill = (where, cause) =>
    knex('sampling_history').where(where).whereNull('cause').update({ cause });
  for (const [cause, where] of Object.entries(SENTENCES)) {
    await fill(where, cause);
  }
  await fill({ outcome: 'failed' }, 'refused');
  await fill({ outcome: 'superseded', kind: 'expire' }, 'left-in-place');
  await fill({ outcome: 'superseded' }, 'conflict');
  // They were told of once; what that was is not known any more.
  await knex('sampling_history')
    .where({ outcome: 'pending', kind: 'expire' })
    .whereNotNull('message')
    .update({ last_failure: 'unknown' });
};

/**
 * The former version reads sentences: it gets its own, whatever they became since.
 *
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const [cause, { outcome, message }] of Object.entries(SENTENCES)) {
    await knex('sampling_history')
      .where({ cause, outcome })
      .update({ message });
  }
  await knex.schema.alterTable('sampling_history', table => {
    table.dropColumn('cause');
    table.dropColumn('last_failure');
  });
};
