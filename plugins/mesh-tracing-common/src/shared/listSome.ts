const NAMED = 3;

/** `a, b, c, 4 more` */
export function listSome(items: readonly string[]): string {
  const more = items.length - NAMED;
  return [...items.slice(0, NAMED), ...(more > 0 ? [`${more} more`] : [])].join(
    ', ',
  );
}
