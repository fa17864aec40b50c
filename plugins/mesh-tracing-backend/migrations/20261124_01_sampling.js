/**
 * Tables of sampling overrides. Times are milliseconds since the epoch, so that
 * SQLite and PostgreSQL hold and compare them alike.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('sampling_history', table => {
    table.comment('Every change of an override: intent first, then outcome');
    table.bigIncrements('seq').comment('Order of the events');
    table.string('id', 36).notNullable().unique();
    table
      .bigInteger('at_ms')
      .notNullable()
      .comment('When it was begun or seen');
    table.string('kind', 32).notNullable();
    table.string('outcome', 16).notNullable();
    table.text('message').comment('Why it failed, for people');
    table.text('actor').notNullable().comment('User ref, system or outside');
    table.text('entity_ref').notNullable();
    table.string('cluster', 253).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('workload_kind', 63).notNullable();
    table.string('workload_name', 253).notNullable();
    table.string('telemetry_name', 253).notNullable();
    table
      .string('change_id', 36)
      .comment('Stands on the object that was written');
    table.string('base_change_id', 36).comment('Stood on the object before');
    table.string('base_uid', 64).comment('Precondition; null = must not exist');
    table.string('base_resource_version', 64);
    table.string('uid', 64).comment('Object after the change');
    table.text('reason');
    table.string('expires_at', 40).comment('RFC 3339');
    table.text('before').comment('YAML of the spec');
    table.text('after').comment('YAML of the spec');
    table.text('content').comment('Canonical JSON of what was to be written');
    table.index(['cluster', 'namespace', 'telemetry_name'], 'history_object');
    table.index(['outcome', 'at_ms'], 'history_outcome');
    table.index(['change_id'], 'history_change');
    table.index(['base_change_id'], 'history_base_change');
  });
  await knex.schema.alterTable('sampling_history', table => {
    table.index(
      ['cluster', 'namespace', 'workload_kind', 'workload_name'],
      'history_workload',
    );
  });

  await knex.schema.createTable('sampling_requests', table => {
    table.comment('Answers to requests, so that a retry changes nothing twice');
    table.string('request_id', 36).primary();
    table.text('user_ref').notNullable();
    table.string('body_hash', 64).notNullable();
    table.string('history_id', 36).notNullable();
    table.text('response').comment('JSON of the answer, once it succeeded');
    table.string('error_name', 64);
    table.text('error_message');
    table.bigInteger('at_ms').notNullable();
    table.index(['history_id'], 'requests_history');
  });

  await knex.schema.createTable('sampling_overrides', table => {
    table.comment('The last version of each override that the portal knows');
    table.string('cluster', 253).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('name', 253).notNullable();
    table.string('uid', 64).notNullable();
    table.string('resource_version', 64).notNullable();
    table.string('change_id', 36);
    table.text('content').notNullable().comment('Canonical JSON');
    table.text('spec').notNullable().comment('YAML of the spec');
    table.text('entity_ref').notNullable();
    table.string('workload_kind', 63).notNullable();
    table.string('workload_name', 253).notNullable();
    table.bigInteger('recorded_at_ms').notNullable();
    table.primary(['cluster', 'namespace', 'name', 'uid']);
  });

  await knex.schema.createTable('sampling_claims', table => {
    table.comment('What may happen once only, over all replicas');
    table.string('key', 768).primary();
    table.string('holder', 36).notNullable();
    table.bigInteger('at_ms').notNullable();
  });

  await knex.schema.createTable('sampling_secrets', table => {
    table.comment('Random per installation, shared by all replicas');
    table.string('name', 64).primary();
    table.text('value').notNullable();
    table.bigInteger('at_ms').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('sampling_secrets');
  await knex.schema.dropTable('sampling_claims');
  await knex.schema.dropTable('sampling_overrides');
  await knex.schema.dropTable('sampling_requests');
  await knex.schema.dropTable('sampling_history');
};
