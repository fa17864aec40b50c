import type { Trace } from 'backstage-plugin-mesh-tracing-common';

/** A search as it reaches the storage of the imitated Jaeger. */
export interface SpanSearch {
  /** Every service when absent. */
  service?: string;
  operation?: string;
  /** Nanoseconds since the epoch, both ends included. */
  startNs: bigint;
  endNs: bigint;
  /** Zero means "no limit", as in Jaeger. */
  minDurationNs: number;
  maxDurationNs: number;
  attributes: Record<string, string>;
  limit: number;
}

/** A trace with spans that match, before the storage picks some. */
export interface FoundSpans {
  trace: Trace;
  /** Place in the order of arrival. */
  arrival: number;
  /** Starts of the matching spans, nanoseconds since the epoch. */
  startsNs: bigint[];
}
