import fc from 'fast-check';
import {
  matchesLabelSelector,
  parseLabelSelector,
  type LabelRequirement,
} from './labelSelector';

describe('parseLabelSelector', () => {
  it.each([
    ['a=b', [{ key: 'a', operator: 'in', values: ['b'] }]],
    ['a == b', [{ key: 'a', operator: 'in', values: ['b'] }]],
    ['a!=b', [{ key: 'a', operator: 'notin', values: ['b'] }]],
    ['a=', [{ key: 'a', operator: 'in', values: [''] }]],
    ['a', [{ key: 'a', operator: 'exists', values: [] }]],
    ['!a', [{ key: 'a', operator: 'doesNotExist', values: [] }]],
    ['a in (b, c)', [{ key: 'a', operator: 'in', values: ['b', 'c'] }]],
    [
      'a in (in,notin)',
      [{ key: 'a', operator: 'in', values: ['in', 'notin'] }],
    ],
    ['a notin (b,)', [{ key: 'a', operator: 'notin', values: ['b', ''] }]],
    ['a>5', [{ key: 'a', operator: 'greaterThan', values: ['5'] }]],
    ['a<10', [{ key: 'a', operator: 'lessThan', values: ['10'] }]],
    [
      'app.kubernetes.io/name=x,!b',
      [
        { key: 'app.kubernetes.io/name', operator: 'in', values: ['x'] },
        { key: 'b', operator: 'doesNotExist', values: [] },
      ],
    ],
    ['', []],
    ['  ', []],
  ])('reads %p', (text, expected) => {
    expect(parseLabelSelector(text)).toEqual(expected);
  });

  it.each([
    ['a=b,', /found the end where a key after ',' belongs/],
    [',a', /found ',' where a key belongs/],
    ['a b', /found 'b' where one of/],
    ['a=b c', /found 'c' where ',' or the end/],
    ['a in b', /found 'b' where '\(' belongs/],
    ['a in ()', /at least one value/],
    ['a in (b', /found the end where '\)'/],
    ['!a=b', /found '=' where ',' or the end/],
    ['in=a', /found 'in' where a key/],
    ['a>b', /found 'b' where an integer/],
    ['a>-5', /found '-5' where an integer/],
    ['-a=b', /'-a' is not a label key/],
    ['a/b/c=d', /'a\/b\/c' is not a label key/],
    ['A.com/b=d', /'A.com\/b' is not a label key/],
    ['a=b:c', /'b:c' is not a label value/],
    [`a=${'x'.repeat(64)}`, /is not a label value/],
    ['a===b', /found '=' where a value/],
  ])('refuses %p and says what is wrong', (text, message) => {
    expect(() => parseLabelSelector(text)).toThrow(message);
  });
});

