/** A page with what stands between two of its marks replaced. */
function between(
  page: string,
  [startMark, endMark]: readonly [string, string],
  content: string,
): string {
  const start = page.indexOf(startMark);
  const end = page.indexOf(endMark);
  if (start < 0 || end < start) {
    throw new Error(`The page lacks the marks ${startMark} and ${endMark}`);
  }
  const before = page.slice(0, start + startMark.length);
  return `${before}\n\n${content}\n\n${page.slice(end)}`;
}

/** A page with what stands between its example marks replaced. */
export function withExample(page: string, example: string): string {
  return between(
    page,
    ['<!-- example: generated -->', '<!-- example: end -->'],
    example,
  );
}

/** The same for its list of codes. */
export function withCodes(page: string, codes: string): string {
  return between(
    page,
    ['<!-- codes: generated -->', '<!-- codes: end -->'],
    codes.trim(),
  );
}
