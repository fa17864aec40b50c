import type { SpanKind } from './Trace';

/** Kinds in the order of OTLP's numbers. */
export const SPAN_KINDS: readonly SpanKind[] = [
  'unspecified',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
];

/**
 * From an OTLP number, also in quotes, an OTLP enum name, or Jaeger's `span.kind`
 * tag.
 */
export function spanKindOf(value: unknown): SpanKind {
  if (typeof value === 'number') {
    return SPAN_KINDS[value] ?? 'unspecified';
  }
  if (typeof value !== 'string') {
    return 'unspecified';
  }
  if (/^\d$/.test(value)) {
    return SPAN_KINDS[Number(value)] ?? 'unspecified';
  }
  const name = value.toLowerCase().replace(/^span_kind_/, '');
  return SPAN_KINDS.find(kind => kind === name) ?? 'unspecified';
}
