/**
 * Histories of entities are read by page, newest first.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('sampling_history', table => {
    table.index(['entity_ref', 'seq'], 'history_entity');
    table.index(['cluster', 'namespace', 'seq'], 'history_namespace');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('sampling_history', table => {
    table.dropIndex(['cluster', 'namespace', 'seq'], 'history_namespace');
    table.dropIndex(['entity_ref', 'seq'], 'history_entity');
  });
};
