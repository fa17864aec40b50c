import type { RawSpan } from './RawSpan';
import type { Span, Trace } from '../model/Trace';
import { deduplicateSpans } from './deduplicateSpans';
import { repairStartTimes } from './repairStartTimes';
import { isTime, microsecondsBetween, type Timestamp } from './time';

interface RawTrace {
  spans: RawSpan[];
  warnings: string[];
}

/**
 * Puts spans together to traces, in whatever order and however split they come,
 * and repairs what stores send wrong: duplicates, shared ids, missing times.
 */
export class TraceAssembler {
  readonly #traces = new Map<string, RawTrace>();

  addSpan(traceId: string, span: RawSpan): void {
    this.#trace(traceId).spans.push(span);
  }

  addWarning(traceId: string, warning: string): void {
    this.#trace(traceId).warnings.push(warning);
  }

  finish(): Trace[] {
    const traces: Trace[] = [];
    for (const [traceId, raw] of this.#traces) {
      if (raw.spans.length > 0) {
        traces.push(assembleTrace(traceId, raw));
      }
    }
    return traces;
  }

  #trace(traceId: string): RawTrace {
    let trace = this.#traces.get(traceId);
    if (!trace) {
      trace = { spans: [], warnings: [] };
      this.#traces.set(traceId, trace);
    }
    return trace;
  }
}

function earliest(spans: RawSpan[]): Timestamp {
  let first: Timestamp | undefined;
  for (const { start } of spans) {
    if (isTime(start) && (!first || microsecondsBetween(start, first) > 0)) {
      first = start;
    }
  }
  return { us: first?.us ?? 0, ns: 0 };
}

function assembleTrace(traceId: string, raw: RawTrace): Trace {
  const warnings = [...raw.warnings];
  const rawSpans = deduplicateSpans(raw.spans, warnings);
  const origin = earliest(rawSpans);
  repairStartTimes(rawSpans, origin, warnings);
  let endUs = 0;
  const spans = rawSpans.map((rawSpan): Span => {
    const span = placeSpan(rawSpan, origin);
    endUs = Math.max(endUs, span.offsetUs + span.durationUs);
    return span;
  });
  spans.sort((a, b) => a.offsetUs - b.offsetUs);
  const startUs = spans[0]?.offsetUs ?? 0;
  return {
    traceId,
    startTimeUs: origin.us,
    durationUs: endUs - startUs,
    spans,
    warnings,
  };
}

/** The span with its times since the start of its trace. */
export function placeSpan(
  { start, events, ...rest }: RawSpan,
  origin: Timestamp,
): Span {
  const offsetUs = microsecondsBetween(origin, start);
  return {
    ...rest,
    offsetUs,
    events: events.map(({ time, ...event }) => ({
      ...event,
      offsetUs: isTime(time) ? microsecondsBetween(origin, time) : offsetUs,
    })),
  };
}
