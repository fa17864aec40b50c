const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** How long ago a moment was, in words: `2 minutes ago`, `now`. */
export function formatAgo(atMs: number, nowMs: number): string {
  const agoMs = Math.max(0, nowMs - atMs);
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const [unit, lengthMs] = UNITS.find(([, length]) => agoMs >= length) ?? [
    'second',
    1_000,
  ];
  return format.format(-Math.floor(agoMs / lengthMs), unit);
}
