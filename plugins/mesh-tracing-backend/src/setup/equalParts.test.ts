import fc from 'fast-check';
import { equalParts } from './equalParts';

describe('parts of a window with equally many requests', () => {
  it('are short where there are many requests', () => {
    const stretches = [1, 1, 1, 1, 40, 40, 1, 1, 1, 1].map((count, i) => ({
      startMs: i * 10,
      count,
    }));

    const parts = equalParts({ startTimeMs: 0, endTimeMs: 100 }, stretches, 4);

    expect(parts.map(({ startTimeMs }) => startTimeMs)).toEqual([0, 50, 60]);
  });

  it('are one part without requests', () => {
    expect(equalParts({ startTimeMs: 5, endTimeMs: 9 }, [], 12)).toEqual([
      { startTimeMs: 5, endTimeMs: 9 },
    ]);
  });

  it('are the whole window without gaps, and no more than wanted', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(100), { maxLength: 60 }),
        fc.integer({ min: 1, max: 12 }),
        (counts, most) => {
          const endTimeMs = 1000 + counts.length * 10;
          const stretches = counts.map((count, i) => ({
            startMs: 1000 + i * 10,
            count,
          }));
          const parts = equalParts(
            { startTimeMs: 1000, endTimeMs },
            stretches,
            most,
          );
          expect(parts.length).toBeLessThanOrEqual(most);
          expect(parts[0]?.startTimeMs).toBe(1000);
          expect(parts.at(-1)?.endTimeMs).toBe(endTimeMs);
          parts.slice(1).forEach((part, i) => {
            expect(part.startTimeMs).toBe(parts[i]?.endTimeMs);
          });
        },
      ),
    );
  });
});
