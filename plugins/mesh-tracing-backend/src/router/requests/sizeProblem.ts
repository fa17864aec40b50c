/**
 * Most values that a body may hold; an override with 100 tags and all fields has
 * fewer than 1,000.
 */
const MAX_VALUES = 5_000;
/** Most levels that a body may have; the deepest request of the contract has five. */
const MAX_DEPTH = 20;

/**
 * What is wrong with the size of a JSON value; undefined where nothing is. To be called
 * before a validator: that collects a message for each wrong place, and overflows the
 * stack where it walks a very deep value by recursion.
 */
export function sizeProblem(root: unknown): string | undefined {
  let level = [root];
  let count = 1;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) {
      return `is nested deeper than ${MAX_DEPTH} levels`;
    }
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'object' && value !== null) {
        const inner: unknown[] = Object.values(value);
        count += inner.length;
        if (count > MAX_VALUES) {
          return `has more than ${MAX_VALUES} values`;
        }
        next.push(...inner);
      }
    }
    level = next;
  }
  return undefined;
}
