import type { GatedSampling } from './gatedService';
import { dyingStore } from './dyingStore';
import { ALLOWED, type SamplingHarness } from './samplingHarness';

/** What the portal does by itself once a minute has passed. */
export async function recover(harness: SamplingHarness): Promise<void> {
  harness.clock.advance({ minutes: 1 });
  await harness.reconciler.run();
  await harness.outsideChanges.run();
}

/** Kind and outcome of all that the history holds, newest first. */
export async function outcomesOf(harness: SamplingHarness): Promise<string[]> {
  const { entries } = await harness.service.history(harness.context());
  return entries.map(({ kind, outcome }) => `${kind} ${outcome}`);
}

/** Previews and applies an override. */
export async function applied(harness: SamplingHarness, overrides = {}) {
  const { override } = await harness.service.apply(
    harness.context(),
    ALLOWED,
    await harness.confirm(harness.request(overrides)),
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
  harness: SamplingHarness,
  dies: boolean,
): Promise<GatedSampling> {
  return harness.replica(inner => {
    const store = dies
      ? dyingStore({ method: 'settle', when: 'before' })(inner)
      : inner;
    return new Proxy(store, {
      get: (target, property: keyof typeof store) =>
        property === 'begin'
          ? async (...args: Parameters<typeof store.begin>) => {
              const begun = await inner.begin(...args);
              harness.clock.advance({ minutes: 1 });
              await harness.reconciler.run();
              expect((await inner.find(args[0].id))?.outcome).toBe('failed');
              return begun;
            }
          : target[property].bind(target),
    });
  });
}
