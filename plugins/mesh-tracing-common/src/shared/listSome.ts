const NAMED = 3;

/** The first three items of a list, and how many more there are: `a, b, c, 4 more`. */
export function listSome(items: readonly string[]): string {
  const more = items.length - NAMED;
  return [...items.slice(0, NAMED), ...(more > 0 ? [`${more} more`] : [])].join(
    ', ',
  );
}
