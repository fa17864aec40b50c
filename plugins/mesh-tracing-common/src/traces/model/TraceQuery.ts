import type { SpanKind } from './Trace';
import type { TraceSubject } from './TraceSubject';

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
  /**
   * Only traces in which a span that passes the filters was sent by this
   * subject. A service name alone does not tell: others may use it too.
   */
  subject?: TraceSubject;
  /** At most this many traces, newest first. */
  limit: number;
}
