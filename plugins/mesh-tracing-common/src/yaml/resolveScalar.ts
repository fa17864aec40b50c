type Meaning = boolean | number | null;

function words(list: string, value: Meaning): Array<[string, Meaning]> {
  return list.split(' ').map(word => [word, value]);
}

/** What whole words mean in YAML 1.1 (Go's yaml.v2: resolve.go). */
const WORDS: ReadonlyMap<string, Meaning> = new Map([
  ...words('y Y yes Yes YES true True TRUE on On ON', true),
  ...words('n N no No NO false False FALSE off Off OFF', false),
  ...words('~ null Null NULL', null),
  ...words('.nan .NaN .NAN', Number.NaN),
  ...words('.inf .Inf .INF +.inf +.Inf +.INF', Number.POSITIVE_INFINITY),
  ...words('-.inf -.Inf -.INF', Number.NEGATIVE_INFINITY),
  ['', null],
]);

const INTEGER =
  /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|0|[1-9]\d*)$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;
const LEADING_POINT = /^\.\d+(?:[eE][-+]?\d+)?$/;
const MIN_INT = -(2n ** 63n);
const MAX_UINT = 2n ** 64n;

/**
 * The value of a plain scalar as YAML 1.1 has it in the library that Istio,
 * kubectl, Argo CD and Flux share (sigs.k8s.io/yaml over yaml.v2): numbers may
 * have underscores and be octal or hexadecimal, `on` and `y` are true. Dates
 * stay text, and so do numbers of base 60.
 */
export function resolveScalar(text: string): boolean | number | null | string {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text.charAt(0);
  if (first === '.') {
    return LEADING_POINT.test(text) ? finite(text, text) : text;
  }
  return /[-+\d]/.test(first) ? number(text) : text;
}

function number(text: string): number | string {
  const digits = text.replaceAll('_', '');
  const integer = INTEGER.exec(digits);
  if (integer) {
    const [, sign = '', magnitude = ''] = integer;
    const value = signed(sign, magnitude);
    // With a sign it must be a signed number of 64 bits.
    const limit = sign ? 2n ** 63n : MAX_UINT;
    if (value >= MIN_INT && value < limit) return Number(value);
  }
  return FLOAT.test(digits) ? finite(digits, text) : text;
}

function signed(sign: string, magnitude: string): bigint {
  // Go reads a leading zero as octal; JavaScript wants it written 0o.
  const octal = /^0[0-7]/.test(magnitude);
  const value = BigInt(
    octal ? `0o${magnitude.slice(1)}` : magnitude.toLowerCase(),
  );
  return sign === '-' ? -value : value;
}

function finite(digits: string, text: string): number | string {
  const value = Number(digits);
  return Number.isFinite(value) ? value : text;
}
