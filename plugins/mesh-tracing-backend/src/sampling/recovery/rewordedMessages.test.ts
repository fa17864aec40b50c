import { NotAllowedError } from '@backstage/errors';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import type { Knex } from 'knex';
import { dyingStore } from '../../testing/sampling/dyingStore';
import type { GatedSampling } from '../../testing/sampling/gatedService';
import {
  applied,
  givenUpReplica,
  outcomesOf,
  recover,
} from '../../testing/sampling/recovery';
import {
  ALLOWED,
  samplingHarness,
  type SamplingHarness,
} from '../../testing/sampling/samplingHarness';
import {
  forgetCauses,
  rewordMessages,
  tamperedStore,
} from '../../testing/sampling/tamperedStore';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

interface Scenario {
  title: string;
  run: (harness: SamplingHarness) => Promise<unknown>;
  /** Newest first. */
  history: string[];
}

const settled = (act: Promise<unknown>) => Promise.allSettled([act]);
const apply = async (
  harness: SamplingHarness,
  by: Pick<GatedSampling, 'service'>,
) =>
  by.service.apply(
    harness.context(),
    ALLOWED,
    await harness.confirm(harness.request()),
  );
const revert = async (
  harness: SamplingHarness,
  by: Pick<GatedSampling, 'service'>,
) => {
  const { uid, resourceVersion } = await applied(harness);
  await by.service.revert(harness.context(), ALLOWED, {
    workload: harness.request().workload,
    uid,
    resourceVersion,
  });
};

/** Others hold the name when it is asked what became of the write, and not after. */
function overtakenReplica(harness: SamplingHarness): Promise<GatedSampling> {
  return harness.replica(inner => {
    const dying = dyingStore({ method: 'settle', when: 'before' })(inner);
    return new Proxy(dying, {
      get: (target, property: keyof typeof dying) =>
        property === 'begin'
          ? async (...args: Parameters<typeof dying.begin>) => {
              const begun = await inner.begin(...args);
              const metadata = { namespace: 'shop', name: 'mesh-tracing.cart' };
              harness.cluster.createOutside({ metadata, spec: {} });
              harness.clock.advance({ minutes: 1 });
              await harness.reconciler.run();
              expect((await inner.find(args[0].id))?.cause).toBe('overtaken');
              harness.cluster.deleteOutside('shop', 'mesh-tracing.cart');
              return begun;
            }
          : target[property].bind(target),
    });
  });
}

const SCENARIOS: Scenario[] = [
  {
    title: 'a write that was given up too early, and whose writer died',
    run: async harness => {
      await settled(apply(harness, await givenUpReplica(harness, true)));
      await recover(harness);
    },
    history: ['apply succeeded'],
  },
  {
    title: 'a write that was held for overtaken, and whose writer died',
    run: async harness => {
      await settled(apply(harness, await overtakenReplica(harness)));
      await recover(harness);
    },
    history: ['apply succeeded'],
  },
  {
    title: 'a write that the API server refused, and that others made',
    run: async harness => {
      let refused: Telemetry | undefined;
      const create = harness.cluster.createTelemetry.bind(harness.cluster);
      harness.cluster.createTelemetry = async (telemetry, options) => {
        refused = options?.dryRun ? refused : telemetry;
        return create(telemetry, options);
      };
      harness.cluster.fail(
        'create',
        'before',
        new NotAllowedError('forbidden'),
      );
      await settled(apply(harness, harness));
      harness.cluster.createOutside(refused!);
      await recover(harness);
    },
    history: ['outside-change succeeded', 'apply failed'],
  },
  {
    title: 'a revert that was given up too early, and whose writer died',
    run: async harness => {
      await settled(revert(harness, await givenUpReplica(harness, true)));
      await recover(harness);
    },
    history: ['revert succeeded', 'apply succeeded'],
  },
  {
    title: 'a revert that the API server refused, of what others then removed',
    run: async harness => {
      harness.cluster.fail(
        'delete',
        'before',
        new NotAllowedError('forbidden'),
      );
      await settled(revert(harness, harness));
      harness.cluster.deleteOutside('shop', 'mesh-tracing.cart');
      await recover(harness);
    },
    history: ['outside-delete succeeded', 'revert failed', 'apply succeeded'],
  },
  {
    title: 'a retry of a request whose first attempt was given up',
    run: async harness => {
      const dying = await harness.replica(
        dyingStore({ method: 'begin', when: 'after' }),
      );
      const request = await harness.confirm(harness.request());
      const send = (by: Pick<GatedSampling, 'service'>) =>
        by.service.apply(harness.context(), ALLOWED, request);
      await settled(send(dying));
      await recover(harness);
      await expect(send(harness)).rejects.toMatchObject({
        name: 'ConflictError',
      });
    },
    history: ['apply failed'],
  },
  {
    title: 'an end and a revert of the same override',
    run: async harness => {
      const { uid, resourceVersion } = await applied(harness);
      const dying = await harness.replica(
        dyingStore({ method: 'settle', when: 'before' }),
      );
      harness.clock.advance({ minutes: 61 });
      const begun = await harness.replica(
        dyingStore({ method: 'begin', when: 'after' }),
      );
      await begun.expiry.run();
      await settled(
        dying.service.revert(harness.context(), ALLOWED, {
          workload: harness.request().workload,
          uid,
          resourceVersion,
        }),
      );
      await recover(harness);
    },
    history: ['revert superseded', 'expire succeeded', 'apply succeeded'],
  },
];

