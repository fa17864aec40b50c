import { compareText } from '../../shared/compareText';

/** A place where two values differ. */
export interface Difference {
  path: string;
  expected: unknown;
  got: unknown;
}

/**
 * Where two values differ, field by field. Absent, null and empty are different
 * things, except that an absent `defaultValue` equals the empty text.
 */
export function differences(
  expected: unknown,
  got: unknown,
  path = '',
): Difference[] {
  if (Object.is(expected, got) || expected === got) return [];
  if (Array.isArray(expected) && Array.isArray(got)) {
    return listDifferences(expected, got, path);
  }
  if (isRecord(expected) && isRecord(got)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(got)]);
    return [...names].sort().flatMap(name => {
      const at = path ? `${path}.${name}` : name;
      return differences(field(expected, name), field(got, name), at);
    });
  }
  return [{ path, expected, got }];
}

function listDifferences(
  expected: unknown[],
  got: unknown[],
  path: string,
): Difference[] {
  const length = Math.max(expected.length, got.length);
  return Array.from({ length }, (_, i) =>
    differences(expected[i], got[i], `${path}[${i}]`),
  ).flat();
}

function field(object: Record<string, unknown>, name: string): unknown {
  const value = Object.hasOwn(object, name) ? object[name] : undefined;
  return name === 'defaultValue' && value === undefined ? '' : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy with every list of tags sorted by tag and content. */
export function withSortedTags(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(withSortedTags);
    return items.every(item => isRecord(item) && 'tag' in item)
      ? items.sort((a, b) => compareText(sortKey(a), sortKey(b)))
      : items;
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, withSortedTags(item)]),
  );
}

function sortKey(item: unknown): string {
  const tag = isRecord(item) ? String(item.tag) : '';
  return `${tag}\u0000${canonical(item)}`;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? '';
  const fields = Object.entries(value)
    // An absent default equals the empty one, here as well.
    .filter(([name, item]) => name !== 'defaultValue' || item !== '')
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`);
  return `{${fields.join()}}`;
}
