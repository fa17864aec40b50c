import fc from 'fast-check';
import jsYaml from 'js-yaml';
import { formatYaml } from './formatYaml';

/**
 * A reader that shares nothing with what writes: js-yaml 3, which reads YAML 1.1
 * except for its words for true and false (https://yaml.org/type/bool.html),
 * which are added. The lab holds the same texts against Go's reader.
 */
const BOOL =
  /^(?:y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const YAML_1_1 = new jsYaml.Schema({
  include: [jsYaml.DEFAULT_SAFE_SCHEMA],
  implicit: [
    new jsYaml.Type('tag:yaml.org,2002:bool11', {
      kind: 'scalar',
      resolve: (text: unknown) => typeof text === 'string' && BOOL.test(text),
      construct: (text: string) => /^(?:y|true|on)/i.test(text),
    }),
  ],
});

function read(yaml: string): unknown {
  return jsYaml.safeLoad(yaml, { schema: YAML_1_1 });
}

const WORDS =
  'y Y n N yes No ON off true False null Null ~ = << .inf -.Inf +.INF .NaN 017 0o17 0x1F 0X1F -0x1F 0b11 0B11 1_000 2024_01 1__0 1e3 1E-2 1.5 1. .5 -.5 +1 -0 08 12:30 190:20:30 -1:30.5 2024-01-01 2001-12-14t21:59:43.10-05:00 2024-1-1 2026-01-01T00:00:00Z - -- --- ... ? : # & * ! | > % @ `';
const words = [
  ...WORDS.split(' '),
  '',
  ' ',
  'a: b',
  'a #b',
  '\u0085',
  '\u2028x',
  '\t4\n6:',
];
const text = fc.oneof(
  fc.constantFrom(...words),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }).filter(isWellFormed),
  fc.stringMatching(/^[-+.0-9_xobe:]{1,9}$/),
);
const { value } = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    { arbitrary: text, weight: 4 },
    fc.constantFrom<unknown>(true, false, null, 0, 100, 1.5),
    fc.array(tie('value'), { maxLength: 4 }),
    // js-yaml can't have a key __proto__ of its own.
    fc.dictionary(
      text.filter(key => key !== '__proto__'),
      tie('value'),
      {
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
  ),
}));

/** YAML has no half of a surrogate pair. */
function isWellFormed(candidate: string): boolean {
  return !/[\ud800-\udfff]/u.test(candidate);
}

describe('formatYaml', () => {
  it.each(words)('keeps %j text for a reader of YAML 1.1', word => {
    expect(read(formatYaml({ [word]: word }))).toEqual({ [word]: word });
  });

  it('is read by YAML 1.1 as what it was given, keys and values', () => {
    fc.assert(
      fc.property(value, given => {
        expect(read(formatYaml({ given }))).toEqual({ given });
      }),
      { numRuns: 2_000 },
    );
  });

  it('leaves plain what nobody takes for anything but text', () => {
    expect(
      formatYaml({
        kind: 'Telemetry',
        selector: { app: 'cart-v1' },
        percent: 5,
      }),
    ).toBe('kind: Telemetry\nselector:\n  app: cart-v1\npercent: 5\n');
  });

  it('keeps characters beyond 16 bits whole in long texts, wherever they stand', () => {
    for (let before = 60; before < 100; before++) {
      const long = `"${'x'.repeat(before)}\t🔑${' y'.repeat(50)}`;
      const yaml = formatYaml({ text: long });
      expect(Buffer.from(yaml).toString('utf8')).toBe(yaml);
      expect(read(yaml)).toEqual({ text: long });
    }
  });

  it('writes the same object twice rather than as an alias', () => {
    const tag = { literal: { value: 'x' } };
    expect(formatYaml([tag, tag])).not.toMatch(/[&*]/);
  });
});
