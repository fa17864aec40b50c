/** An override with 100 tags of every field has fewer than 1,000. */
const MAX_VALUES = 5_000;
/** The deepest request has five levels. */
const MAX_DEPTH = 20;

/**
 * What is wrong with the size of a JSON value; undefined for one that may be a
 * request. Validators collect a message for each place that is wrong, and what
 * walks a value by recursion ends at its depth, so this comes before them.
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
