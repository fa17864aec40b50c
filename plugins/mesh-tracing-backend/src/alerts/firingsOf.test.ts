import fc from 'fast-check';
import { firingsOf } from './firingsOf';

const STEP = { stepMs: 300_000 };
const at = (...minutes: number[]) => minutes.map(minute => minute * 60_000);

describe('the times that an alert would have fired', () => {
  it('are the stretches in which its condition held', () => {
    expect(
      firingsOf(at(0, 5, 10, 40, 100, 105), { ...STEP, forMinutes: 0 }),
    ).toEqual({ count: 3, minutes: 30 });
  });

  it('are those alone in which it held for long enough', () => {
    expect(
      firingsOf(at(0, 5, 10, 40, 100, 105), { ...STEP, forMinutes: 10 }),
    ).toEqual({ count: 1, minutes: 5 });
  });

  it('are none where it never held', () => {
    expect(firingsOf([], { ...STEP, forMinutes: 0 })).toEqual({
      count: 0,
      minutes: 0,
    });
  });

  it('are no more, and no longer, the longer the alert waits', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(287), { maxLength: 288 }),
        fc.nat(60),
        fc.nat(60),
        (steps, wait, more) => {
          const held = at(...steps.sort((a, b) => a - b).map(step => step * 5));
          const soon = firingsOf(held, { ...STEP, forMinutes: wait });
          const late = firingsOf(held, { ...STEP, forMinutes: wait + more });
          expect(late.count).toBeLessThanOrEqual(soon.count);
          expect(late.minutes).toBeLessThanOrEqual(soon.minutes);
          expect(soon.minutes).toBeLessThanOrEqual(held.length * 5);
        },
      ),
    );
  });
});
