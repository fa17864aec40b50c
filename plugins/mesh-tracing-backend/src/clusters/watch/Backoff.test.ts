import fc from 'fast-check';
import { Backoff } from './Backoff';

describe('Backoff', () => {
  it('doubles its delay up to the limit, and starts from the first delay after a success', () => {
    const backoff = Backoff.create({
      baseMs: 100,
      maxMs: 500,
      random: () => 1,
    });
    const delays = () => [1, 2, 3, 4, 5].map(() => backoff.next());
    expect(delays()).toEqual([100, 200, 400, 500, 500]);
    backoff.reset();
    expect(delays()).toEqual([100, 200, 400, 500, 500]);
  });

  it('waits between half and the whole of its full delay, unless a longer delay is asked for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }),
        fc.nat(1_000),
        (chances, atLeastMs) => {
          let index = 0;
          const backoff = Backoff.create({
            baseMs: 100,
            maxMs: 500,
            random: () => chances[index] ?? 0,
          });
          for (; index < chances.length; index += 1) {
            const delayMs = backoff.next(atLeastMs);
            const fullMs = Math.min(500, 100 * 2 ** index);
            expect(delayMs).toBeGreaterThanOrEqual(
              Math.max(atLeastMs, fullMs / 2),
            );
            expect(delayMs).toBeLessThanOrEqual(Math.max(atLeastMs, fullMs));
          }
        },
      ),
    );
  });

  it('ends a wait when woken, or when its signal aborts', async () => {
    const backoff = Backoff.create({ baseMs: 1, maxMs: 1 });
    const stop = new AbortController();
    const woken = backoff.wait(3_600_000, stop.signal);
    backoff.wake();
    await woken;
    const aborted = backoff.wait(3_600_000, stop.signal);
    stop.abort();
    await aborted;
    await backoff.wait(3_600_000, stop.signal);
    expect(stop.signal.aborted).toBe(true);
  });
});
