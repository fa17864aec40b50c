const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

const UNITS = [
  [DAY_MS, 'day'],
  [HOUR_MS, 'hour'],
  [MINUTE_MS, 'minute'],
  [SECOND_MS, 'second'],
] as const;

/** A length of time for people, in its largest unit: `40 minutes`. */
export function inWords(ms: number): string {
  for (const [unitMs, name] of UNITS) {
    const count = Math.round(ms / unitMs);
    if (count >= 2 || (count === 1 && ms >= unitMs)) {
      return `${count} ${name}${count === 1 ? '' : 's'}`;
    }
  }
  return 'less than a second';
}

/** Three digits are enough for people: `12.3`, `0.00417`, `1230`. */
export function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
