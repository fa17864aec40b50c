/** Steps between ticks that people count in, in each power of ten. */
const STEPS = [1, 2, 2.5, 5, 10];
/** Ticks above 0 at most. */
const MOST = 5;

/** Round ticks from 0 to the first one that is no less than the highest figure. */
export function roundTicks(highest: number): {
  domain: [number, number];
  ticks: number[];
} {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, highest) / MOST));
  const step =
    power * (STEPS.find(size => size * power * MOST >= highest) ?? 10);
  const count = Math.max(1, Math.ceil(highest / step));
  const ticks = Array.from({ length: count + 1 }, (_, index) => index * step);
  return { domain: [0, count * step], ticks };
}
