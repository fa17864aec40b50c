import fc from 'fast-check';
import { Random } from './Random';

describe('Random', () => {
  it('gives the same numbers for the same seed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 4 }), parts => {
        const numbers = () => {
          const random = Random.of(...parts);
          return Array.from({ length: 20 }, () => random.next());
        };
        expect(numbers()).toEqual(numbers());
      }),
    );
  });

  it('tells neighbouring seeds apart', () => {
    const first = (...parts: number[]) => Random.of(...parts).next();
    const values = new Set([
      first(1),
      first(2),
      first(1, 0),
      first(1, 1),
      first(0, 1),
    ]);

    expect(values.size).toBe(5);
  });

  it('reaches every value of a range, and none outside it', () => {
    const random = Random.of(7);
    const values = Array.from({ length: 500 }, () => random.between(2, 5));

    expect([...new Set(values)].sort()).toEqual([2, 3, 4, 5]);
  });

  it('has nothing to pick from an empty list', () => {
    expect(() => Random.of(1).pick([])).toThrow('nothing to pick');
  });
});
