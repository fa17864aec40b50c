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
  samplingBench,
  type SamplingBench,
} from '../../testing/sampling/samplingBench';
import {
  forgetCauses,
  rewordMessages,
  tamperedStore,
} from '../../testing/sampling/tamperedStore';
import { testDatabases } from '../../testing/sampling/testDatabases';

const databases = testDatabases();

interface Scenario {
  title: string;
  run: (bench: SamplingBench) => Promise<unknown>;
  /** Newest first. */
  history: string[];
}

const settled = (act: Promise<unknown>) => Promise.allSettled([act]);
const apply = async (bench: SamplingBench, by: Pick<GatedSampling, 'service'>) =>
  by.service.apply(
    bench.context(),
    ALLOWED,
    await bench.confirm(bench.request()),
  );
const revert = async (bench: SamplingBench, by: Pick<GatedSampling, 'service'>) => {
  const { uid, resourceVersion } = await applied(bench);
  await by.service.revert(bench.context(), ALLOWED, {
    workload: bench.request().workload,
    uid,
    resourceVersion,
  });
};

/** Others hold the name when it is asked what became of the write, and not after. */
function overtakenReplica(bench: SamplingBench): Promise<GatedSampling> {
  return bench.replica(inner => {
    const dying = dyingStore({ method: 'settle', when: 'before' })(inner);
    return new Proxy(dying, {
      get: (target, property: keyof typeof dying) =>
        property === 'begin'
          ? async (...args: Parameters<typeof dying.begin>) => {
              const begun = await inner.begin(...args);
              const metadata = { namespace: 'shop', name: 'mesh-tracing.cart' };
              bench.cluster.createOutside({ metadata, spec: {} });
              bench.clock.advance({ minutes: 1 });
              await bench.reconciler.run();
              expect((await inner.find(args[0].id))?.cause).toBe('overtaken');
              bench.cluster.deleteOutside('shop', 'mesh-tracing.cart');
              return begun;
            }
          : target[property].bind(target),
    });
  });
}

const SCENARIOS: Scenario[] = [
  {
    title: 'a write that was given up too early, and whose writer died',
    run: async bench => {
      await settled(apply(bench, await givenUpReplica(bench, true)));
      await recover(bench);
    },
    history: ['apply succeeded'],
  },
  {
    title: 'a write that was held for overtaken, and whose writer died',
    run: async bench => {
      await settled(apply(bench, await overtakenReplica(bench)));
      await recover(bench);
    },
    history: ['apply succeeded'],
  },
  {
    title: 'a write that the API server refused, and that others made',
    run: async bench => {
      let refused: Telemetry | undefined;
      const create = bench.cluster.createTelemetry.bind(bench.cluster);
      bench.cluster.createTelemetry = async (telemetry, options) => {
        refused = options?.dryRun ? refused : telemetry;
        return create(telemetry, options);
      };
      bench.cluster.fail('create', 'before', new NotAllowedError('forbidden'));
      await settled(apply(bench, bench));
      bench.cluster.createOutside(refused!);
      await recover(bench);
    },
    history: ['outside-change succeeded', 'apply failed'],
  },
  {
    title: 'a revert that was given up too early, and whose writer died',
    run: async bench => {
      await settled(revert(bench, await givenUpReplica(bench, true)));
      await recover(bench);
    },
    history: ['revert succeeded', 'apply succeeded'],
  },
  {
    title: 'a revert that the API server refused, of what others then removed',
    run: async bench => {
      bench.cluster.fail('delete', 'before', new NotAllowedError('forbidden'));
      await settled(revert(bench, bench));
      bench.cluster.deleteOutside('shop', 'mesh-tracing.cart');
      await recover(bench);
    },
    history: ['outside-delete succeeded', 'revert failed', 'apply succeeded'],
  },
  {
    title: 'a retry of a request whose first attempt was given up',
    run: async bench => {
      const dying = await bench.replica(
        dyingStore({ method: 'begin', when: 'after' }),
      );
      const request = await bench.confirm(bench.request());
      const send = (by: Pick<GatedSampling, 'service'>) =>
        by.service.apply(bench.context(), ALLOWED, request);
      await settled(send(dying));
      await recover(bench);
      await expect(send(bench)).rejects.toMatchObject({
        name: 'ConflictError',
      });
    },
    history: ['apply failed'],
  },
  {
    title: 'an end and a revert of the same override',
    run: async bench => {
      const { uid, resourceVersion } = await applied(bench);
      const dying = await bench.replica(
        dyingStore({ method: 'settle', when: 'before' }),
      );
      bench.clock.advance({ minutes: 61 });
      const begun = await bench.replica(
        dyingStore({ method: 'begin', when: 'after' }),
      );
      await begun.expiry.run();
      await settled(
        dying.service.revert(bench.context(), ALLOWED, {
          workload: bench.request().workload,
          uid,
          resourceVersion,
        }),
      );
      await recover(bench);
    },
    history: ['revert superseded', 'expire succeeded', 'apply succeeded'],
  },
];

const REFUSED_END: Scenario = {
  title:
    'an end that the API server refuses, first for one reason, then another',
  run: async bench => {
    await applied(bench);
    bench.clock.advance({ minutes: 61 });
    for (const reason of ['forbidden', 'forbidden', 'webhook', 'webhook']) {
      bench.cluster.fail('delete', 'before', new NotAllowedError(reason));
      await bench.expiry.run();
      bench.clock.advance({ minutes: 1 });
    }
    await bench.expiry.run();
  },
  history: ['expire succeeded', 'apply succeeded'],
};

/** What recovery did: to the history, the cluster, people and the auditor. */
async function storyOf(
  knex: Knex,
  { run }: Scenario,
  tamper: (knex: Knex) => Promise<void> = async () => {},
) {
  const bench = await samplingBench({
    knex,
    around: store => tamperedStore(store, () => tamper(knex)),
  });
  const audited: string[] = [];
  bench.auditor.createEvent.mockImplementation(async ({ eventId }) => ({
    success: async () => void audited.push(`${eventId} succeeded`),
    fail: async () => void audited.push(`${eventId} failed`),
  }));
  await run(bench);
  const messages: string[] = await knex('sampling_history')
    .whereNotNull('message')
    .pluck('message');
  const story = {
    history: await outcomesOf(bench),
    objects: bench.cluster.objects().length,
    told: bench.notified.map(({ payload }) => payload.title),
    audited,
  };
  await bench.close();
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
        run: async bench => {
          await applied(bench);
          bench.clock.advance({ minutes: 61 });
          for (const attempt of [1, 2, 3]) {
            bench.cluster.fail('delete', 'before', new NotAllowedError('no'));
            isForgetting = attempt === 1;
            await bench.expiry.run();
            bench.clock.advance({ minutes: 1 });
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
