const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Steps that people count in. */
const STEPS_MS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map(count => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map(count => count * MINUTE),
  ...[1, 2, 3, 6, 12].map(count => count * HOUR),
  ...[1, 2, 7, 14, 28].map(count => count * DAY),
];

/** Round moments of an axis, no two with the same label. */
export interface TimeTicks {
  ticks: number[];
  label: (epochMs: number) => string;
}

/**
 * Ticks of an axis of time at round moments of the reader's clock. Labels are as
 * fine as the step, and have the date where the axis spans several days.
 *
 * @param most - how many ticks there may be
 */
export function timeTicks(
  startMs: number,
  endMs: number,
  most: number,
): TimeTicks {
  const range = Math.max(1, endMs - startMs);
  const step =
    STEPS_MS.find(candidate => range / candidate <= most - 1) ??
    Math.ceil(range / DAY / (most - 1)) * DAY;
  const offset = new Date(startMs).getTimezoneOffset() * MINUTE;
  const first = Math.ceil((startMs - offset) / step) * step + offset;
  const ticks: number[] = [];
  for (let tick = first; tick <= endMs; tick += step) {
    ticks.push(tick);
  }
  const hasDate =
    new Date(startMs).toDateString() !== new Date(endMs).toDateString();
  return { ticks, label: epochMs => labelOf(epochMs, step, hasDate) };
}

function labelOf(epochMs: number, step: number, hasDate: boolean): string {
  const date = new Date(epochMs);
  const day = date.toLocaleDateString(undefined, {
    month: 'short',
    day: 'numeric',
  });
  if (step >= DAY) {
    return day;
  }
  const time = date.toLocaleTimeString(undefined, {
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    ...(step < MINUTE ? { second: '2-digit' } : {}),
    ...(step < SECOND ? { fractionalSecondDigits: 3 } : {}),
  });
  return hasDate ? `${day} ${time}` : time;
}
