import type { YamlStep } from '../../yaml';
import { isMap } from './values';

const INDEX = /^\[(\d+)\]/;

/**
 * The steps of a path such as `spec.tracing[0].customTags.a.b`, whose keys may hold
 * dots themselves: at each map the longest key that fits is taken. Ends where the
 * value does.
 */
export function stepsOf(value: unknown, path: string): YamlStep[] {
  const steps: YamlStep[] = [];
  let at = value;
  let rest = path;
  while (rest !== '') {
    const [, index] = INDEX.exec(rest) ?? [];
    if (index !== undefined && Array.isArray(at)) {
      steps.push(Number(index));
      rest = rest.slice(index.length + 2);
      at = at[Number(index)];
      continue;
    }
    const text = rest.startsWith('.') ? rest.slice(1) : rest;
    const key = isMap(at) ? longestKey(at, text) : undefined;
    if (key === undefined || !isMap(at)) break;
    steps.push(key);
    rest = text.slice(key.length);
    at = at[key];
  }
  return steps;
}

function longestKey(
  map: Record<string, unknown>,
  text: string,
): string | undefined {
  return Object.keys(map)
    .filter(
      key =>
        key !== '' &&
        text.startsWith(key) &&
        ['', '.', '['].includes(text.charAt(key.length)),
    )
    .sort((a, b) => b.length - a.length)[0];
}
