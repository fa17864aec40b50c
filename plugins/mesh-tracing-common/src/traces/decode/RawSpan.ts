import type { Span, SpanEvent } from '../model/Trace';
import type { Timestamp } from './time';

/** A span as a decoder read it, before its trace is known as a whole. */
export interface RawSpan
  extends Omit<Span, 'offsetUs' | 'events' | 'durationUs'> {
  start: Timestamp;
  durationUs: number;
  events: Array<Omit<SpanEvent, 'offsetUs'> & { time: Timestamp }>;
}
