import { buildTraceTree, type TraceTreeRow } from './buildTraceTree';
import { isBlockingChild } from './criticalPath';
import { areOfOneHost } from '../model/areOfOneHost';
import type { Span, Trace } from '../model/Trace';

/** What correcting the clocks of a trace would change. @public */
export interface SkewCorrection {
  /** The corrected trace; the given one is left as it is. */
  trace: Trace;
  /** Spans that were moved. */
  movedSpanIds: string[];
  /** Largest move, microseconds. */
  largestShiftUs: number;
}

/** A row's span, its start moved along with its host's clock. */
interface MovedRow {
  row: TraceTreeRow;
  offsetUs: number;
}

function shiftFor({ row, offsetUs }: MovedRow, parent: MovedRow): number {
  const { durationUs } = row.span;
  const from = parent.offsetUs;
  const parentUs = parent.row.span.durationUs;
  const mayOutlast = !isBlockingChild(parent.row.span, row.span);
  if (mayOutlast || durationUs > parentUs) {
    return Math.max(0, from - offsetUs);
  }
  if (offsetUs >= from && offsetUs + durationUs <= from + parentUs) {
    return 0;
  }
  return from + (parentUs - durationUs) / 2 - offsetUs;
}

/**
 * How far a span is moved. One of the same host as its parent moves along with
 * it; hosts are compared only where that makes a difference.
 */
function shiftOf(
  moved: MovedRow,
  parent: MovedRow,
  parentShift: number,
): number {
  const own = shiftFor(moved, parent);
  return own !== parentShift && areOfOneHost(moved.row.span, parent.row.span)
    ? parentShift
    : own;
}

/** How far each row is moved, microseconds; 0 for those that stay. */
export function skewShifts(rows: readonly TraceTreeRow[]): Float64Array {
  const shifts = new Float64Array(rows.length);
  rows.forEach((row, at) => {
    const parent = rows[row.parentRow];
    if (parent) {
      const parentShift = shifts[row.parentRow] as number;
      shifts[at] = shiftOf(
        { row, offsetUs: row.span.offsetUs },
        { row: parent, offsetUs: parent.span.offsetUs + parentShift },
        parentShift,
      );
    }
  });
  return shifts;
}

/** What an offer to move spans says of them; undefined when none would move. */
export function summarizeShifts(
  shifts: Float64Array,
): { movedSpanCount: number; largestShiftUs: number } | undefined {
  let movedSpanCount = 0;
  let largestShiftUs = 0;
  for (const shift of shifts) {
    movedSpanCount += shift !== 0 ? 1 : 0;
    largestShiftUs = Math.max(largestShiftUs, Math.abs(shift));
  }
  return movedSpanCount > 0 ? { movedSpanCount, largestShiftUs } : undefined;
}

/**
 * Offers a trace with the clocks of its hosts brought in line: a span of another
 * host that lies outside its parent is centred in it (one that is longer, or that
 * its parent does not wait for, only begins no earlier), and what follows on that host moves along. Undefined when
 * nothing would move. To be shown on demand only, since it guesses.
 * @public
 */
export function correctClockSkew(trace: Trace): SkewCorrection | undefined {
  const { rows } = buildTraceTree(trace);
  const shifts = skewShifts(rows);
  const summary = summarizeShifts(shifts);
  if (!summary) {
    return undefined;
  }
  const spans = rows
    .map(({ span }, at) => moveSpan(span, shifts[at] as number))
    .sort((a, b) => a.offsetUs - b.offsetUs);
  const ends = spans.reduce(
    (end, span) => Math.max(end, span.offsetUs + span.durationUs),
    0,
  );
  return {
    trace: { ...trace, spans, durationUs: ends - (spans[0]?.offsetUs ?? 0) },
    movedSpanIds: rows.flatMap(({ span }, at) =>
      shifts[at] === 0 ? [] : [span.spanId],
    ),
    largestShiftUs: summary.largestShiftUs,
  };
}

function moveSpan(span: Span, shiftUs: number): Span {
  return shiftUs === 0
    ? span
    : {
        ...span,
        offsetUs: span.offsetUs + shiftUs,
        events: span.events.map(event => ({
          ...event,
          offsetUs: event.offsetUs + shiftUs,
        })),
      };
}
