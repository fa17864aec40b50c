/**
 * A percentage for people: `50 %`, `0.29 %`, as many digits as it has.
 * @public
 */
export function formatPercent(percent: number): string {
  const shown = Number.isInteger(percent)
    ? percent
    : Number(percent.toPrecision(12));
  return `${shown} %`;
}
