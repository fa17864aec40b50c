import type { SamplingStore } from '../../sampling/store/SamplingStore';

/** What a process that dies leaves to its caller: nothing but this. */
export class Crash extends Error {
  override name = 'Crash';
}

/** When a process dies: before or after one of the calls to its store. */
export interface Death {
  method: 'begin' | 'settle';
  when: 'before' | 'after';
}

/** A store whose process dies at one of its calls. */
export function dyingStore(
  death: Death,
): (inner: SamplingStore) => SamplingStore {
  return inner =>
    new Proxy(inner, {
      get(target, property: keyof SamplingStore) {
        const call = target[property] as (
          ...args: unknown[]
        ) => Promise<unknown>;
        return async (...args: unknown[]) => {
          if (property !== death.method) {
            return call.apply(target, args);
          }
          if (death.when === 'after') {
            await call.apply(target, args);
          }
          throw new Crash();
        };
      },
    });
}
