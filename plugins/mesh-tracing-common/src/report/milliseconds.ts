/** Microseconds as a number of milliseconds; the head of the column names the unit. */
export function milliseconds(us: number): string {
  return (us / 1000).toFixed(us < 10_000 ? 2 : 1);
}