describe('matchesLabelSelector', () => {
  it.each([
    ['a!=b', {}, true],
    ['a notin (b)', {}, true],
    ['a in (b)', {}, false],
    ['a>5', { a: '6' }, true],
    ['a>5', { a: '5' }, false],
    ['a>5', { a: 'x' }, false],
    ['a<5', {}, false],
    ['a<99999999999999999999', { a: '99999999999999999998' }, true],
    ['constructor', {}, false],
    ['a=b,c', { a: 'b', c: '' }, true],
    ['', { anything: 'at all' }, true],
  ])('%p over %p is %p', (text, labels, expected) => {
    expect(matchesLabelSelector(parseLabelSelector(text), labels)).toBe(
      expected,
    );
  });

  const key = fc.constantFrom('a', 'b', 'x.io/c', 'not-in');
  const value = fc.constantFrom('', 'v', 'w', 'in', '1', '2', '3x');
  const number = fc.nat(3).map(String);
  const requirement = fc.oneof(
    fc.record({
      key,
      operator: fc.constantFrom('in' as const, 'notin' as const),
      values: fc.array(value, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      key,
      operator: fc.constantFrom('exists' as const, 'doesNotExist' as const),
      values: fc.constant<string[]>([]),
    }),
    fc.record({
      key,
      operator: fc.constantFrom('greaterThan' as const, 'lessThan' as const),
      values: fc.tuple(number),
    }),
  );
  const space = fc.constantFrom('', ' ', '  ', '\t');

  function write(one: LabelRequirement, gap: string, style: number): string {
    const [first = ''] = one.values;
    switch (one.operator) {
      case 'exists':
        return `${gap}${one.key}${gap}`;
      case 'doesNotExist':
        return `!${gap}${one.key}`;
      case 'greaterThan':
        return `${one.key}${gap}>${gap}${first}`;
      case 'lessThan':
        return `${one.key}${gap}<${gap}${first}`;
      default: {
        const list = `(${gap}${one.values.join(`${gap},${gap}`)}${gap})`;
        // An empty list is an error, so the empty value alone needs a sign.
        if (one.values.length > 1 || (style === 0 && first !== '')) {
          return `${one.key} ${one.operator}${gap}${list}`;
        }
        const sign = style === 1 ? '=' : '==';
        return `${one.key}${gap}${
          one.operator === 'in' ? sign : '!='
        }${gap}${first}`;
      }
    }
  }

  function isExpected(
    { key: name, operator, values }: LabelRequirement,
    labels: Record<string, string>,
  ): boolean {
    const own = labels[name];
    switch (operator) {
      case 'exists':
        return own !== undefined;
      case 'doesNotExist':
        return own === undefined;
      case 'in':
        return own !== undefined && values.includes(own);
      case 'notin':
        return !(own !== undefined && values.includes(own));
      case 'greaterThan':
        return /^\d+$/.test(own ?? '') && Number(own) > Number(values[0]);
      default:
        return /^\d+$/.test(own ?? '') && Number(own) < Number(values[0]);
    }
  }

  it('reads back whatever is written, in any notation', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(requirement, space, fc.nat(2)), { maxLength: 4 }),
        space,
        (parts, gap) => {
          const text = parts
            .map(([one, inner, style]) => write(one, inner, style))
            .join(`${gap},${gap}`);
          expect(parseLabelSelector(text)).toEqual(parts.map(([one]) => one));
        },
      ),
    );
  });

  it('is the conjunction of its requirements', () => {
    fc.assert(
      fc.property(
        fc.array(requirement, { maxLength: 4 }),
        fc.dictionary(key, value),
        (requirements, labels) => {
          expect(matchesLabelSelector(requirements, labels)).toBe(
            requirements.every(one => isExpected(one, labels)),
          );
        },
      ),
    );
  });

  function failureOf(text: string): string | undefined {
    try {
      parseLabelSelector(text);
      return undefined;
    } catch (error) {
      return (error as Error).name;
    }
  }

  it.each([
    ['201 requirements', Array(201).fill('a').join(','), /it has 201/],
    ['201 values', `a in (${Array(201).fill('b').join(',')})`, /it has 201/],
    ['16 kB', `a=${'b'.repeat(20_000)}`, /at most 16384 are read/],
    ['20 digits', `a>${'1'.repeat(21)}`, /where an integer belongs/],
  ])('has no more than %s', (_, text, message) => {
    expect(() => parseLabelSelector(text)).toThrow(message);
  });

  it('takes no label for a number that has more than 20 digits', () => {
    const above = parseLabelSelector(`a>${'1'.repeat(20)}`);
    expect(matchesLabelSelector(above, { a: '9'.repeat(20) })).toBe(true);
    expect(matchesLabelSelector(above, { a: '9'.repeat(60) })).toBe(false);
  });

  it('never fails in another way than by saying what is wrong', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...'ab /.=!<>(),\tin'),
          maxLength: 20,
        }),
        text => {
          expect([undefined, 'InputError']).toContain(failureOf(text));
        },
      ),
    );
  });
});
