import type { Random } from '../checks/Random';

const WORDS =
  'y Y yes No on OFF true Null ~ null .inf -.Inf .NaN = << 017 0o17 0x1F 0b11 1_000 1__0 1e3 1.5 1. .5 +1 -0 08 0_8 12:30 1:2:3 2024-01-01 2024_01 2026-01-01T00:00:00Z 0X1F 0B1 1e400 18446744073709551615 18446744073709551616 -9223372036854775809 0x 0b2 - -- +.5 -.5 ._5 1_ _1 1e+3 1E-2 0.1_0 "'.split(
    ' ',
  );
const CHARACTERS =
  '0123456789_xXobBeE.+-:yYnN~#&*!|>%@`"\' \t\\/=,[]{}?aé\u0085\u2028\ufeff\u007f😀\n';

/** Text that readers of YAML may take for something else. */
export function oddText(random: Random): string {
  if (random.chance(0.5)) return random.pick(WORDS);
  const characters = [...CHARACTERS];
  return Array.from({ length: random.between(0, 8) }, () =>
    random.pick(characters),
  ).join('');
}

/** A plain scalar: what YAML 1.1 makes of it is the question. */
export function plainScalar(random: Random): string {
  if (random.chance(0.5)) return random.pick(WORDS.slice(0, -1));
  const characters = [...'0123456789_xobe.+-'];
  return Array.from({ length: random.between(1, 7) }, () =>
    random.pick(characters),
  ).join('');
}

/** A value of what JSON knows, with odd keys and texts. */
export function oddValue(random: Random, depth = 0): unknown {
  if (depth < 3 && random.chance(0.5)) {
    const size = random.between(0, 4);
    return random.chance(0.4)
      ? Array.from({ length: size }, () => oddValue(random, depth + 1))
      : Object.fromEntries(
          Array.from({ length: size }, () => [
            oddText(random),
            oddValue(random, depth + 1),
          ]),
        );
  }
  return random.chance(0.8)
    ? oddText(random)
    : random.pick([true, false, null, 0, 1.5, 100, -3, 1e21]);
}
