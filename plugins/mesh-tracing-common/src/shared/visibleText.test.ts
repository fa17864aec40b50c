import fc from 'fast-check';
import { visibleLine, visibleText } from './visibleText';

/** By code points, since these characters can't be told apart in a source file. */
const HIDDEN = [
  ...[0x00, 0x07, 0x08, 0x0b, 0x1b, 0x7f, 0x80, 0x9b, 0x9f],
  ...[0x061c, 0x200b, 0x200e, 0x200f, 0x2060, 0xfeff, 0xfff9, 0xe0041],
  ...[0x202a, 0x202b, 0x202c, 0x202d, 0x202e],
  ...[0x2066, 0x2067, 0x2068, 0x2069],
].map(code => String.fromCodePoint(code));

describe('text of others', () => {
  it.each(HIDDEN.map(character => [character.codePointAt(0)?.toString(16)]))(
    'is shown without character U+%s',
    code => {
      const character = String.fromCodePoint(Number.parseInt(code ?? '', 16));
      expect(visibleText(`a${character}b${character}`)).toBe('ab');
      expect(visibleLine(`a${character}b${character}`)).toBe('ab');
    },
  );

  it('keeps its lines where lines may be, and is one line elsewhere', () => {
    expect(visibleText('a\r\n\tb')).toBe('a\r\n\tb');
    expect(visibleLine('a\r\n\tb\u2028c\u0085d')).toBe('a b c d');
  });

  it('is otherwise left as it is, emoji and scripts that are written from the right included', () => {
    const texts = ['سلام', 'שלום', 'مي‌خواهم', '👩‍🚒 é ß 日本', 'a b|c`d'];
    expect(texts.map(visibleLine)).toEqual(texts);
  });

  it('is not changed by being cleaned a second time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...HIDDEN, 'a', '\n', ' ', 'é') }),
        text => {
          const once = visibleLine(text);
          expect(visibleLine(once)).toBe(once);
          expect(once).not.toMatch(/[\r\n]/);
          expect(HIDDEN.some(character => once.includes(character))).toBe(
            false,
          );
        },
      ),
    );
  });
});
