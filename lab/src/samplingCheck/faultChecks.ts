import type { SamplingStore } from 'backstage-plugin-mesh-tracing-backend/src/sampling/store/SamplingStore';
import assert from 'node:assert/strict';
import { waitUntil } from '../lifecycle/componentProcess';
import { startComponent, stopComponent } from '../lifecycle/components';
import type { SamplingHarness } from './SamplingHarness';
import { rejection } from './rejection';

const API_SERVER = 'kube-apiserver';
const NAME = 'mesh-tracing.reviews-v2';
const ADA = { user: 'user:default/ada', workload: 'reviews-v2' } as const;
const PAST_GRACE_MS = 31_000;

/** A store that runs something around one of its calls. */
function interrupted(
  inner: SamplingStore,
  method: 'begin' | 'settle',
  act: (call: () => Promise<unknown>) => Promise<unknown>,
): SamplingStore {
  return new Proxy(inner, {
    get(target, property: keyof SamplingStore) {
      const call = target[property] as (...args: unknown[]) => Promise<unknown>;
      return (...args: unknown[]) => {
        const run = async () => call.apply(target, args);
        return property === method ? act(run) : run();
      };
    },
  });
}

/** The API server goes away at the worst moments. */
export async function checkFaults(harness: SamplingHarness): Promise<void> {
  const { checks, lab, one } = harness;
  await checks.check(
    'the API server goes away between intent and write: told, settled, nothing changed',
    async () => {
      const prepared = await one.prepare({ ...ADA, samplingPercent: 11 });
      const replica = await one.with(
        harness.replicaOptions(
          interrupted(harness.store, 'begin', async begin => {
            const begun = await begin();
            await stopComponent(API_SERVER, lab);
            return begun;
          }),
        ),
      );
      const apply = () =>
        replica.sampling.service.apply(
          replica.context(ADA.user),
          { allowed: true },
          prepared.request,
        );
      try {
        const error = await rejection(apply());
        assert.equal(error.name, 'ServiceUnavailableError', error.message);
        assert.equal(
          (await one.history('reviews-v2')).at(-1)?.outcome,
          'pending',
        );
        await one.sampling.reconciler.run();
        assert.equal(
          (await one.history('reviews-v2')).at(-1)?.outcome,
          'pending',
        );
      } finally {
        await startComponent(API_SERVER, lab);
      }
      harness.clock.advance(PAST_GRACE_MS);
      await Promise.all([
        harness.one.sampling.reconciler.run(),
        harness.two.sampling.reconciler.run(),
      ]);
      const entry = (await one.history('reviews-v2')).at(-1);
      assert.equal(entry?.outcome, 'failed', entry?.message);
      assert.equal(await harness.object(NAME), undefined);
    },
  );
  await checks.check(
    'after the loss of the watch the view is current again',
    async () => {
      await waitUntil('the watches', async () =>
        [harness.one, harness.two].every(
          ({ cluster }) => cluster.snapshot().state === 'synced',
        ),
      );
      await one.apply({ ...ADA, samplingPercent: 12 });
      await waitUntil('the override in both views', async () =>
        [harness.one, harness.two].every(({ cluster }) =>
          cluster
            .snapshot()
            .inputs.telemetries.some(({ metadata }) => metadata.name === NAME),
        ),
      );
    },
  );
  await checkLostAnswer(harness);
}

async function checkLostAnswer(harness: SamplingHarness): Promise<void> {
  const { checks, lab, one, two } = harness;
  await checks.check(
    'the process dies and the API server restarts after the write: found, once',
    async () => {
      const prepared = await one.prepare({ ...ADA, samplingPercent: 13 });
      const dying = await one.with(
        harness.replicaOptions(
          interrupted(harness.store, 'settle', async () => {
            await stopComponent(API_SERVER, lab);
            throw new Error('died');
          }),
        ),
      );
      try {
        await rejection(
          dying.sampling.service.apply(
            dying.context(ADA.user),
            { allowed: true },
            prepared.request,
          ),
        );
      } finally {
        await startComponent(API_SERVER, lab);
      }
      harness.clock.advance(PAST_GRACE_MS);
      await Promise.all([
        one.sampling.reconciler.run(),
        two.sampling.reconciler.run(),
      ]);
      const history = await one.history('reviews-v2');
      assert.equal(history.at(-1)?.outcome, 'succeeded');
      const { override } = await prepared.apply();
      const object = await harness.object(NAME);
      assert.equal(override.resourceVersion, object?.metadata.resourceVersion);
      assert.equal(object?.spec?.tracing?.[0]?.randomSamplingPercentage, 13);
      assert.equal((await one.history('reviews-v2')).length, history.length);
    },
  );
  await checks.check(
    'istiod away: refused with what to do, settled',
    async () => {
      await waitUntil(
        'the watch',
        async () => one.cluster.snapshot().state === 'synced',
      );
      const prepared = await one.prepare({ ...ADA, samplingPercent: 14 });
      await stopComponent('istiod', lab);
      try {
        const error = await rejection(prepared.apply());
        assert.equal(error.name, 'ServiceUnavailableError', error.message);
        assert.match(error.message, /validation\.istio\.io/);
      } finally {
        await startComponent('istiod', lab);
      }
      harness.clock.advance(PAST_GRACE_MS);
      await one.sampling.reconciler.run();
      const entry = (await one.history('reviews-v2')).at(-1);
      assert.equal(entry?.outcome, 'failed');
      const object = await harness.object(NAME);
      assert.equal(object?.spec?.tracing?.[0]?.randomSamplingPercentage, 13);
    },
  );
}
