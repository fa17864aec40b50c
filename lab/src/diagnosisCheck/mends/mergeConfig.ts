import type { JsonObject, JsonValue } from '@backstage/types';

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(value: JsonValue | undefined): JsonValue | undefined {
  return isObject(value) ? value.name : undefined;
}

function mergeValue(
  under: JsonValue | undefined,
  over: JsonValue | undefined,
): JsonValue | undefined {
  if (isObject(under) && isObject(over)) return mergeConfig(under, over);
  if (!Array.isArray(under) || !Array.isArray(over)) return over;
  return over.every(item => nameOf(item) !== undefined)
    ? (under.map(item =>
        mergeValue(
          item,
          over.find(other => nameOf(other) === nameOf(item)) ?? item,
        ),
      ) as JsonValue)
    : over;
}

/**
 * A configuration with a part of it written over it, as a person puts it there: key by
 * key, and into the items of lists that have the same name.
 */
export function mergeConfig(under: JsonObject, over: JsonObject): JsonObject {
  const merged = { ...under };
  for (const [key, value] of Object.entries(over)) {
    merged[key] = mergeValue(merged[key], value);
  }
  return merged;
}

/**
 * Puts the environment's values in the places of `${NAME}`.
 *
 * @throws Error for a name that is not in the environment
 */
export function substituteEnvironment(
  text: string,
  environment: Record<string, string>,
): string {
  return text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = environment[name];
    if (value === undefined) {
      throw new Error(`The mend names \${${name}}, which nobody sets.`);
    }
    return value;
  });
}