const REFUSED_END: Scenario = {
  title:
    'an end that the API server refuses, first for one reason, then another',
  run: async harness => {
    await applied(harness);
    harness.clock.advance({ minutes: 61 });
    for (const reason of ['forbidden', 'forbidden', 'webhook', 'webhook']) {
      harness.cluster.fail('delete', 'before', new NotAllowedError(reason));
      await harness.expiry.run();
      harness.clock.advance({ minutes: 1 });
    }
    await harness.expiry.run();
  },
  history: ['expire succeeded', 'apply succeeded'],
};

/** What recovery did: to the history, the cluster, people and the auditor. */
async function storyOf(
  knex: Knex,
  { run }: Scenario,
  tamper: (knex: Knex) => Promise<void> = async () => {},
) {
  const harness = await samplingHarness({
    knex,
    around: store => tamperedStore(store, () => tamper(knex)),
  });
  const audited: string[] = [];
  harness.auditor.createEvent.mockImplementation(async ({ eventId }) => ({
    success: async () => void audited.push(`${eventId} succeeded`),
    fail: async () => void audited.push(`${eventId} failed`),
  }));
  await run(harness);
  const messages: string[] = await knex('sampling_history')
    .whereNotNull('message')
    .pluck('message');
  const story = {
    history: await outcomesOf(harness),
    objects: harness.cluster.objects().length,
    told: harness.notified.map(({ payload }) => payload.title),
    audited,
  };
  await harness.close();
  return { story, messages };
}

describe.each(databases.eachSupportedId())('on %s, recovery', database => {
  const fresh = () => databases.init(database);

  it.each(
    [...SCENARIOS, REFUSED_END].map(scenario => [scenario.title, scenario]),
  )('does the same with every message reworded: %s', async (_, scenario) => {
    const plain = await storyOf(await fresh(), scenario);
    const reworded = await storyOf(await fresh(), scenario, rewordMessages);
    expect(plain.story.history).toEqual(scenario.history);
    expect(reworded.story).toEqual(plain.story);
    expect(new Set(reworded.messages)).toEqual(
      new Set(plain.messages.length > 0 ? ['put otherwise'] : []),
    );
  });

  it.each(SCENARIOS.map(scenario => [scenario.title, scenario]))(
    'does the same with rows of a replica that does not know causes: %s',
    async (_, scenario) => {
      const plain = await storyOf(await fresh(), scenario);
      const former = await storyOf(await fresh(), scenario, forgetCauses);
      expect(former.story).toEqual(plain.story);
    },
  );

  it('tells the auditor once more of an end that such a replica tried in vain', async () => {
    const knex = await fresh();
    let isForgetting = false;
    const { story } = await storyOf(
      knex,
      {
        ...REFUSED_END,
        run: async harness => {
          await applied(harness);
          harness.clock.advance({ minutes: 61 });
          for (const attempt of [1, 2, 3]) {
            harness.cluster.fail('delete', 'before', new NotAllowedError('no'));
            isForgetting = attempt === 1;
            await harness.expiry.run();
            harness.clock.advance({ minutes: 1 });
          }
        },
      },
      async () => {
        if (isForgetting) {
          await forgetCauses(knex);
        }
      },
    );
    expect(story.audited).toEqual([
      'sampling-apply succeeded',
      'sampling-expire failed',
      'sampling-expire failed',
    ]);
  });
});
