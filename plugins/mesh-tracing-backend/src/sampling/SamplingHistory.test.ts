import { SamplingHistory, type HistorySubject } from './SamplingHistory';
import type { SamplingStore, StoredChange } from './SamplingStore';

const CART = {
  cluster: 'main',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'cart',
};

/** Of that many changes of other entities, oldest first. */
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

/** Of eleven entities in turn; the others are hidden. */
const ENTITIES = ['readable', 'own'];

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
