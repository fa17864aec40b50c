import { textsOf, valuesOf } from './attributes';
import type { AttributeValue, Span } from './Trace';

/**
 * Attributes of a process that tell its host, surest first. OpenTelemetry's names,
 * then those of Jaeger's clients.
 */
const HOST_ATTRIBUTES = [
  ['host.id'],
  ['host.ip', 'ip'],
  ['host.name', 'hostname'],
] as const;

/** Thrift clients send an IPv4 address as a signed number of 32 bits. */
function addressText(value: AttributeValue): string[] {
  if (typeof value === 'number' && Number.isInteger(value)) {
    const bits = value >>> 0;
    return [[24, 16, 8, 0].map(shift => (bits >>> shift) & 255).join('.')];
  }
  return typeof value === 'string' && value !== '' ? [value] : [];
}

/**
 * The names that a span gives to its host: a list for each of
 * `HOST_ATTRIBUTES`, then the node id of a proxy.
 */
function hostNames(span: Pick<Span, 'attributes' | 'resource'>): string[][] {
  return [
    ...HOST_ATTRIBUTES.map(names =>
      names.flatMap(name => valuesOf(span.resource[name]).flatMap(addressText)),
    ),
    textsOf(span.attributes.node_id),
  ];
}

/**
 * Whether two spans come from one host, whose clock they share. The surest way in
 * which both name their hosts decides; a host may have several names and
 * addresses.
 */
export function areOfOneHost(
  a: Pick<Span, 'attributes' | 'resource'>,
  b: Pick<Span, 'attributes' | 'resource'>,
): boolean {
  const namesOfB = hostNames(b);
  for (const [way, names] of hostNames(a).entries()) {
    const others = namesOfB[way] ?? [];
    if (names.length > 0 && others.length > 0) {
      return names.some(name => others.includes(name));
    }
  }
  return false;
}
