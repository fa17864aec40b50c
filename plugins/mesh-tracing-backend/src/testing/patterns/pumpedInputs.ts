import { parseRegExpLiteral, type AST } from '@eslint-community/regexpp';

/** Characters of every kind that patterns tell apart. */
const PALETTE = [...'aA0-._:/ ="\\%;,(){}[]\'@+*\n\u00e9'];
/** What no pattern can go on with, or what ends one that was going well. */
const ENDINGS = ['\u0000', 'x\n'];
/** What keeps a repetition from the beginning of the text. */
const OTHER = '\u0001';
/** Of one place in a pattern. */
const MAX_SAMPLES = 6;

type Consuming =
  | AST.Character
  | AST.CharacterSet
  | AST.CharacterClass
  | AST.ExpressionCharacterClass;

/** Some texts that a part of a pattern takes; `''` where it takes none by itself. */
function samplesOf(node: AST.Node, flags: string): string[] {
  switch (node.type) {
    case 'Character':
      return [String.fromCodePoint(node.value)];
    case 'CharacterSet':
    case 'CharacterClass':
    case 'ExpressionCharacterClass':
      return charactersOf(node, flags);
    case 'Quantifier':
      return node.min === 0
        ? ['', ...samplesOf(node.element, flags)].slice(0, MAX_SAMPLES)
        : samplesOf(node.element, flags).map(text => text.repeat(node.min));
    case 'Group':
    case 'CapturingGroup':
    case 'Pattern':
      return node.alternatives
        .flatMap(alternative => sequencesOf(alternative.elements, flags))
        .slice(0, MAX_SAMPLES);
    default:
      return [''];
  }
}

function charactersOf(node: Consuming, flags: string): string[] {
  const one = new RegExp(`^${node.raw}$`, flags.replace(/[gy]/g, ''));
  const fitting = PALETTE.filter(character => one.test(character));
  return fitting.slice(0, MAX_SAMPLES);
}

/** Texts for parts that follow each other: the first of each, and one that varies. */
function sequencesOf(nodes: AST.Node[], flags: string): string[] {
  const parts = nodes.map(node => samplesOf(node, flags));
  const firsts = parts.map(([first = '']) => first);
  const varied = parts.flatMap((samples, index) =>
    samples.slice(1).map(text => firsts.with(index, text).join('')),
  );
  return [firsts.join(''), ...varied].slice(0, MAX_SAMPLES);
}

interface Repetition {
  /** Texts that lead to it. */
  before: string[];
  /** Texts that it repeats. */
  repeated: string[];
}

/** Every place of a pattern that repeats, however deep. */
function repetitionsIn(
  node: AST.Node,
  before: string[],
  flags: string,
): Repetition[] {
  switch (node.type) {
    case 'Quantifier':
      return [
        ...(node.max > 1
          ? [{ before, repeated: samplesOf(node.element, flags) }]
          : []),
        ...repetitionsIn(node.element, before, flags),
      ];
    case 'Assertion':
      return 'alternatives' in node
        ? repetitionsInAll(node, before, flags)
        : [];
    case 'Group':
    case 'CapturingGroup':
    case 'Pattern':
      return repetitionsInAll(node, before, flags);
    default:
      return [];
  }
}

function repetitionsInAll(
  { alternatives }: { alternatives: AST.Alternative[] },
  before: string[],
  flags: string,
): Repetition[] {
  return alternatives.flatMap(({ elements }) =>
    elements.flatMap((element, index) => {
      const [lead = ''] = sequencesOf(elements.slice(0, index), flags);
      return repetitionsIn(
        element,
        before.map(text => text + lead),
        flags,
      );
    }),
  );
}

/** One text to repeat, between two that stand once. */
export interface Pump {
  before: string;
  pump: string;
  after: string;
}

/**
 * Inputs made from a pattern's own structure that are hard for it: whatever it
 * repeats, alone and in pairs, after what leads there, and ending in something
 * that it doesn't want. Each character of the palette comes besides.
 */
export function pumpsOf({ source, flags }: RegExp): Pump[] {
  const { pattern } = parseRegExpLiteral(`/${source}/${flags}`);
  const repetitions = repetitionsIn(pattern, [''], flags);
  const found = new Map<string, Pump>();
  const add = (before: string, pump: string) => {
    for (const after of pump ? ENDINGS : []) {
      found.set(JSON.stringify([before, pump, after]), { before, pump, after });
    }
  };
  for (const { before, repeated } of repetitions) {
    const [lead = ''] = before;
    const pairs = repeated.flatMap(one =>
      repeated.map(other => (one === other ? one : one + other)),
    );
    for (const pump of [...repeated, ...pairs]) {
      ['', lead, OTHER].forEach(text => add(text, pump));
    }
    add('', lead + (repeated[0] ?? ''));
  }
  PALETTE.forEach(character => add('', character));
  return [...found.values()];
}
