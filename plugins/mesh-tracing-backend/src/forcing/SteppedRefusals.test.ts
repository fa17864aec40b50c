import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { SteppedRefusals } from './SteppedRefusals';

/** A clock that the work and the waiting turn. */
function stepped() {
  let nowMs = 5_000.25;
  const spend = (ms: number) => {
    nowMs += ms;
  };
  const refusals = SteppedRefusals.create({
    now: () => nowMs,
    wait: async ms => spend(ms),
  });
  return { refusals, spend, now: () => nowMs };
}

async function durationMs(workMs: number, error?: Error): Promise<number> {
  const { refusals, spend, now } = stepped();
  const startMs = now();
  const outcome = refusals.run(async () => {
    spend(workMs);
    if (error) {
      throw error;
    }
    return 'found';
  });
  await (error
    ? expect(outcome).rejects.toBe(error)
    : expect(outcome).resolves.toBe('found'));
  return Math.round(now() - startMs);
}

describe('a refusal as "not found"', () => {
  it.each([
    [0, 1_000],
    [3, 1_000],
    [900, 1_000],
    [1_000, 2_000],
    [1_400, 2_000],
  ])(
    'takes whole seconds, whatever was looked up for it: %d ms',
    async (workMs, told) => {
      expect(await durationMs(workMs, new NotFoundError('none'))).toBe(told);
    },
  );

  it('keeps neither an answer waiting nor another error', async () => {
    expect(await durationMs(3)).toBe(3);
    expect(await durationMs(3, new NotAllowedError('no'))).toBe(3);
  });
});
