import type { SpanKind } from './model';

/**
 * A search for traces. Filters on spans (operation, kind, errors, attributes,
 * span duration) apply to a single span, as in Jaeger; those on the trace's
 * duration to the whole trace.
 * @public
 */
export interface TraceQuery {
  /** Trace service names; the results of all are merged. */
  services: string[];
  /** Milliseconds since the epoch. */
  startTimeMs: number;
  endTimeMs: number;
  operation?: string;
  kind?: SpanKind;
  errorsOnly?: boolean;
  attributes?: Record<string, string>;
  minSpanDurationUs?: number;
  maxSpanDurationUs?: number;
  minTraceDurationUs?: number;
  maxTraceDurationUs?: number;
  /** At most this many traces, newest first. */
  limit: number;
}
