import {
  addAttribute,
  isErrorAttribute,
  jaegerTagValue,
  takeText,
  valuesOf,
} from '../model/attributes';
import { normalizeSpanId, normalizeTraceId } from './ids';
import { asArray, asRecord, asText, type JsonRecord } from './json';
import type { Attributes, SpanStatus, Trace } from '../model/Trace';
import { spanKindOf } from '../model/spanKind';
import { spanStatusOf } from '../model/spanStatus';
import { gatewayFailure, legacyFailure } from './storeFailure';
import { TraceAssembler } from './TraceAssembler';
import { type RawSpan } from './RawSpan';
import { boundedDurationUs, timestampFromUs } from './time';
import { distinctWarnings, NEGATIVE_DURATION } from './warnings';

/** Service of spans whose process is missing or has no name. @public */
export const UNKNOWN_SERVICE = 'unknown-service';

/**
 * Reads traces in the JSON of Jaeger's legacy query API: the envelope
 * `{data: [...]}`, a list of traces, or one trace. Tolerant: nulls, missing
 * fields and unknown fields are accepted; what is no trace is left out.
 *
 * @throws StoreStreamError when the answer holds an error that is about no single
 *   trace, unless all it says is that there are no traces
 * @public
 */
export function decodeJaegerTraces(json: unknown): Trace[] {
  const assembler = new TraceAssembler();
  walkJaegerTraces(json, {
    span: (item, { traceId, processes }) => {
      const span = asRecord(item);
      const id = normalizeTraceId(span?.traceID) ?? traceId;
      if (span && id) {
        assembler.addSpan(id, readJaegerSpan(span, id, processes));
      }
    },
    warning: (traceId, text) => assembler.addWarning(traceId, text),
  });
  return assembler.finish();
}

/** What the spans of one item of a body have in common. */
export interface JaegerSource {
  /** Normalised; of spans that name none. */
  traceId: string | undefined;
  /** By their ids. */
  processes: ReadonlyMap<string, JaegerProcess>;
}

/** Is told what a body holds. */
export interface JaegerVisitor {
  /** What stands where a span does. */
  span(item: unknown, source: JaegerSource): void;
  warning(traceId: string, text: string): void;
}

/**
 * Visits spans and warnings, in order.
 *
 * @throws as {@link decodeJaegerTraces}
 */
export function walkJaegerTraces(json: unknown, visitor: JaegerVisitor): void {
  const envelope = asRecord(json);
  const list = Array.isArray(json) ? json : asArray(envelope?.data);
  const traces = envelope && Array.isArray(envelope.spans) ? [envelope] : list;
  const failure = gatewayFailure(envelope) ?? legacyFailure(envelope);
  if (failure && (failure.status !== 404 || traces.length > 0)) {
    throw failure;
  }
  for (const item of traces) {
    const trace = asRecord(item);
    if (trace) {
      walkTrace(trace, visitor);
    }
  }
  for (const error of asArray(envelope?.errors)) {
    tellTraceError(asRecord(error), visitor);
  }
}

/**
 * Keeps an error that the store reports about a single trace as a warning of
 * that trace.
 */
function tellTraceError(
  error: JsonRecord | undefined,
  visitor: JaegerVisitor,
): void {
  const traceId = normalizeTraceId(error?.traceID);
  const message = asText(error?.msg);
  if (traceId && message) {
    visitor.warning(traceId, message);
  }
}

/** Who sent spans. */
export interface JaegerProcess {
  service: string;
  resource: Attributes;
}

function walkTrace(trace: JsonRecord, visitor: JaegerVisitor): void {
  const traceId = normalizeTraceId(trace.traceID);
  const processes = readProcesses(asRecord(trace.processes));
  for (const item of asArray(trace.spans)) {
    visitor.span(item, { traceId, processes });
  }
  for (const warning of asArray(trace.warnings)) {
    if (traceId && typeof warning === 'string') {
      visitor.warning(traceId, warning);
    }
  }
}

function readProcesses(
  processes: JsonRecord | undefined,
): Map<string, JaegerProcess> {
  const byId = new Map<string, JaegerProcess>();
  for (const [id, value] of Object.entries(processes ?? {})) {
    const process = asRecord(value);
    byId.set(id, {
      service: asText(process?.serviceName) || UNKNOWN_SERVICE,
      resource: readTags(process?.tags),
    });
  }
  return byId;
}

