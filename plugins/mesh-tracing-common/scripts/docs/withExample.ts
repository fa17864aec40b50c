const START = '<!-- example: generated -->';
const END = '<!-- example: end -->';

/** A page with what stands between its example marks replaced. */
export function withExample(page: string, example: string): string {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) {
    throw new Error(`The page lacks the marks ${START} and ${END}`);
  }
  const before = page.slice(0, start + START.length);
  return `${before}\n\n${example}\n\n${page.slice(end)}`;
}
