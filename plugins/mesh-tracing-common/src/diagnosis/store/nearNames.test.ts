import fc from 'fast-check';
import { boundedDistance } from '../../shared/boundedDistance';
import { nearNames } from './nearNames';

describe('names that are near', () => {
  it('are the same but for case, a suffix, hyphens or a few letters, the likest first', () => {
    const present = [
      'details.bookinfo',
      'reviws.bookinfo',
      'reviews',
      'REVIEWS.bookinfo',
      'reviews.shop',
    ];
    expect(nearNames(['reviews.bookinfo'], present)).toEqual([
      'REVIEWS.bookinfo',
      'reviews',
      'reviews.shop',
      'reviws.bookinfo',
    ]);
  });

  it('are not short names of the same length', () => {
    expect(nearNames(['cart'], ['card2', 'mail', 'ca'])).toEqual([]);
  });

  it('are at most as many as wanted', () => {
    const present = Array.from({ length: 50 }, (_, at) => `cart.ns${at}`);
    expect(nearNames(['cart.shop'], present, 3)).toHaveLength(3);
  });

  it('have a distance that is symmetric, and that is bounded', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 12 }),
        fc.string({ maxLength: 12 }),
        fc.integer({ min: 0, max: 5 }),
        (a, b, most) => {
          const far = boundedDistance(a, b, most);
          expect(far).toBe(boundedDistance(b, a, most));
          expect(far).toBeLessThanOrEqual(most + 1);
          expect(far === 0).toBe(a === b);
        },
      ),
      { seed: 14 },
    );
  });

  it('never fail, whatever the names are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 300 })),
        fc.array(fc.string({ unit: 'binary', maxLength: 300 })),
        (asked, present) => {
          for (const name of nearNames(asked, present)) {
            expect(present).toContain(name);
          }
        },
      ),
      { seed: 14, numRuns: 50 },
    );
  });
});
