import { InputError } from '@backstage/errors';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Scalar,
  visit,
  type Alias,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { resolveScalar } from './resolveScalar';

const STANDARD_TAG = 'tag:yaml.org,2002:';
const KINDS = ['bool', 'int', 'float', 'null', 'timestamp'];

/** Go's limits against documents that are small and expand without end. */
const FREE_ALIASES = 100;
const FREE_STEPS = 1_000;
const LARGE_STEPS = 400_000;
const HUGE_STEPS = 4_000_000;

type Entries = Map<string, unknown>;

/** Turns nodes of a document into JSON values, as Go's yaml.v2 does. */
export class YamlReader {
  readonly #targets: ReadonlyMap<Alias, Node>;
  readonly #maxValues: number;
  readonly #open = new Set<Alias>();
  #steps = 0;
  #aliasSteps = 0;

  /**
   * Finds what each alias stands for: the last such anchor before it.
   *
   * @param maxValues - that it reads at most, aliases expanded
   */
  static create(root: Node, maxValues = Infinity): YamlReader {
    const anchors = new Map<string, Node>();
    const targets = new Map<Alias, Node>();
    visit(root, {
      Node: (_, node) => {
        if (isAlias(node)) {
          const target = anchors.get(node.source);
          if (target) targets.set(node, target);
        } else if (node.anchor) {
          anchors.set(node.anchor, node);
        }
      },
    });
    return new YamlReader(targets, maxValues);
  }

  private constructor(targets: ReadonlyMap<Alias, Node>, maxValues: number) {
    this.#targets = targets;
    this.#maxValues = maxValues;
  }

  value(node: unknown): unknown {
    this.#countStep();
    if (isAlias(node)) return this.#through(node, target => this.value(target));
    if (isMap(node)) return Object.fromEntries(this.#entries(node, new Map()));
    if (isSeq(node)) return node.items.map(item => this.value(item));
    return isScalar(node) ? scalarValue(node) : null;
  }

  #through<T>(alias: Alias, read: (target: Node) => T): T {
    const target = this.#targets.get(alias);
    if (!target) throw new InputError(`nothing has the anchor of an alias`);
    if (this.#open.has(alias))
      throw new InputError('an anchor contains itself');
    this.#open.add(alias);
    const result = read(target);
    this.#open.delete(alias);
    return result;
  }

  #entries(map: YAMLMap, entries: Entries): Entries {
    for (const pair of map.items) {
      if (isMergeKey(pair)) this.#merge(pair.value, entries);
      else entries.set(this.#key(pair.key), this.value(pair.value));
    }
    return entries;
  }

  /**
   * yaml.v2 merges at the place of the key `<<`: merged values replace those of
   * the keys before it, and those of the keys after it replace them.
   */
  #merge(source: unknown, entries: Entries): void {
    if (isSeq(source)) {
      // Of several maps the first one counts: merged last, it overwrites the
      // others.
      [...source.items]
        .reverse()
        .forEach(item => this.#mergeOne(item, entries));
    } else {
      this.#mergeOne(source, entries);
    }
  }

  #mergeOne(source: unknown, entries: Entries): void {
    this.#countStep();
    if (isAlias(source)) {
      this.#through(source, target => this.#mergeMap(target, entries));
    } else {
      this.#mergeMap(source, entries);
    }
  }

  #mergeMap(source: unknown, entries: Entries): void {
    if (!isMap(source)) throw new InputError('a merge key has no map');
    this.#entries(source, entries);
  }

  #key(node: unknown): string {
    const key = this.value(node);
    if (typeof key === 'number') return numberKey(key);
    if (typeof key === 'string' || typeof key === 'boolean') return `${key}`;
    throw new InputError('a key is neither text nor a number');
  }

  #countStep(): void {
    this.#steps += 1;
    if (this.#steps > this.#maxValues) {
      throw new InputError(`it has more than ${this.#maxValues} values`);
    }
    if (this.#open.size === 0) return;
    this.#aliasSteps += 1;
    if (
      this.#aliasSteps > FREE_ALIASES &&
      this.#steps > FREE_STEPS &&
      this.#aliasSteps / this.#steps > allowedAliasShare(this.#steps)
    ) {
      throw new InputError('its aliases expand too far');
    }
  }
}

function allowedAliasShare(steps: number): number {
  const large = (steps - LARGE_STEPS) / (HUGE_STEPS - LARGE_STEPS);
  return 0.99 - 0.89 * Math.min(Math.max(large, 0), 1);
}

function isMergeKey({ key }: Pair): boolean {
  return (
    isScalar(key) &&
    key.value === '<<' &&
    (key.type === Scalar.PLAIN || key.tag === `${STANDARD_TAG}merge`)
  );
}

/** yaml.v2 writes a key that is a float with the digits of a 32-bit one. */
function numberKey(key: number): string {
  if (Number.isInteger(key)) return `${key}`;
  if (!Number.isFinite(key)) {
    return Number.isNaN(key) ? '.nan' : `${key < 0 ? '-' : ''}.inf`;
  }
  for (let digits = 1; digits <= 9; digits += 1) {
    const shorter = Number(key.toPrecision(digits));
    if (Math.fround(shorter) === Math.fround(key)) return `${shorter}`;
  }
  return `${key}`;
}

function scalarValue(node: Scalar): unknown {
  const text = typeof node.value === 'string' ? node.value : '';
  const kind = node.tag?.startsWith(STANDARD_TAG)
    ? node.tag.slice(STANDARD_TAG.length)
    : undefined;
  if (kind === 'binary') return decodeBinary(text);
  if (node.tag !== undefined && !KINDS.includes(kind ?? '')) return text;
  if (node.tag === undefined && node.type !== Scalar.PLAIN) return text;
  const value = resolveScalar(text);
  if (kind !== undefined && !isOfKind(value, kind)) {
    throw new InputError(`a value is not what its tag !!${kind} says`);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new InputError('JSON has no number for .nan and .inf');
  }
  return value;
}

function isOfKind(value: unknown, kind: string): boolean {
  switch (kind) {
    case 'bool':
      return typeof value === 'boolean';
    case 'int':
      return Number.isInteger(value);
    case 'float':
      return typeof value === 'number';
    case 'null':
      return value === null;
    default:
      return typeof value === 'string';
  }
}

function decodeBinary(text: string): string {
  try {
    const bytes = Uint8Array.from(atob(text.replace(/\s/g, '')), character =>
      character.charCodeAt(0),
    );
    return new TextDecoder().decode(bytes);
  } catch {
    throw new InputError('a value is not what its tag !!binary says');
  }
}
