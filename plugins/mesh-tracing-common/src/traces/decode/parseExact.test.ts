import fc from 'fast-check';
import { parseExact } from './parseExact';

describe('parseExact', () => {
  it.each<[string, unknown]>([
    ['780177723283783680', '780177723283783680'],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', '9007199254740993'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['1e400', '1e400'],
    ['[1E+999,-2.5e400]', ['1E+999', '-2.5e400']],
    ['{"a":1790000000000000001}', { a: '1790000000000000001' }],
    ['{"a":" :780177723283783680,"}', { a: ' :780177723283783680,' }],
    ['{"\\"": [ 12345678901234567 ]}', { '"': ['12345678901234567'] }],
    ['[1.5, 1e2, 12, "x"]', [1.5, 100, 12, 'x']],
    ['0.12345678901234567890', 0.12345678901234568],
  ])('reads %s', (text, value) => {
    expect(parseExact(text)).toEqual(value);
  });

  it.each(['', '{', '{"a":780177723283783680'])('refuses %j', text => {
    expect(() => parseExact(text)).toThrow(SyntaxError);
  });

  it('loses no digit of an integer, wherever it stands, and changes nothing else', () => {
    const leaf = fc.oneof(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
      fc.string(),
      fc.string({ unit: fc.constantFrom(':', ',', '1', '7', '"', '\\', ' ') }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    );
    const { tree } = fc.letrec<{ tree: unknown }>(tie => ({
      tree: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('tree'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tree, value => {
        expect(parseExact(write(value))).toEqual(expected(value));
      }),
    );
  });
});

/** JSON with all digits of a bigint. */
function write(value: unknown): string {
  if (typeof value === 'bigint') {
    return String(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(write).join(' , ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([key, item]) => `${JSON.stringify(key)}: ${write(item)}`,
    );
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}

function isLong(text: string): boolean {
  return /^-?\d+$/.test(text) && !Number.isSafeInteger(Number(text));
}

/** What should be read: numbers that are safe as such, others as they were sent. */
function expected(value: unknown): unknown {
  if (typeof value === 'bigint') {
    return isLong(String(value)) ? String(value) : Number(value);
  }
  if (typeof value === 'number') {
    const text = JSON.stringify(value);
    return isLong(text) ? text : JSON.parse(text);
  }
  if (Array.isArray(value)) {
    return value.map(expected);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, expected(item)]),
    );
  }
  return value;
}
