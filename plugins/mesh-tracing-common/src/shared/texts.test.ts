import fc from 'fast-check';
import { shortened } from './shortened';
import { withoutEnd } from './withoutEnd';

describe('shortened', () => {
  it('leaves what is short, and marks what is cut', () => {
    expect(shortened('cart')).toBe('cart');
    expect(shortened('abcdef', 3)).toBe('abc…');
  });

  it('never is longer than asked, and well-formed where the text is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        fc.integer({ min: 1, max: 200 }),
        (text, max) => {
          const cut = shortened(text, max);
          expect(cut.length).toBeLessThanOrEqual(max + 1);
          expect(() => encodeURIComponent(cut)).not.toThrow();
          expect(cut === text || text.startsWith(cut.slice(0, -1))).toBe(true);
        },
      ),
    );
  });
});

describe('withoutEnd', () => {
  it('is what a pattern anchored at the end would leave', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a-./') }), text => {
        expect(withoutEnd(text, '-.')).toBe(
          text.replace(/(?<![-.])[-.]+$/, ''),
        );
        expect(withoutEnd(text, '/')).toBe(text.replace(/(?<!\/)\/+$/, ''));
      }),
    );
  });
});
