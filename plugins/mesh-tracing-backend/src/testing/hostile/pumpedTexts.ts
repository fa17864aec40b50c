/** Texts that patterns, parsers and quoting may go through again and again. */
const PUMPS = [
  'a.',
  'a-',
  'a',
  '0',
  '-',
  '.',
  '/',
  ':',
  '://',
  '[:',
  ' ',
  '"',
  '\\',
  '=',
  ',',
  '!',
  '(',
  '%A(',
  '%',
  'Bearer ',
  '\u00e9',
  '\ud83d\ude00',
];

/** Each of them so often that the text has about so many characters. */
export function pumpedTexts(length: number): string[] {
  return PUMPS.map(pump => pump.repeat(Math.ceil(length / pump.length)));
}

/** JSON so deep that what walks it by recursion comes to its end. */
export function deepJson(depth: number): string[] {
  return [
    `${'['.repeat(depth)}${']'.repeat(depth)}`,
    `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
  ];
}

/** An object with so many keys. */
export function wideObject(keys: number): Record<string, number> {
  return Object.fromEntries(
    Array.from({ length: keys }, (_, index) => [`key${index}`, index]),
  );
}
