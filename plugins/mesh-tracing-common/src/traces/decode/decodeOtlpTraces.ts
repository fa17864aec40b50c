import {
  isErrorAttribute,
  otlpAttributes,
  takeText,
} from '../model/attributes';
import { UNKNOWN_SERVICE } from './decodeJaegerTraces';
import { normalizeSpanId, normalizeTraceId } from './ids';
import {
  asArray,
  asRecord,
  asText,
  parseJsonSequence,
  type JsonRecord,
} from './json';
import type { Attributes, SpanStatus, Trace } from '../model/Trace';
import { readOtlpParent } from './otlpParent';
import { spanKindOf } from '../model/spanKind';
import { spanStatusOf } from '../model/spanStatus';
import { gatewayFailure } from './storeFailure';
import { TraceAssembler } from './TraceAssembler';
import { type RawSpan } from './RawSpan';
import {
  boundedDurationUs,
  isTime,
  microsecondsBetween,
  timestampFromNs,
} from './time';
import { distinctWarnings, NEGATIVE_DURATION } from './warnings';

/** What is read besides what everyone needs. @public */
export interface OtlpReadOptions {
  /** Attributes of scopes, which only filters look at; left out when absent. */
  scopeAttributes?: boolean;
}

/**
 * Reads traces in OTLP JSON as Jaeger's v3 API sends it: `{resourceSpans}`, with
 * or without the wrapper `{result}`; as text also several such objects one after
 * the other. Spans are grouped by trace, chunks of one trace are joined.
 * Tolerant like {@link decodeJaegerTraces}.
 *
 * @throws SyntaxError for text that is neither empty nor JSON: silence would mean
 *   that there are no traces; StoreStreamError when one of the documents is an
 *   error, unless all it says is that there are no traces
 * @public
 */
export function decodeOtlpTraces(
  json: unknown,
  options: OtlpReadOptions = {},
): Trace[] {
  const assembler = new TraceAssembler();
  const visit: VisitSpan = (item, source) => {
    const span = asRecord(item);
    const traceId = normalizeTraceId(span?.traceId);
    if (span && traceId) {
      assembler.addSpan(traceId, readOtlpSpan(span, traceId, source));
    }
  };
  walkOtlpSpans(json, visit, options);
  return assembler.finish();
}

/** What spans that were sent together have in common. */
export interface OtlpSource {
  service: string;
  resource: Attributes;
  scope: RawSpan['scope'];
}

type VisitSpan = (item: unknown, source: OtlpSource) => void;

/**
 * Visits what stands where spans do, in order.
 *
 * @throws as {@link decodeOtlpTraces}
 */
export function walkOtlpSpans(
  json: unknown,
  visit: VisitSpan,
  options: OtlpReadOptions = {},
): void {
  const given = typeof json === 'string' ? parseDocuments(json) : [json];
  const documents = given.flatMap(unwrap);
  refuseFailures(documents);
  for (const document of documents) {
    const resourceSpans = document.resourceSpans ?? document.batches;
    for (const item of asArray(resourceSpans)) {
      const group = asRecord(item);
      if (group) {
        walkResourceSpans(group, visit, options);
      }
    }
  }
}

/** A sole "not found" means that there is nothing; any other error is a failure. */
function refuseFailures(documents: JsonRecord[]): void {
  for (const document of documents) {
    const failure = gatewayFailure(document);
    if (failure && (failure.status !== 404 || documents.length > 1)) {
      throw failure;
    }
  }
}

function parseDocuments(text: string): unknown[] {
  const documents = text.trim() === '' ? [] : parseJsonSequence(text);
  if (!documents) {
    throw new SyntaxError('OTLP traces are neither JSON nor a sequence of it');
  }
  return documents;
}

function unwrap(document: unknown): JsonRecord[] {
  if (Array.isArray(document)) {
    return document.flatMap(item => (Array.isArray(item) ? [] : unwrap(item)));
  }
  const record = asRecord(document);
  if (!record) {
    return [];
  }
  const result = asRecord(record.result);
  return result && !gatewayFailure(record) ? [result] : [record];
}

function walkResourceSpans(
  group: JsonRecord,
  visit: VisitSpan,
  options: OtlpReadOptions,
): void {
  const resource = otlpAttributes(asRecord(group.resource)?.attributes);
  const service = takeText(resource, 'service.name') || UNKNOWN_SERVICE;
  const scopes = group.scopeSpans ?? group.instrumentationLibrarySpans;
  for (const item of asArray(scopes)) {
    const scopeSpans = asRecord(item);
    const scope = readScope(
      asRecord(scopeSpans?.scope ?? scopeSpans?.instrumentationLibrary),
      options,
    );
    const source = { service, resource, scope };
    for (const span of asArray(scopeSpans?.spans)) {
      visit(span, source);
    }
  }
}

function readScope(
  scope: JsonRecord | undefined,
  { scopeAttributes = false }: OtlpReadOptions,
): RawSpan['scope'] {
  const name = asText(scope?.name) ?? '';
  const version = asText(scope?.version);
  const attributes = scopeAttributes ? otlpAttributes(scope?.attributes) : {};
  const hasAttributes = Object.keys(attributes).length > 0;
  return name || hasAttributes
    ? {
        name,
        ...(name && version ? { version } : {}),
        ...(hasAttributes ? { attributes } : {}),
      }
    : undefined;
}

function readStatus(
  status: JsonRecord | undefined,
  attributes: Attributes,
): SpanStatus {
  const isError = isErrorAttribute(attributes.error);
  if (attributes.error === true) {
    delete attributes.error;
  }
  return isError ? 'error' : spanStatusOf(status?.code);
}

function takeWarnings(attributes: Attributes): string[] {
  const value = attributes['@jaeger@warnings'];
  delete attributes['@jaeger@warnings'];
  delete attributes['@jaeger@format'];
  return distinctWarnings(Array.isArray(value) ? value : [value]);
}

function readEvents(events: unknown): RawSpan['events'] {
  return asArray(events).flatMap(item => {
    const event = asRecord(item);
    return event
      ? [
          {
            time: timestampFromNs(event.timeUnixNano),
            name: asText(event.name) || 'log',
            attributes: otlpAttributes(event.attributes),
          },
        ]
      : [];
  });
}

/** Reads one span, whatever it lacks. */
export function readOtlpSpan(
  span: JsonRecord,
  traceId: string,
  { service, resource, scope }: OtlpSource,
): RawSpan {
  const attributes = otlpAttributes(span.attributes);
  const warnings = takeWarnings(attributes);
  const status = asRecord(span.status);
  const statusMessage = asText(status?.message);
  const start = timestampFromNs(span.startTimeUnixNano);
  const end = timestampFromNs(span.endTimeUnixNano);
  const timed = isTime(start) && isTime(end);
  const durationUs = timed ? microsecondsBetween(start, end) : 0;
  if (durationUs < 0) {
    warnings.push(NEGATIVE_DURATION);
  }
  return {
    spanId: normalizeSpanId(span.spanId) ?? 'unidentified',
    ...readOtlpParent(span.parentSpanId, span.links, traceId),
    service,
    operation: asText(span.name) ?? '',
    kind: spanKindOf(span.kind),
    status: readStatus(status, attributes),
    ...(statusMessage ? { statusMessage } : {}),
    start,
    durationUs: boundedDurationUs(durationUs),
    attributes,
    resource,
    ...(scope ? { scope } : {}),
    events: readEvents(span.events),
    warnings,
  };
}
