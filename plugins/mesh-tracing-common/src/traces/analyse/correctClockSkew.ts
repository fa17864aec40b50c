import { buildTraceTree, type TraceTreeRow } from './buildTraceTree';
import { isBlockingChild } from './criticalPath';
import { areOfOneHost } from '../model/areOfOneHost';
import type { Trace } from '../model/Trace';

/** What correcting the clocks of a trace would change. @public */
export interface SkewCorrection {
  /** The corrected trace; the given one is left as it is. */
  trace: Trace;
  /** Spans that were moved. */
  movedSpanIds: string[];
  /** Largest move, microseconds. */
  largestShiftUs: number;
}

function shiftFor(row: TraceTreeRow, parent: TraceTreeRow): number {
  const { offsetUs, durationUs } = row.span;
  const from = parent.span.offsetUs;
  const to = from + parent.span.durationUs;
  const mayOutlast = !isBlockingChild(parent.span, row.span);
  if (mayOutlast || durationUs > parent.span.durationUs) {
    return Math.max(0, from - offsetUs);
  }
  if (offsetUs >= from && offsetUs + durationUs <= to) {
    return 0;
  }
  return from + (parent.span.durationUs - durationUs) / 2 - offsetUs;
}

/**
 * How far a span is moved. One of the same host as its parent moves along with
 * it; hosts are compared only where that makes a difference.
 */
function shiftOf(
  row: TraceTreeRow,
  parent: TraceTreeRow,
  parentShift: number,
): number {
  const own = shiftFor(row, parent);
  return own !== parentShift && areOfOneHost(row.span, parent.span)
    ? parentShift
    : own;
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
  const shifts = new Map<string, number>();
  const moved = rows.map(row => ({ ...row, span: { ...row.span } }));
  moved.forEach(row => {
    const parent = moved[row.parentRow];
    if (!parent) {
      return;
    }
    const shift = shiftOf(row, parent, shifts.get(parent.span.spanId) ?? 0);
    if (shift !== 0) {
      shifts.set(row.span.spanId, shift);
      row.span.offsetUs += shift;
      row.span.events = row.span.events.map(event => ({
        ...event,
        offsetUs: event.offsetUs + shift,
      }));
    }
  });
  if (shifts.size === 0) {
    return undefined;
  }
  const spans = moved
    .map(row => row.span)
    .sort((a, b) => a.offsetUs - b.offsetUs);
  const ends = spans.reduce(
    (end, span) => Math.max(end, span.offsetUs + span.durationUs),
    0,
  );
  return {
    trace: { ...trace, spans, durationUs: ends - (spans[0]?.offsetUs ?? 0) },
    movedSpanIds: [...shifts.keys()],
    largestShiftUs: [...shifts.values()].reduce(
      (largest, shift) => Math.max(largest, Math.abs(shift)),
      0,
    ),
  };
}