function readTags(tags: unknown, warnings?: string[]): Attributes {
  const attributes: Attributes = {};
  for (const item of asArray(tags)) {
    const tag = asRecord(item);
    const key = asText(tag?.key);
    const value = jaegerTagValue(tag?.type, tag?.value);
    if (key !== undefined && value !== undefined) {
      if (!addAttribute(attributes, key, value)) {
        warnings?.push(`Attribute ${key} was sent twice`);
      }
    }
  }
  return attributes;
}

function readStatus(attributes: Attributes): SpanStatus {
  const codes = valuesOf(attributes['otel.status_code']).map(spanStatusOf);
  const isError = isErrorAttribute(attributes.error);
  if (attributes.error === true) {
    delete attributes.error;
  }
  if (codes.length === 1) {
    delete attributes['otel.status_code'];
  }
  if (isError || codes.includes('error')) {
    return 'error';
  }
  return codes.includes('ok') ? 'ok' : 'unset';
}

function readScope(attributes: Attributes): RawSpan['scope'] {
  const name =
    takeText(attributes, 'otel.scope.name') ??
    takeText(attributes, 'otel.library.name');
  const version =
    takeText(attributes, 'otel.scope.version') ??
    takeText(attributes, 'otel.library.version');
  return name ? { name, ...(version ? { version } : {}) } : undefined;
}

function readReferences(
  span: JsonRecord,
  traceId: string,
): Pick<RawSpan, 'parentSpanId' | 'followsFrom' | 'links'> {
  const references = asArray(span.references).flatMap(item => {
    const reference = asRecord(item);
    const spanId = normalizeSpanId(reference?.spanID);
    const refTraceId = normalizeTraceId(reference?.traceID);
    return spanId && refTraceId
      ? [{ type: reference?.refType, traceId: refTraceId, spanId }]
      : [];
  });
  const local = references.filter(reference => reference.traceId === traceId);
  const parent =
    local.find(reference => reference.type === 'CHILD_OF') ?? local[0];
  const links = references
    .filter(reference => reference !== parent)
    .map(({ traceId: linkTraceId, spanId }) => ({
      traceId: linkTraceId,
      spanId,
    }));
  const parentSpanId = parent?.spanId ?? normalizeSpanId(span.parentSpanID);
  return {
    ...(parentSpanId ? { parentSpanId } : {}),
    ...(parent?.type === 'FOLLOWS_FROM' ? { followsFrom: true } : {}),
    links,
  };
}

function readEvents(logs: unknown): RawSpan['events'] {
  return asArray(logs).flatMap(item => {
    const log = asRecord(item);
    if (!log) {
      return [];
    }
    const attributes = readTags(log.fields);
    const name = takeText(attributes, 'event') ?? 'log';
    return [{ time: timestampFromUs(log.timestamp), name, attributes }];
  });
}

/** Reads one span, whatever it lacks. */
export function readJaegerSpan(
  span: JsonRecord,
  traceId: string,
  processes: ReadonlyMap<string, JaegerProcess>,
): RawSpan {
  const warnings = distinctWarnings(asArray(span.warnings));
  const attributes = readTags(span.tags, warnings);
  const process = processes.get(asText(span.processID) ?? '');
  const kind = spanKindOf(takeText(attributes, 'span.kind'));
  const status = readStatus(attributes);
  const statusMessage = takeText(attributes, 'otel.status_description');
  const scope = readScope(attributes);
  takeText(attributes, 'internal.span.format');
  const durationUs = boundedDurationUs(span.duration);
  if (Number(span.duration) < 0) {
    warnings.push(NEGATIVE_DURATION);
  }
  return {
    spanId: normalizeSpanId(span.spanID) ?? 'unidentified',
    ...readReferences(span, traceId),
    service: process?.service ?? UNKNOWN_SERVICE,
    operation: asText(span.operationName) ?? '',
    kind,
    status,
    ...(statusMessage ? { statusMessage } : {}),
    start: timestampFromUs(span.startTime),
    durationUs,
    attributes,
    resource: process?.resource ?? {},
    ...(scope ? { scope } : {}),
    events: readEvents(span.logs),
    warnings,
  };
}
