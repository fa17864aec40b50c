import {
  errorMessage,
  type Span,
  spanBelongsTo,
  type SpanKind,
  statusOf,
  type Trace,
  type TraceSubject,
} from '../traces';

/** One failed span. @public */
export interface ReportedError {
  /** Milliseconds since the epoch. */
  timeMs: number;
  traceId: string;
  spanId: string;
  service: string;
  operation: string;
  kind: SpanKind;
  message?: string;
  /** HTTP or gRPC status. */
  status?: string;
  /** The span is of the entity. */
  isSubject: boolean;
  /** No span right below it failed: the failure began here, as far as is known. */
  isOrigin: boolean;
  /**
   * Id of the failed span below that stands for the same call: the server's of
   * a client, or the application's behind its proxy. Whoever counts calls skips
   * spans that have it.
   */
  sameCallAs?: string;
}

/** Failed calls that look alike, each counted once. */
export interface ErrorGroup {
  count: number;
  /** The newest of them. */
  example: ReportedError;
}

/** All failed spans of some traces, newest first. @public */
export function collectErrors(
  traces: Iterable<Trace>,
  subject: TraceSubject,
): ReportedError[] {
  const errors: ReportedError[] = [];
  for (const trace of traces) {
    const failed = trace.spans.filter(({ status }) => status === 'error');
    const below = new Map<string, Span[]>();
    for (const span of failed) {
      const siblings = below.get(span.parentSpanId ?? '') ?? [];
      below.set(span.parentSpanId ?? '', [...siblings, span]);
    }
    for (const span of failed) {
      errors.push(errorOf({ trace, span, subject }, below.get(span.spanId)));
    }
  }
  return errors.sort((a, b) => b.timeMs - a.timeMs);
}

function errorOf(
  of: { trace: Trace; span: Span; subject: TraceSubject },
  failedBelow: Span[] = [],
): ReportedError {
  const { trace, span, subject } = of;
  const message = errorMessage(span);
  const status = statusOf(span);
  const sameCall = failedBelow.find(child => isSameCall(span, child, subject));
  return {
    timeMs: (trace.startTimeUs + span.offsetUs) / 1000,
    traceId: trace.traceId,
    spanId: span.spanId,
    service: span.service,
    operation: span.operation,
    kind: span.kind,
    ...(message ? { message } : {}),
    ...(status ? { status } : {}),
    isSubject: spanBelongsTo(span, subject),
    isOrigin: failedBelow.length === 0,
    ...(sameCall ? { sameCallAs: sameCall.spanId } : {}),
  };
}

/** Whether two failed spans, one right below the other, are of one call. */
function isSameCall(span: Span, child: Span, subject: TraceSubject): boolean {
  const side = sideOf(span);
  if (side === 'calls' && sideOf(child) === 'serves') {
    return true;
  }
  const sameParty =
    span.service === child.service ||
    (spanBelongsTo(span, subject) && spanBelongsTo(child, subject));
  return side !== undefined && side === sideOf(child) && sameParty;
}

function sideOf({ kind }: Span): 'calls' | 'serves' | undefined {
  if (kind === 'client' || kind === 'producer') {
    return 'calls';
  }
  return kind === 'server' || kind === 'consumer' ? 'serves' : undefined;
}

/**
 * Failed calls by service, operation, status and message, most frequent first. Of
 * the spans of one call the lowest counts; what its caller says of it stands in
 * where it has no message of its own.
 */
export function groupErrors(errors: ReportedError[]): ErrorGroup[] {
  const callers = new Map(
    errors.flatMap(error =>
      error.sameCallAs
        ? [[idOf(error.traceId, error.sameCallAs), error] as const]
        : [],
    ),
  );
  const groups = new Map<string, ErrorGroup>();
  for (const error of errors.filter(({ sameCallAs }) => !sameCallAs)) {
    const call = { ...error, ...messageOf(error, callers) };
    const key = keyOf(call);
    const { count, example } = groups.get(key) ?? { count: 0, example: call };
    groups.set(key, {
      count: count + 1,
      example: call.timeMs > example.timeMs ? call : example,
    });
  }
  return [...groups.values()].sort(
    (a, b) => b.count - a.count || b.example.timeMs - a.example.timeMs,
  );
}

function idOf(traceId: string, spanId: string): string {
  return `${traceId} ${spanId}`;
}

function keyOf(error: ReportedError): string {
  const { service, operation, status, message, isSubject, isOrigin } = error;
  return JSON.stringify([
    service,
    operation,
    status ?? null,
    message ?? null,
    isSubject,
    isOrigin,
  ]);
}

/** Its own message, else the nearest of those that report the same call from above. */
function messageOf(
  error: ReportedError,
  callers: ReadonlyMap<string, ReportedError>,
): Pick<ReportedError, 'message'> {
  const seen = new Set<ReportedError>();
  let teller: ReportedError | undefined = error;
  while (teller && !seen.has(teller)) {
    if (teller.message && teller.message !== `status ${teller.status}`) {
      return { message: teller.message };
    }
    seen.add(teller);
    teller = callers.get(idOf(teller.traceId, teller.spanId));
  }
  return error.message ? { message: error.message } : {};
}
