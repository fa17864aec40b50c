import {
  readYaml,
  UnreadableYamlError,
  type YamlRead,
  type YamlStep,
} from '../../yaml';
import { YAML_CHECK_LIMITS } from '../limits';
import type { YamlDocument } from '../split/yamlDocuments';
import { isMap } from './values';

/** Why a document could not be read. @public */
export type ReadFailure = 'unreadable' | 'too-large';

/** A resource or a configuration of the pasted text. @public */
export interface ReadDocument {
  text: string;
  firstLine: number;
  lastLine: number;
  expands: boolean;
  /** Undefined where it could not be read. */
  value: unknown;
  failure?: { kind: ReadFailure; reason: string; line?: number };
  /** The line of the pasted text in which the value at a path begins. */
  lineOf(path: readonly YamlStep[]): number;
}

/**
 * Reads a document. A `List`, as `kubectl get` prints it, is as many documents as it
 * has items.
 */
export function readDocuments(source: YamlDocument): ReadDocument[] {
  const { text, line, firstLine, lastLine, expands } = source;
  const base = { text, firstLine, lastLine, expands };
  const failed = (
    kind: ReadFailure,
    reason: string,
    at?: number,
  ): ReadDocument[] => [
    {
      ...base,
      value: undefined,
      failure: { kind, reason, ...(at === undefined ? {} : { line: at }) },
      lineOf: () => firstLine,
    },
  ];
  if (text.length > YAML_CHECK_LIMITS.documentLength) {
    return failed(
      'too-large',
      `it is longer than ${YAML_CHECK_LIMITS.documentLength / 1024} KiB`,
    );
  }
  let read: YamlRead;
  try {
    read = readYaml(text, { maxValues: YAML_CHECK_LIMITS.values });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const at = error instanceof UnreadableYamlError ? error.line : undefined;
    return failed(
      'unreadable',
      error.message,
      at === undefined ? undefined : line + at - 1,
    );
  }
  if (isDeeper(read.value, YAML_CHECK_LIMITS.depth)) {
    return failed(
      'too-large',
      `it has more than ${YAML_CHECK_LIMITS.depth} levels`,
    );
  }
  const lineOf = (path: readonly YamlStep[]) => line + read.lineOf(path) - 1;
  return itemsOf(read.value).map(({ value, path }) => ({
    ...base,
    ...(path.length > 0 ? { firstLine: lineOf(path) } : {}),
    value,
    lineOf: inner => lineOf([...path, ...inner]),
  }));
}

function itemsOf(value: unknown): Array<{ value: unknown; path: YamlStep[] }> {
  return isMap(value) && value.kind === 'List' && Array.isArray(value.items)
    ? value.items.map((item: unknown, i) => ({
        value: item,
        path: ['items', i],
      }))
    : [{ value, path: [] }];
}

function isDeeper(root: unknown, limit: number): boolean {
  let level = [root];
  for (let depth = 0; depth <= limit; depth += 1) {
    if (level.length === 0) return false;
    level = level.flatMap(value =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return level.length > 0;
}
