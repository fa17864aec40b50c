import type { YamlStep } from '../../yaml';

/** A map of YAML. */
export type YamlMap = Record<string, unknown>;

/** Whether a value is a map. */
export function isMap(value: unknown): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What stands at a path; undefined where nothing does. */
export function valueAt(value: unknown, ...path: readonly YamlStep[]): unknown {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    if (!Object.hasOwn(found, step)) return undefined;
    found = (found as Record<YamlStep, unknown>)[step];
  }
  return found;
}

/** The map at a path; empty where there is none. */
export function mapAt(value: unknown, ...path: readonly YamlStep[]): YamlMap {
  const found = valueAt(value, ...path);
  return isMap(found) ? found : {};
}

/** The list at a path; empty where there is none. */
export function listAt(
  value: unknown,
  ...path: readonly YamlStep[]
): unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The text at a path; undefined where there is none, or an empty one. */
export function textAt(
  value: unknown,
  ...path: readonly YamlStep[]
): string | undefined {
  const found = valueAt(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}
