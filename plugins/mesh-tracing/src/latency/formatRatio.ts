/** How many times a figure is what it was: `×1.25`; a dash where it was 0. */
export function formatRatio(before: number, now: number): string {
  return before > 0 ? `×${Number((now / before).toPrecision(3))}` : '–';
}
