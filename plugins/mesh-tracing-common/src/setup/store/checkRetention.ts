import { inWords } from '../numbers';
import { evidenceOf, type SetupFinding } from '../SetupFinding';
import { setupFindingCatalog } from '../setupFindingCatalog';

/** A smaller part of the range is not missed. */
export const MISSING_SHARE = 0.1;
/** And a shorter time may be without requests anywhere. */
export const LEAST_MISSING_MS = 5 * 60_000;
/** So many traces can't be missing by chance. */
export const EXPECTED_TRACES = 10;
/** Where one or two other names are as young, they may have begun together. */
export const LEAST_NAMES = 3;

/** What is known of the older part of a window. @public */
export interface RetentionInput {
  startTimeMs: number;
  endTimeMs: number;
  /** Of the entity's oldest trace; absent without one. */
  oldestTraceMs?: number;
  /**
   * Traces of the entity that there must have been before it, by metrics and the
   * sampling in force; absent = not known.
   */
  expectedBefore?: number;
  /** Of other names of the store, asked for that part of the window. */
  others?: { askedCount: number; haveOlder: boolean };
}

/** Whether the part of the window before that trace is to be looked into. @public */
export function lacksOlderPart(
  input: Pick<RetentionInput, 'startTimeMs' | 'endTimeMs' | 'oldestTraceMs'>,
): boolean {
  const { startTimeMs, endTimeMs, oldestTraceMs } = input;
  const missingMs = (oldestTraceMs ?? startTimeMs) - startTimeMs;
  return (
    missingMs >= LEAST_MISSING_MS &&
    missingMs >= MISSING_SHARE * (endTimeMs - startTimeMs)
  );
}

/**
 * Whether the store has forgotten the older part of the window. A service without
 * requests has no old traces either: metrics must tell of requests, or no other
 * service of the store may have anything so old.
 * @public
 */
export function checkRetention(
  input: RetentionInput,
): SetupFinding | undefined {
  const { oldestTraceMs, startTimeMs, endTimeMs, others } = input;
  const { expectedBefore = 0 } = input;
  if (oldestTraceMs === undefined || !lacksOlderPart(input)) {
    return undefined;
  }
  const isProven =
    expectedBefore >= EXPECTED_TRACES && others?.haveOlder !== true;
  const isLikely =
    others !== undefined &&
    !others.haveOlder &&
    others.askedCount >= LEAST_NAMES;
  if (!isProven && !isLikely) {
    return undefined;
  }
  const rangeMs = endTimeMs - startTimeMs;
  return {
    severity: isProven ? 'warning' : 'info',
    code: 'retention-shorter-than-range',
    what: `The trace store has nothing older than ${inWords(
      endTimeMs - oldestTraceMs,
    )} before the end of the range, which is ${inWords(rangeMs)} long.`,
    whatToDo: setupFindingCatalog['retention-shorter-than-range'].whatToDo,
    evidence: evidenceOf(
      ['range', rangeMs, 'duration-ms'],
      ['oldest-trace-at', Math.round(oldestTraceMs), 'time-ms'],
      ['names-looked-at', others?.askedCount, 'count'],
      [
        'request-count',
        expectedBefore > 0 ? Math.round(expectedBefore) : undefined,
        'count',
      ],
    ),
    mends: [
      {
        kind: 'action',
        title: 'Look at the traces of a shorter range',
        view: 'traces',
      },
    ],
  };
}
