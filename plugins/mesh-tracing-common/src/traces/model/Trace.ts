/** Typed value of a span attribute. @public */
export type AttributeValue =
  | string
  | number
  | boolean
  | AttributeValue[]
  | { [key: string]: AttributeValue };

/** Attributes by name. @public */
export type Attributes = Record<string, AttributeValue>;

/** OpenTelemetry span kind, lower case; `unspecified` if the store has none. @public */
export type SpanKind =
  | 'unspecified'
  | 'internal'
  | 'server'
  | 'client'
  | 'producer'
  | 'consumer';

/** OpenTelemetry span status. @public */
export type SpanStatus = 'unset' | 'ok' | 'error';

/** Something that happened during a span. @public */
export interface SpanEvent {
  /** Since the start of the trace; fractions hold nanoseconds. */
  offsetUs: number;
  name: string;
  attributes: Attributes;
}

/** A reference to another span that is not the parent. @public */
export interface SpanLink {
  traceId: string;
  spanId: string;
  attributes?: Attributes;
}

/** What made a span: an instrumentation library, or a proxy. @public */
export interface SpanScope {
  /** Empty where a scope has nothing but attributes. */
  name: string;
  version?: string;
  /** Only there where the reader asked for them. */
  attributes?: Attributes;
}

/** One span, independent of the store it came from. @public */
export interface Span {
  /**
   * 16 hex digits, lower case. Unique in its trace: where a store sent an id for
   * different spans, the others got a suffix (`_1`).
   */
  spanId: string;
  /** Absent for a root; may name a span that the trace lacks (an orphan). */
  parentSpanId?: string;
  /**
   * Refers to its parent by OpenTracing's FOLLOWS_FROM: the parent caused the
   * span, but does not wait for it.
   */
  followsFrom?: boolean;
  /** Trace service name. */
  service: string;
  operation: string;
  kind: SpanKind;
  status: SpanStatus;
  statusMessage?: string;
  /** Since `Trace.startTimeUs`; fractions hold nanoseconds. */
  offsetUs: number;
  /** Never negative; fractions hold nanoseconds. */
  durationUs: number;
  attributes: Attributes;
  /** Attributes of the process that sent the span. */
  resource: Attributes;
  scope?: SpanScope;
  events: SpanEvent[];
  links: SpanLink[];
  /** What the store or the reader noticed, in plain words. */
  warnings: string[];
  /**
   * The portal withheld all but place, service, operation and times, since the
   * caller may not read the entity whose span it is.
   */
  redacted?: boolean;
}

/** One trace, independent of the store it came from. @public */
export interface Trace {
  /** 32 hex digits, lower case. */
  traceId: string;
  /** Earliest span start, whole microseconds since the epoch. */
  startTimeUs: number;
  /** Latest span end minus earliest start. */
  durationUs: number;
  /** In order of start. */
  spans: Span[];
  warnings: string[];
}

/** Spans of one service in a trace. @public */
export interface TraceServiceCount {
  name: string;
  spanCount: number;
  errorSpanCount: number;
}

/** One row of a list of traces. @public */
export interface TraceSummary {
  traceId: string;
  /** Absent when every span is an orphan. */
  rootService?: string;
  rootOperation?: string;
  /** Of the earliest span where there is no root; absent if the store does not tell. */
  earliestService?: string;
  earliestOperation?: string;
  /** Milliseconds since the epoch, fractional. */
  startTimeMs: number;
  /** Wall clock of the whole trace. */
  durationUs: number;
  spanCount: number;
  errorSpanCount: number;
  /** Spans whose parent is missing. */
  orphanSpanCount: number;
  services: TraceServiceCount[];
}

/** How much of a trace with too many spans is there. @public */
export interface TraceCut {
  /** Spans that were kept, the first that the store sent. */
  shownSpanCount: number;
  /** Spans that the store sent. */
  spanCount: number;
}
