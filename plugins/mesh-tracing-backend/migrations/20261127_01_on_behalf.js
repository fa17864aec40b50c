/**
 * A platform engineer may act for the owners of an entity.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('sampling_history', table => {
    table.text('on_behalf_of').nullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('sampling_history', table => {
    table.dropColumn('on_behalf_of');
  });
};
