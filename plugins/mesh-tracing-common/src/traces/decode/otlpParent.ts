import { otlpAttributes, textsOf } from '../model/attributes';
import { normalizeSpanId, normalizeTraceId } from './ids';
import { asArray, asRecord } from './json';
import type { Span, SpanLink } from '../model/Trace';

/** How Jaeger writes the type of a reference where it became a link. */
const REFERENCE_TYPE = 'opentracing.ref_type';

const CHILD_OF = 'child_of';
const FOLLOWS_FROM = 'follows_from';

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

/**
 * The parent of an OTLP span, and its links to others. Jaeger hands on each
 * OpenTracing reference as a link with its type, the FOLLOWS_FROM to the parent
 * too. Without a parent's id, references within the trace name it, as in Jaeger's
 * legacy form.
 *
 * @param parentSpanId - as the store sent it
 * @param links - as the store sent them
 * @param traceId - normalised
 */
export function readOtlpParent(
  parentSpanId: unknown,
  links: unknown,
  traceId: string,
): Pick<Span, 'parentSpanId' | 'followsFrom' | 'links'> {
  const all = readLinks(links);
  const given = normalizeSpanId(parentSpanId);
  const isOf = (type: string) => (link: SpanLink) =>
    link.traceId === traceId &&
    (given === undefined || link.spanId === given) &&
    textsOf(link.attributes?.[REFERENCE_TYPE]).includes(type);
  const follows = all.find(isOf(FOLLOWS_FROM));
  const reference = given ? follows : all.find(isOf(CHILD_OF)) ?? follows;
  const id = given ?? reference?.spanId;
  return {
    ...(id ? { parentSpanId: id } : {}),
    ...(reference && reference === follows ? { followsFrom: true } : {}),
    links: all.filter(link => link !== reference),
  };
}
