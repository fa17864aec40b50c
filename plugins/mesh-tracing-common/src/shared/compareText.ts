/**
 * Compares by UTF-16 code units rather than by a locale, so that the order is
 * the same on every machine.
 */
export function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
