import { parseYaml } from './parseYaml';

describe('parseYaml', () => {
  it.each([
    ['on', true],
    ['Yes', true],
    ['y', true],
    ['OFF', false],
    ['N', false],
    ['~', null],
    ['1_000', 1000],
    ['017', 15],
    ['0o17', 15],
    ['0x1F', 31],
    ['-0b11', -3],
    ['1e3', 1000],
    ['.5', 0.5],
    ['08', 8],
    ['1.', 1],
    ['1e400', '1e400'],
    ['12:30', '12:30'],
    ['2024-01-01', '2024-01-01'],
    ['1.2.3', '1.2.3'],
    ['oN', 'oN'],
    ['"on"', 'on'],
    ["'1_000'", '1_000'],
    ['!!str on', 'on'],
    ['!!float 3', 3],
    ['!own 3', '3'],
    ['!!binary aGk=', 'hi'],
  ])('reads %s as %j', (text, value) => {
    expect(parseYaml(`a: ${text}`)).toEqual({ a: value });
  });

  it.each([
    ['a key that comes twice, by its last value', '{a: 1, a: 2}', { a: 2 }],
    ['a key that is a boolean, as text', 'on: 1', { true: 1 }],
    ['a key that is a number, as text', '0x10: 1', { 16: 1 }],
    [
      'a float among the keys, with the digits of 32 bits',
      '1.10: 1',
      { 1.1: 1 },
    ],
    ['a merge key', '<<: {a: 1, b: 2}\nb: 3', { a: 1, b: 3 }],
    ['a merge key over what stands before it', 'b: 3\n<<: {b: 2}', { b: 2 }],
    [
      'of several merged maps the first',
      '<<: [{a: 1}, {a: 2, b: 2}]',
      { a: 1, b: 2 },
    ],
    ['a quoted << as a key like any other', '"<<": {a: 1}', { '<<': { a: 1 } }],
    [
      'an alias, by the last such anchor before it',
      '[&a 1, &a 2, *a, &a 3]',
      [1, 2, 2, 3],
    ],
    ['the first of several documents', 'a: 1\n---\nb: 2', { a: 1 }],
    ['nothing, as nothing', '# a comment\n', null],
    ['a key __proto__', '__proto__: 1', JSON.parse('{"__proto__": 1}')],
  ])('reads %s', (_, text, value) => {
    expect(parseYaml(text)).toEqual(value);
  });

  it.each([
    ['no YAML', 'a: b: c'],
    ['an infinite number, which JSON lacks', 'a: .inf'],
    ['a key that is nothing', '~: 1'],
    ['a key that is a map', '{? {a: 1} : 1}'],
    ['a merge of what is no map', '<<: 1'],
    ['an alias without an anchor', 'a: *b'],
    ['an anchor that contains itself', 'a: &a [*a]'],
    ['a value that its tag belies', 'a: !!int x'],
    ['brackets by the thousand', '['.repeat(20_000)],
  ])('refuses %s', (_, text) => {
    expect(() => parseYaml(text)).toThrow();
  });

  it('refuses aliases that would expand without end, after few steps', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i <= 12; i += 1) {
      const before = `*a${i - 1}`;
      lines.push(`a${i}: &a${i} [${Array.from({ length: 10 }, () => before)}]`);
    }
    expect(() => parseYaml(lines.join('\n'))).toThrow('expand too far');
  });

  it('tells where, and nothing of the content', () => {
    expect(() => parseYaml('a: 1\nsecret: "hush')).toThrow(/line 2/);
    expect(() => parseYaml('a: 1\nsecret: "hush')).not.toThrow(/hush/);
  });
});
