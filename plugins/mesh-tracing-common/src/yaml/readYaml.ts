import { InputError } from '@backstage/errors';
import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
} from 'yaml';
import { YamlReader } from './YamlReader';

/** A step into a value: the key of a map or the index of a list. @public */
export type YamlStep = string | number;

/** What a text holds, and where. */
export interface YamlRead {
  /** The first document as JSON values; null where there is none. */
  value: unknown;
  /**
   * The line, from 1, in which the value at a path begins, or the nearest value
   * around it that the text shows: aliases and merged keys stand elsewhere.
   */
  lineOf(path: readonly YamlStep[]): number;
}

/** Why a text is refused, and where, with nothing of its content. */
export class UnreadableYamlError extends InputError {
  constructor(message: string, readonly line?: number) {
    super(message);
  }
}

/**
 * Reads YAML 1.1 as {@link parseYaml} does, and keeps where its values stand.
 *
 * @param maxValues - of a document, counted as its aliases expand
 * @throws UnreadableYamlError for what the tools of Kubernetes refuse
 */
export function readYaml(
  text: string,
  { maxValues = Infinity }: { maxValues?: number } = {},
): YamlRead {
  try {
    const lines = new LineCounter();
    const root = rootOf(text, lines);
    if (!root) return { value: null, lineOf: () => 1 };
    return {
      value: YamlReader.create(root, maxValues).value(root),
      lineOf: path => lineOf(root, path, lines),
    };
  } catch (error) {
    if (error instanceof RangeError) {
      throw new UnreadableYamlError('it is nested too deeply');
    }
    throw error;
  }
}

function rootOf(text: string, lineCounter: LineCounter): Node | undefined {
  // The failsafe schema leaves every scalar a text, since YamlReader decides
  // which of them are numbers or booleans.
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    resolveKnownTags: false,
    merge: false,
    uniqueKeys: false,
    logLevel: 'silent',
    // Each pretty error copies its line, so that those of one long line would cost
    // its length squared.
    prettyErrors: false,
    lineCounter,
  });
  const [document]: Document[] = 'empty' in documents ? [] : documents;
  const [error] = document?.errors ?? [];
  if (error) {
    const line = lineAt(error.pos[0], lineCounter);
    throw new UnreadableYamlError(`${error.code} in line ${line}`, line);
  }
  const root = document?.contents;
  return isNode(root) ? root : undefined;
}

function lineOf(
  root: Node,
  path: readonly YamlStep[],
  lines: LineCounter,
): number {
  let node: unknown = root;
  let offset = offsetOf(root) ?? 0;
  for (const step of path) {
    const [at, value] = childOf(node, step);
    if (at === undefined) break;
    offset = at;
    node = value;
  }
  return lineAt(offset, lines);
}

function lineAt(offset: number, lines: LineCounter): number {
  return Math.max(1, lines.linePos(offset).line);
}

/** Where a child begins, its key counted, and the child. */
function childOf(
  node: unknown,
  step: YamlStep,
): [offset: number | undefined, value: unknown] {
  if (isMap(node)) {
    // Of a key that comes twice the last counts.
    const pair = [...node.items]
      .reverse()
      .find(({ key }) => isScalar(key) && `${key.value}` === `${step}`);
    return [offsetOf(pair?.key), pair?.value];
  }
  const item = isSeq(node) ? node.items[Number(step)] : undefined;
  return [offsetOf(item), item];
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
