import { formatPercent } from 'backstage-plugin-mesh-tracing-common';

export { formatPercent };

/** A duration for people: `870 µs`, `12.3 ms`, `1.42 s`, `2 min 5 s`. */
export function formatDuration(durationUs: number): string {
  if (durationUs < 999.5) {
    return `${significant(durationUs)} µs`;
  }
  if (durationUs < 999_500) {
    return `${significant(durationUs / 1_000)} ms`;
  }
  if (durationUs < 59_950_000) {
    return `${significant(durationUs / 1_000_000)} s`;
  }
  return formatSpan(durationUs / 1_000);
}

/** A longer stretch of time, two units at most: `1 h 12 min`, `45 s`. */
export function formatSpan(durationMs: number): string {
  const seconds = Math.max(0, Math.round(durationMs / 1_000));
  const units: Array<[number, string]> = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor((seconds % 86_400) / 3_600), 'h'],
    [Math.floor((seconds % 3_600) / 60), 'min'],
    [seconds % 60, 's'],
  ];
  const first = units.findIndex(([count]) => count > 0);
  if (first < 0) {
    return '0 s';
  }
  return units
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** Percentages from the lowest to the highest; undefined where there are none. */
export function formatPercentRange(percents: number[]): string | undefined {
  const ends = [...new Set([Math.min(...percents), Math.max(...percents)])];
  return percents.length === 0
    ? undefined
    : ends.map(formatPercent).join(' – ');
}

/** A share of a whole, `3.2 %`; a dash for the share of nothing. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) {
    return '–';
  }
  const percent = (100 * part) / whole;
  return `${Number(percent.toFixed(percent > 0 && percent < 1 ? 2 : 1))} %`;
}

/** A value that may be unknown: formatted, or a dash. */
export function formatOrDash(
  value: number | null,
  format: (value: number) => string,
): string {
  return value === null ? '–' : format(value);
}

/** A count with separators of thousands. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** A rate: at most three significant digits. */
export function formatRate(rate: number): string {
  return significant(rate);
}

/** Bytes with a decimal prefix: `1.2 GB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const power = Math.min(
    units.length - 1,
    bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3),
  );
  return `${significant(bytes / 1_000 ** power)} ${units[power]}`;
}

/** Time of day in the reader's zone, with the date when it isn't today. */
export function formatTime(
  epochMs: number,
  nowMs: number = Date.now(),
): string {
  const date = new Date(epochMs);
  const time = date.toLocaleTimeString(undefined, { hour12: false });
  return date.toDateString() === new Date(nowMs).toDateString()
    ? time
    : `${formatDate(epochMs)} ${time}`;
}

/** Date and time in the reader's zone, for people. */
export function formatDateTime(epochMs: number): string {
  const time = new Date(epochMs).toLocaleTimeString(undefined, {
    hour12: false,
    hour: '2-digit',
    minute: '2-digit',
  });
  return `${formatDate(epochMs)} ${time}`;
}

function formatDate(epochMs: number): string {
  return new Date(epochMs).toLocaleDateString(undefined, {
    month: 'short',
    day: 'numeric',
  });
}

function significant(value: number): string {
  return value >= 100
    ? String(Math.round(value))
    : String(Number(value.toPrecision(3)));
}
