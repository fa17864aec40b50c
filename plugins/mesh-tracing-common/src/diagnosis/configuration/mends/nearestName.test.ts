import fc from 'fast-check';
import { nearestName } from './nearestName';
import { shellWord } from './kubectl';

describe('the nearest name', () => {
  it('is the one with the fewest edits', () => {
    expect(nearestName('jaegr', ['zipkin', 'jaegers', 'jaeger'])).toBe(
      'jaeger',
    );
  });

  it('is none where all are merely others, nor the name itself', () => {
    expect(nearestName('jaeger', ['zipkin', 'jaeger'])).toBeUndefined();
    expect(nearestName('a', ['b'])).toBeUndefined();
  });

  it('is found for any one slip in a long name', () => {
    const letters = fc.string({ minLength: 6, maxLength: 40 });
    fc.assert(
      fc.property(letters, fc.nat(), (name, at) => {
        const index = at % name.length;
        const slip = name.slice(0, index) + name.slice(index + 1);
        fc.pre(slip.length >= 3 && slip !== name);
        expect(nearestName(slip, ['', name])).toBe(name);
      }),
    );
  });
});

describe('a word of a shell', () => {
  it('is quoted so that the shell reads the very text', () => {
    expect(shellWord('istio-system')).toBe('istio-system');
    expect(shellWord("it's $HOME")).toBe("'it'\\''s $HOME'");
    fc.assert(
      fc.property(fc.string(), text => {
        const word = shellWord(text);
        const read = word.startsWith("'")
          ? word.slice(1, -1).replaceAll("'\\''", "'")
          : word;
        expect(read).toBe(text);
      }),
    );
  });
});
