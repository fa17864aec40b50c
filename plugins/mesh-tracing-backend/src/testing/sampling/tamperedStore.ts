import type { Knex } from 'knex';
import type { SamplingStore } from '../../sampling/store/SamplingStore';

/** A store whose tables are changed after each of its calls. */
export function tamperedStore(
  inner: SamplingStore,
  tamper: () => Promise<void>,
): SamplingStore {
  return new Proxy(inner, {
    get(target, property: keyof SamplingStore) {
      const call = target[property] as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        const result = await call.apply(target, args);
        await tamper();
        return result;
      };
    },
  });
}

/** Puts every sentence for people into other words. */
export async function rewordMessages(knex: Knex): Promise<void> {
  await knex('sampling_history')
    .whereNotNull('message')
    .update({ message: 'put otherwise' });
  await knex('sampling_requests')
    .whereNotNull('error_message')
    .update({ error_message: 'put otherwise' });
}

/** Leaves the rows as a replica writes them that does not know causes yet. */
export async function forgetCauses(knex: Knex): Promise<void> {
  await knex('sampling_history').update({ cause: null, last_failure: null });
}
