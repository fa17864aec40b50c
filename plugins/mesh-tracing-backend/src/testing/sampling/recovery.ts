import type { GatedSampling } from './gatedService';
import { dyingStore } from './dyingStore';
import { ALLOWED, type SamplingBench } from './samplingBench';

/** What the portal does by itself once a minute has passed. */
export async function recover(bench: SamplingBench): Promise<void> {
  bench.clock.advance({ minutes: 1 });
  await bench.reconciler.run();
  await bench.outsideChanges.run();
}

/** Kind and outcome of all that the history holds, newest first. */
export async function outcomesOf(bench: SamplingBench): Promise<string[]> {
  const { entries } = await bench.service.history(bench.context());
  return entries.map(({ kind, outcome }) => `${kind} ${outcome}`);
}

/** Previews and applies an override. */
export async function applied(bench: SamplingBench, overrides = {}) {
  const { override } = await bench.service.apply(
    bench.context(),
    ALLOWED,
    await bench.confirm(bench.request(overrides)),
  );
  return override;
}

/**
 * A replica whose writes another one gives up between intent and write, since
 * its clock is ahead.
 *
 * @param dies - whether it dies before it can store how its write ended
 */
export function givenUpReplica(
  bench: SamplingBench,
  dies: boolean,
): Promise<GatedSampling> {
  return bench.replica(inner => {
    const store = dies
      ? dyingStore({ method: 'settle', when: 'before' })(inner)
      : inner;
    return new Proxy(store, {
      get: (target, property: keyof typeof store) =>
        property === 'begin'
          ? async (...args: Parameters<typeof store.begin>) => {
              const begun = await inner.begin(...args);
              bench.clock.advance({ minutes: 1 });
              await bench.reconciler.run();
              expect((await inner.find(args[0].id))?.outcome).toBe('failed');
              return begun;
            }
          : target[property].bind(target),
    });
  });
}
