import { InputError } from '@backstage/errors';
import { withErrorDetails } from '../shared/errorDetails';

/** A time window, milliseconds since the epoch. */
export interface TimeWindow {
  startTimeMs: number;
  endTimeMs: number;
}

const DEFAULT_LENGTH_MS = 3_600_000;

/**
 * The window that a view asked for; what is missing makes it the given length,
 * one hour by default, and lets it end now.
 *
 * @throws InputError when it ends before it starts.
 */
export function resolveWindow(
  asked: Partial<TimeWindow>,
  nowMs: number,
  lengthMs = DEFAULT_LENGTH_MS,
): TimeWindow {
  const endTimeMs =
    asked.endTimeMs ?? Math.max(nowMs, (asked.startTimeMs ?? 0) + 1);
  const startTimeMs = asked.startTimeMs ?? Math.max(0, endTimeMs - lengthMs);
  if (startTimeMs >= endTimeMs) {
    throw withErrorDetails(
      new InputError('startTimeMs must be before endTimeMs'),
      { system: 'portal', field: 'startTimeMs' },
    );
  }
  return { startTimeMs, endTimeMs };
}
