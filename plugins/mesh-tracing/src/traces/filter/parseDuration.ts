const UNITS: Record<string, number> = {
  us: 1,
  µs: 1,
  μs: 1,
  ms: 1_000,
  s: 1_000_000,
  m: 60_000_000,
  min: 60_000_000,
  h: 3_600_000_000,
};

/**
 * Microseconds of a typed duration such as `250ms`, `1.5 s` or `2m`.
 * Undefined for empty text, NaN for text that is no duration.
 */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim();
  if (trimmed === '') {
    return undefined;
  }
  const match = /^(\d+(?:\.\d+)?)\s*(us|µs|μs|ms|s|m|min|h)$/i.exec(trimmed);
  const factor = UNITS[match?.[2]?.toLowerCase() ?? ''];
  return match && factor ? Number(match[1]) * factor : NaN;
}
