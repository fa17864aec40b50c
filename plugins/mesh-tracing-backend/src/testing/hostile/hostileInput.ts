import fc from 'fast-check';
import { pumpedTexts, wideObject } from './pumpedTexts';

/** Text that something between the socket and the database may stumble over. */
export const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 7,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '\u0000',
      'a\u0000b',
      'x\r\nset-cookie: stolen=1',
      'fine\n2026-01-01T00:00:00Z mesh-tracing error forged line',
      '\u001b[31mred',
      '__proto__',
      'constructor',
      'hasOwnProperty',
      'toString',
      '../../../etc/passwd',
      '..%2f..%2fetc%2fpasswd',
      '..\\..\\windows',
      'file:///etc/passwd',
      "'; drop table sampling_history; --",
      '" or 1=1 --',
      '%_%',
      '${jndi:ldap://127.0.0.1/x}',
      '{{7*7}}',
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      '---\n!!js/function "x"',
      'a: &a [*a, *a]',
      '!!binary x',
      '| \n  - {',
      '\ud800',
      '\u202egnp.exe',
      '\u2028',
      '\ufeff',
      '👩‍👩‍👧‍👦',
      'e\u0301',
      'ﬀ',
      '%',
      '%ZZ',
      '%00',
      '%c0%af',
      'null',
      'undefined',
      'NaN',
      '1e999',
      '-0',
      '0x10',
      '-1',
      '[object Object]',
      'user:default/olivia',
      'component:default/frontend',
      '%REQ(authorization)%',
      '%REQ(:path)%',
      'x'.repeat(253),
      'x'.repeat(5_000),
    ),
  },
);

/** As {@link hostileText}, and short and long enough for most fields. */
export const shortText = hostileText.map(text => text.slice(0, 250) || ' ');

const longText = fc.oneof(
  fc.constant('y'.repeat(200_000)),
  fc.constantFrom(...pumpedTexts(20_000)),
);

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level++) {
    value = level % 2 === 0 ? [value] : { a: value };
  }
  return value;
}

/** A value of any type, in a place that wants another. */
const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 40, arbitrary: hostileText },
  {
    weight: 20,
    arbitrary: fc.constantFrom<unknown>(
      0,
      -1,
      100.0000001,
      1e308,
      5e-324,
      2 ** 53 + 1,
      true,
      false,
      null,
      [],
      {},
      [[]],
      [null],
      Object.fromEntries([['__proto__', { allowed: true }]]),
      { constructor: { prototype: { allowed: true } } },
      { toString: 'x', valueOf: 1 },
      { $gt: '' },
    ),
  },
  { weight: 10, arbitrary: fc.double({ noNaN: true }) },
  { weight: 10, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 5, arbitrary: fc.array(hostileText, { maxLength: 5 }) },
  { weight: 2, arbitrary: fc.constantFrom(nested(20), nested(200)) },
  { weight: 1, arbitrary: longText },
  { weight: 1, arbitrary: fc.constantFrom(wideObject(500), wideObject(5_000)) },
);

interface Mutation {
  at: number;
  how: 'replace' | 'remove' | 'add' | 'wrap';
  key: string;
  value: unknown;
}

/** Every place in a value: the object or array that holds it, and its key. */
function placesOf(value: unknown): Array<[object, string]> {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => [
    [value, key] as [object, string],
    ...placesOf(inner),
  ]);
}

/** `__proto__` becomes a property, as it does in parsed JSON. */
function define(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

function mutate(valid: object, mutations: Mutation[]): object {
  const copy: object = structuredClone(valid);
  for (const { at, how, key, value } of mutations) {
    const places = placesOf(copy);
    const place = places[at % Math.max(1, places.length)];
    if (!place) {
      return copy;
    }
    const [holder, name] = place;
    if (how === 'remove') {
      Reflect.deleteProperty(holder, name);
    } else if (how === 'add') {
      define(holder, key, structuredClone(value));
    } else {
      const inner = Reflect.get(holder, name);
      define(holder, name, how === 'wrap' ? [inner] : structuredClone(value));
    }
  }
  return copy;
}

const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    at: fc.noBias(fc.nat(500)),
    how: fc.constantFrom('replace', 'replace', 'remove', 'add', 'wrap'),
    key: fc.oneof(
      { weight: 40, arbitrary: hostileText },
      { weight: 1, arbitrary: fc.constantFrom(...pumpedTexts(20_000)) },
    ),
    value: hostileValue,
  }),
  { minLength: 1, maxLength: 3 },
);

/** Bodies that were valid until someone changed something in them. */
export function mutated(valid: fc.Arbitrary<object>): fc.Arbitrary<object> {
  return fc
    .tuple(valid, mutations)
    .map(([value, changes]) => mutate(value, changes));
}
