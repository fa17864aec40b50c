import { act, renderHook } from '@testing-library/react';
import { responseError } from '../../testing';
import { useAwaited, type AwaitTiming } from './useAwaited';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** Starts a search whose attempts have these outcomes, the last again and again. */
function search(outcomes: Array<() => Promise<string>>, timing?: AwaitTiming) {
  const asked: number[] = [];
  const startMs = Date.now();
  const attempt = jest.fn(async (_signal: AbortSignal) => {
    const outcome = outcomes[Math.min(asked.length, outcomes.length - 1)];
    asked.push((Date.now() - startMs) / 1_000);
    return outcome ? outcome() : 'nothing';
  });
  const hook = renderHook(() => useAwaited(attempt, timing));
  act(() => hook.result.current.start());
  return {
    asked,
    attempt,
    hook,
    awaited: () => hook.result.current.awaited,
    pass: (ms: number) => act(() => jest.advanceTimersByTimeAsync(ms)),
  };
}

const missing = async () => {
  throw await responseError(404, 'No such trace');
};
const away = async () => {
  throw await responseError(503, 'The store is away');
};
const there = async () => 'trace';

describe('a search for a trace that is yet to arrive', () => {
  it('looks at once and then with growing pauses, a minute in all', async () => {
    const { asked, awaited, pass } = search([missing]);
    await pass(90_000);
    expect(asked).toEqual([0, 1, 3, 6, 11, 19, 27, 35, 43, 51, 59]);
    expect(awaited()).toEqual({ state: 'not-found', elapsedMs: 59_000 });
  });

  it('says how long it has been looking', async () => {
    const { awaited, pass } = search([missing]);
    await pass(0);
    expect(awaited()).toEqual({ state: 'waiting', elapsedMs: 0 });
    await pass(4_000);
    expect(awaited()).toEqual({ state: 'waiting', elapsedMs: 4_000 });
  });

  it('ends with what it found, a moment later, when more of it has arrived', async () => {
    const { asked, awaited, pass } = search([missing, missing, there]);
    await pass(3_000);
    expect(awaited()).toEqual({ state: 'settling' });
    await pass(2_000);
    expect(awaited()).toEqual({ state: 'found', value: 'trace' });
    await pass(60_000);
    expect(asked).toHaveLength(3);
  });

  it('goes on where the store can not tell, and says so in the end', async () => {
    const { asked, awaited, pass } = search([away]);
    await pass(90_000);
    expect(asked.length).toBeGreaterThan(5);
    expect(awaited()).toMatchObject({ state: 'failed' });
  });

  it.each([400, 401, 403])(
    'ends at a refusal with status %d, which the next answer would be, too',
    async status => {
      const { asked, awaited, pass } = search([
        async () => {
          throw await responseError(status, 'no');
        },
      ]);
      await pass(90_000);
      expect(asked).toEqual([0]);
      expect(awaited()).toMatchObject({ state: 'failed' });
    },
  );

  it('ends when its user has had enough', async () => {
    const { asked, attempt, awaited, hook, pass } = search([missing]);
    await pass(2_000);
    act(() => hook.result.current.cancel());
    await pass(60_000);
    expect(awaited()).toEqual({ state: 'idle' });
    expect(asked).toEqual([0, 1]);
    expect(attempt.mock.calls.at(-1)?.[0]?.aborted).toBe(true);
  });

  it('ends with the page', async () => {
    const { asked, hook, pass } = search([missing]);
    await pass(2_000);
    hook.unmount();
    await pass(60_000);
    expect(asked).toEqual([0, 1]);
  });

  it('begins anew when it is started again', async () => {
    const { awaited, hook, pass } = search([missing, missing, missing, there], {
      pausesMs: [1_000],
      limitMs: 1_500,
      settleMs: 0,
    });
    await pass(5_000);
    expect(awaited()).toMatchObject({ state: 'not-found' });
    act(() => hook.result.current.start());
    await pass(5_000);
    expect(awaited()).toEqual({ state: 'found', value: 'trace' });
  });
});
