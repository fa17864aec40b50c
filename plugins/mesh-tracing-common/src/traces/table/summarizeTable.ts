import {
  matchesTraceDuration,
  type TraceFilter,
} from '../analyse/matchesTraceQuery';
import type { TraceServiceCount, TraceSummary } from '../model/Trace';
import { senderBelongsTo } from '../model/spanBelongsTo';
import { SPAN_KINDS } from '../model/spanKind';
import { SPAN_FLAGS, type Sender, type SpanTable } from './SpanTable';
import { compareText } from '../../shared/compareText';
import type { TraceSubject } from '../model/TraceSubject';

/** Index of the trace's first span: the earliest without a parent; -1 if all are orphans. */
export function rootOfTrace(table: SpanTable, trace: number): number {
  const last = table.traceFirst[trace + 1] as number;
  let root = -1;
  for (let i = table.traceFirst[trace] as number; i < last; i++) {
    const isRoot =
      (table.parents[i] as number) < 0 &&
      !((table.flags[i] as number) & SPAN_FLAGS.orphan);
    if (
      isRoot &&
      (root < 0 || (table.starts[i] as number) < (table.starts[root] as number))
    ) {
      root = i;
    }
  }
  return root;
}

/** Index of its trace by span. */
export function traceOfSpans(table: SpanTable): Int32Array {
  const traces = new Int32Array(table.starts.length);
  for (let trace = 0; trace < table.traceIds.length; trace++) {
    traces.fill(
      trace,
      table.traceFirst[trace] as number,
      table.traceFirst[trace + 1] as number,
    );
  }
  return traces;
}

/** Wall clock of one trace, microseconds. @public */
export function durationOfTrace(table: SpanTable, trace: number): number {
  const last = table.traceFirst[trace + 1] as number;
  let start = Infinity;
  let end = -Infinity;
  for (let i = table.traceFirst[trace] as number; i < last; i++) {
    start = Math.min(start, table.starts[i] as number);
    end = Math.max(end, table.ends[i] as number);
  }
  return end > start ? end - start : 0;
}

function serviceOf(table: SpanTable, span: number): number {
  return (table.senders[table.senderOf[span] as number] as Sender).service;
}

function earliestOfTrace(table: SpanTable, trace: number): number {
  const last = table.traceFirst[trace + 1] as number;
  let earliest = table.traceFirst[trace] as number;
  for (let i = earliest + 1; i < last; i++) {
    if ((table.starts[i] as number) < (table.starts[earliest] as number)) {
      earliest = i;
    }
  }
  return earliest;
}

/** Names of the root, else of the earliest span. */
function namesOf(table: SpanTable, trace: number): Partial<TraceSummary> {
  const root = rootOfTrace(table, trace);
  const span = root < 0 ? earliestOfTrace(table, trace) : root;
  const service = table.services[serviceOf(table, span)] as string;
  const operation = table.operations[
    table.operationOf[span] as number
  ] as string;
  return root < 0
    ? { earliestService: service, earliestOperation: operation }
    : { rootService: service, rootOperation: operation };
}

/** The row of one trace, equal to that of `summarizeTrace`. @public */
export function summarizeTableTrace(
  table: SpanTable,
  trace: number,
): TraceSummary {
  const first = table.traceFirst[trace] as number;
  const last = table.traceFirst[trace + 1] as number;
  const services = new Map<number, TraceServiceCount>();
  let errorSpanCount = 0;
  let orphanSpanCount = 0;
  for (let i = first; i < last; i++) {
    const index = serviceOf(table, i);
    let service = services.get(index);
    if (!service) {
      const name = table.services[index] as string;
      service = { name, spanCount: 0, errorSpanCount: 0 };
      services.set(index, service);
    }
    const flags = table.flags[i] as number;
    service.spanCount += 1;
    service.errorSpanCount += flags & SPAN_FLAGS.error ? 1 : 0;
    errorSpanCount += flags & SPAN_FLAGS.error ? 1 : 0;
    orphanSpanCount += flags & SPAN_FLAGS.orphan ? 1 : 0;
  }
  return {
    traceId: table.traceIds[trace] as string,
    ...namesOf(table, trace),
    startTimeMs: (table.traceStartUs[trace] as number) / 1000,
    durationUs: durationOfTrace(table, trace),
    spanCount: last - first,
    errorSpanCount,
    orphanSpanCount,
    services: [...services.values()].sort((a, b) =>
      compareText(a.name, b.name),
    ),
  };
}

/** For each sender of a table 1 if it belongs to the subject, else 0. @public */
export function subjectSenders(
  table: SpanTable,
  subject: TraceSubject,
): Uint8Array {
  return Uint8Array.from(table.senders, sender =>
    Number(
      senderBelongsTo(
        table.services[sender.service] as string,
        sender.identity,
        subject,
      ),
    ),
  );
}

/**
 * A test for the traces of a table: at least one span was sent by the subject.
 * @public
 */
export function tableTraceBelongs(
  table: SpanTable,
  subject: TraceSubject,
): (trace: number) => boolean {
  const isSubject = subjectSenders(table, subject);
  return trace => {
    const last = table.traceFirst[trace + 1] as number;
    for (let i = table.traceFirst[trace] as number; i < last; i++) {
      if (isSubject[table.senderOf[i] as number]) {
        return true;
      }
    }
    return false;
  };
}

/**
 * A test for the spans of a table: it passes all filters on spans but attributes,
 * which columns do not hold.
 * @public
 */
export function tableSpanMatcher(
  table: SpanTable,
  filter: TraceFilter,
): (span: number) => boolean {
  const services = new Set(filter.services);
  const isSubject = filter.subject && subjectSenders(table, filter.subject);
  const senderFits = table.senders.map(
    (sender, i) =>
      (services.size === 0 ||
        services.has(table.services[sender.service] as string)) &&
      isSubject?.[i] !== 0,
  );
  const operationFits = table.operations.map(
    operation =>
      filter.operation === undefined || operation === filter.operation,
  );
  const kind = filter.kind ? SPAN_KINDS.indexOf(filter.kind) : -1;
  const shortest = filter.minSpanDurationUs ?? 0;
  const longest = filter.maxSpanDurationUs ?? Infinity;
  return i =>
    senderFits[table.senderOf[i] as number] === true &&
    operationFits[table.operationOf[i] as number] === true &&
    (kind < 0 || table.kinds[i] === kind) &&
    (!filter.errorsOnly || !!((table.flags[i] as number) & SPAN_FLAGS.error)) &&
    (table.durations[i] as number) >= shortest &&
    (table.durations[i] as number) <= longest;
}

/**
 * A test for the traces of a table: at least one span passes
 * {@link tableSpanMatcher}, and the trace's duration fits.
 * @public
 */
export function tableTraceMatcher(
  table: SpanTable,
  filter: TraceFilter,
): (trace: number) => boolean {
  const spanFits = tableSpanMatcher(table, filter);
  return trace => {
    if (!matchesTraceDuration(durationOfTrace(table, trace), filter)) {
      return false;
    }
    const last = table.traceFirst[trace + 1] as number;
    for (let i = table.traceFirst[trace] as number; i < last; i++) {
      if (spanFits(i)) {
        return true;
      }
    }
    return false;
  };
}
