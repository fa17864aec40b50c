import { FairQueue, type FairQueueOptions } from './FairQueue';

/** Work that ends when the test says so. */
function harness(options: FairQueueOptions) {
  const queue = FairQueue.create(options);
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (caller: string, name: string, signal?: AbortSignal) =>
    queue.run(
      () => {
        started.push(name);
        return new Promise<string>(resolve => {
          ends.set(name, () => resolve(name));
        });
      },
      { caller, signal },
    );
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise(setImmediate);
  };
  return { queue, started, ask, end };
}

const settled = () => new Promise(setImmediate);

describe('FairQueue', () => {
  it('lets a newcomer wait for one piece of each other caller, however many they have in line', async () => {
    const { started, ask, end } = harness({ total: 1 });
    for (let i = 0; i < 50; i++) {
      ask('greedy', `greedy-${i}`);
      ask('busy', `busy-${i}`);
    }
    await settled();
    ask('newcomer', 'newcomer');
    for (let step = 0; !started.includes('newcomer') && step < 100; step++) {
      await end(started[started.length - 1]!);
    }
    expect(started).toEqual(['greedy-0', 'busy-0', 'greedy-1', 'newcomer']);
  });

  it('keeps within both bounds, and uses what it may, for any mix of callers', async () => {
    for (const [total, perCaller] of [
      [1, 1],
      [4, 2],
      [6, 4],
      [5, 5],
    ] as const) {
      const queue = FairQueue.create({ total, perCaller });
      const underWay = new Map<string, number>();
      let most = 0;
      let mostOfOne = 0;
      const callers = Array.from({ length: 60 }, (_, i) => `c${(i * i) % 7}`);
      await Promise.all(
        callers.map((caller, i) =>
          queue.run(
            async () => {
              underWay.set(caller, (underWay.get(caller) ?? 0) + 1);
              const counts = [...underWay.values()];
              most = Math.max(
                most,
                counts.reduce((sum, count) => sum + count, 0),
              );
              mostOfOne = Math.max(mostOfOne, ...counts);
              for (let turn = 0; turn <= i % 3; turn++) {
                await settled();
              }
              underWay.set(caller, (underWay.get(caller) ?? 0) - 1);
            },
            { caller },
          ),
        ),
      );
      expect(most).toBe(total);
      expect(mostOfOne).toBeLessThanOrEqual(perCaller);
      expect(queue.underWayOf('c0')).toBe(0);
    }
  });

  it('gives a caller all that one may have, and no more, when nobody else is there', async () => {
    const { queue, started, ask } = harness({ total: 6, perCaller: 4 });
    Array.from({ length: 9 }, (_, i) => ask('one', `${i}`));
    await settled();
    expect(started).toEqual(['0', '1', '2', '3']);
    expect(queue.waitingOf('one')).toBe(5);
  });

  it('serves one caller in order', async () => {
    const { started, ask, end } = harness({ total: 1 });
    ['a', 'b', 'c'].forEach(name => ask('one', name));
    await settled();
    await end('a');
    await end('b');
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('lets who waits leave, and never begins what was left', async () => {
    const { queue, started, ask, end } = harness({ total: 1 });
    ask('one', 'first');
    await settled();
    const gone = new AbortController();
    const left = ask('two', 'left', gone.signal);
    ask('two', 'second');
    expect(queue.waitingOf('two')).toBe(2);
    gone.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    expect(queue.waitingOf('two')).toBe(1);
    await end('first');
    expect(started).toEqual(['first', 'second']);
  });

  it('begins nothing for who has left before', async () => {
    const { queue, started, ask } = harness({ total: 1 });
    await expect(
      ask('one', 'never', AbortSignal.abort(new Error('gone'))),
    ).rejects.toThrow('gone');
    expect(started).toEqual([]);
    expect(queue.underWayOf('one')).toBe(0);
  });

  it('keeps the place of work that goes on although its caller is gone', async () => {
    const { queue, started, ask, end } = harness({ total: 1 });
    const gone = new AbortController();
    ask('one', 'goes on', gone.signal);
    ask('two', 'waits');
    await settled();
    gone.abort(new Error('gone'));
    await settled();
    expect(queue.underWayOf('one')).toBe(1);
    expect(started).toEqual(['goes on']);
    await end('goes on');
    expect(started).toEqual(['goes on', 'waits']);
  });

  it('gives the place on when work fails', async () => {
    const queue = FairQueue.create({ total: 1 });
    await expect(
      queue.run(async () => {
        throw new Error('failed');
      }),
    ).rejects.toThrow('failed');
    expect(await queue.run(async () => 'next')).toBe('next');
  });
});
