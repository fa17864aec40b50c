import { createEmbeddedMesh } from '../createEmbeddedMesh';
import { ManualClock } from '../testing/ManualClock';

jest.setTimeout(60_000);

const NOW_MS = Date.parse('2026-08-03T10:00:00Z');
const HOUR_MS = 3_600_000;
const window = { startTimeMs: NOW_MS - HOUR_MS, endTimeMs: NOW_MS };
const services = ['storefront.shop'];
const query = { services, ...window, limit: 500 };
const request = {
  subject: { services, workloads: [] },
  ...window,
  slices: 60,
};

describe('the embedded store, on the thread that serves the portal,', () => {
  const { store, start, stop } = createEmbeddedMesh({
    clock: new ManualClock(NOW_MS),
    seed: 7,
    historyMs: HOUR_MS / 4,
  });
  beforeAll(() => start());
  afterAll(() => stop());

  /** Turns that something else had until the answer was there. */
  async function turnsBeside(answer: Promise<unknown>): Promise<number> {
    let isOver = false;
    answer.finally(() => {
      isOver = true;
    });
    let turns = 0;
    while (!isOver) {
      await new Promise(setImmediate);
      turns += 1;
    }
    return turns;
  }

  it('analyses many traces in small steps', async () => {
    const answer = store.analyze(query, request);
    const turns = await turnsBeside(answer);
    const { analysis } = await answer;
    expect(analysis.traceCount).toBeGreaterThan(100);
    // Each trace is built, then analysed, at most 25 in one turn.
    expect(turns).toBeGreaterThan((2 * analysis.traceCount) / 25);
  });

  it('searches, and counts dependencies and names, in steps too', async () => {
    const found = store.search(query);
    expect(await turnsBeside(found)).toBeGreaterThan(
      (await found).traces.length / 25,
    );
    expect(await turnsBeside(store.dependencies(window))).toBeGreaterThan(2);
    expect(await turnsBeside(store.services())).toBeGreaterThan(2);
  });

  it('lets callers take turns', async () => {
    const order: string[] = [];
    const ask = async (caller: string) => {
      await store.search({ ...query, limit: 20 }, { caller });
      order.push(caller);
    };
    await Promise.all([
      ...Array.from({ length: 6 }, () => ask('greedy')),
      ask('other'),
    ]);
    // One search of the first caller is under way, and another may have its
    // turn before.
    expect(order.indexOf('other')).toBeLessThanOrEqual(2);
  });

  it('ends an analysis that nobody waits for', async () => {
    const gone = new AbortController();
    const answer = store.analyze(query, request, { signal: gone.signal });
    await new Promise(setImmediate);
    gone.abort(new Error('left'));
    await expect(answer).rejects.toThrow('left');
  });
});
