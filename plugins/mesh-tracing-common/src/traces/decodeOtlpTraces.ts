import { isErrorAttribute, otlpAttributes, takeText } from './attributes';
import { UNKNOWN_SERVICE } from './decodeJaegerTraces';
import { normalizeSpanId, normalizeTraceId } from './ids';
import {
  asArray,
  asRecord,
  asText,
  parseJsonSequence,
  type JsonRecord,
} from './json';
import type { Attributes, SpanLink, SpanStatus, Trace } from './model';
import { spanKindOf } from './spanKind';
import { TraceAssembler, type RawSpan } from './TraceAssembler';
import {
  boundedDurationUs,
  isTime,
  microsecondsBetween,
  timestampFromNs,
} from './time';
import { distinctWarnings } from './warnings';

/**
 * Reads traces in OTLP JSON as Jaeger's v3 API sends it: `{resourceSpans}`, with
 * or without the wrapper `{result}`; as text also several such objects one after
 * the other. Spans are grouped by trace, chunks of one trace are joined.
 * Tolerant like {@link decodeJaegerTraces}.
 *
 * @throws SyntaxError for text that is neither empty nor JSON: silence would mean
 *   that there are no traces
 * @public
 */
export function decodeOtlpTraces(json: unknown): Trace[] {
  const documents = typeof json === 'string' ? parseDocuments(json) : [json];
  const assembler = new TraceAssembler();
  for (const document of documents.flatMap(unwrap)) {
    const resourceSpans = document.resourceSpans ?? document.batches;
    for (const item of asArray(resourceSpans)) {
      const group = asRecord(item);
      if (group) {
        readResourceSpans(group, assembler);
      }
    }
  }
  return assembler.finish();
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
  const result = record && asRecord(record.result);
  return record ? [result ?? record] : [];
}

function readResourceSpans(group: JsonRecord, assembler: TraceAssembler): void {
  const resource = otlpAttributes(asRecord(group.resource)?.attributes);
  const service = takeText(resource, 'service.name') || UNKNOWN_SERVICE;
  const scopes = group.scopeSpans ?? group.instrumentationLibrarySpans;
  for (const item of asArray(scopes)) {
    const scopeSpans = asRecord(item);
    const scope = readScope(
      asRecord(scopeSpans?.scope ?? scopeSpans?.instrumentationLibrary),
    );
    for (const spanItem of asArray(scopeSpans?.spans)) {
      const span = asRecord(spanItem);
      const traceId = normalizeTraceId(span?.traceId);
      if (span && traceId) {
        assembler.addSpan(traceId, readSpan(span, service, resource, scope));
      }
    }
  }
}

function readScope(scope: JsonRecord | undefined): RawSpan['scope'] {
  const name = asText(scope?.name);
  const version = asText(scope?.version);
  return name ? { name, ...(version ? { version } : {}) } : undefined;
}

function readStatus(
  status: JsonRecord | undefined,
  attributes: Attributes,
): SpanStatus {
  const isError = isErrorAttribute(attributes.error);
  if (attributes.error === true) {
    delete attributes.error;
  }
  const code = status?.code;
  if (isError || code === 2 || code === 'STATUS_CODE_ERROR') {
    return 'error';
  }
  return code === 1 || code === 'STATUS_CODE_OK' ? 'ok' : 'unset';
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

function readLinks(links: unknown): SpanLink[] {
  return asArray(links).flatMap(item => {
    const link = asRecord(item);
    const traceId = normalizeTraceId(link?.traceId);
    const spanId = normalizeSpanId(link?.spanId);
    if (!traceId || !spanId) {
      return [];
    }
    const attributes = otlpAttributes(link?.attributes);
    return [
      Object.keys(attributes).length > 0
        ? { traceId, spanId, attributes }
        : { traceId, spanId },
    ];
  });
}

function readSpan(
  span: JsonRecord,
  service: string,
  resource: Attributes,
  scope: RawSpan['scope'],
): RawSpan {
  const attributes = otlpAttributes(span.attributes);
  const warnings = takeWarnings(attributes);
  const status = asRecord(span.status);
  const statusMessage = asText(status?.message);
  const parentSpanId = normalizeSpanId(span.parentSpanId);
  const start = timestampFromNs(span.startTimeUnixNano);
  const end = timestampFromNs(span.endTimeUnixNano);
  const timed = isTime(start) && isTime(end);
  const durationUs = timed ? microsecondsBetween(start, end) : 0;
  if (durationUs < 0) {
    warnings.push('The span ends before it starts; its duration is shown as 0');
  }
  return {
    spanId: normalizeSpanId(span.spanId) ?? 'unidentified',
    ...(parentSpanId ? { parentSpanId } : {}),
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
    links: readLinks(span.links),
    warnings,
  };
}
