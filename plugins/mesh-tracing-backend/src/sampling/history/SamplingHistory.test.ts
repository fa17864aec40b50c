import { FakeMeshCluster } from '../../testing/mesh/FakeMeshCluster';
import { workload } from '../../testing/sampling/samplingHarness';
import { SamplingHistory, type HistorySubject } from './SamplingHistory';
import type { SamplingStore, StoredChange } from '../store/SamplingStore';

const CART = {
  cluster: 'main',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'cart',
};

/** One change of each of these entities, the oldest first. */
function changesOf(entities: string[]): StoredChange[] {
  return entities.map((entityRef, index) => ({
    seq: index + 1,
    id: `${index + 1}`,
    atMs: 1_800_000_000_000 + index,
    kind: 'apply',
    outcome: 'succeeded',
    actor: 'user:default/ada',
    entityRef,
    workload: { ...CART, name: entityRef },
    telemetryName: 'mesh-tracing.cart',
  }));
}

function historyOf(changes: StoredChange[]) {
  const store: Pick<SamplingStore, 'history'> = {
    history: async ({ beforeSeq = Infinity, limit }) =>
      changes
        .filter(({ seq }) => seq < beforeSeq)
        .sort((a, b) => b.seq - a.seq)
        .slice(0, limit),
  };
  return SamplingHistory.create({ store });
}

const SUBJECT: HistorySubject = {
  entityRef: 'own',
  match: { workloads: [], explanation: 'none' },
  snapshots: [],
};

/** Two that may be seen; among eleven that change in turn, the others are hidden. */
const ENTITIES = ['readable', 'own'];

describe('the history of an entity', () => {
  it('names entities that are readable, and asks once for all others of a page', async () => {
    const history = historyOf(
      changesOf(['own', 'hidden', 'readable', 'hidden', 'readable', 'own']),
    );
    const asked: string[][] = [];
    const { entries } = await history.ofEntity(SUBJECT, {}, async refs => {
      asked.push(refs);
      return new Set(['readable']);
    });
    expect(entries.map(({ entityRef }) => entityRef)).toEqual([
      'own',
      'readable',
      undefined,
      'readable',
      undefined,
      'own',
    ]);
    expect(asked).toEqual([['readable', 'hidden']]);
  });

  it('asks nobody where all is its own', async () => {
    const { entries } = await historyOf(changesOf(['own', 'own'])).ofEntity(
      SUBJECT,
      {},
      async () => {
        throw new Error('asked');
      },
    );
    expect(entries).toHaveLength(2);
  });
});

describe('the history of a team', () => {
  it('is of its workloads and of what they are in as a whole, too', async () => {
    const asked: unknown[] = [];
    const store: Pick<SamplingStore, 'history'> = {
      history: async ({ entityRefs, workloads }) => {
        asked.push({ entityRefs, workloads: workloads?.map(w => w.name) });
        return [];
      },
    };
    const subject = (entityRef: string, name: string): HistorySubject => ({
      entityRef,
      match: { workloads: [workload(name)], explanation: '' },
      snapshots: [FakeMeshCluster.create({ workloads: [] }).snapshot()],
    });
    await SamplingHistory.create({ store }).ofEntities(
      [subject('cart', 'cart'), subject('pay', 'pay')],
      {},
      async () => new Set(),
    );
    expect(asked).toEqual([
      {
        entityRefs: ['cart', 'pay'],
        workloads: ['cart', 'shop', 'mesh', 'pay'],
      },
    ]);
  });
});

describe('the history of a namespace', () => {
  it.each([1, 2, 3, 7])(
    'shows what is readable once, by pages of %i',
    async limit => {
      const changes = changesOf(
        Array.from({ length: 60 }, (_, n) => ENTITIES[n % 11] ?? 'hidden'),
      );
      const history = historyOf(changes);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await history.ofEntity(
          SUBJECT,
          { scope: 'namespace', cursor, limit },
          async refs => new Set(refs.filter(ref => ref === 'readable')),
        );
        expect(page.entries.length).toBeLessThanOrEqual(limit);
        seen.push(...page.entries.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      expect(seen).toEqual(
        changes
          .filter(({ entityRef }) => entityRef !== 'hidden')
          .map(({ id }) => id)
          .reverse(),
      );
    },
  );
});
