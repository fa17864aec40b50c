import type { Span } from './Trace';

/** Envoy's tag with the `x-request-id` of the request (`HttpTracerUtility`). */
export const REQUEST_ID_ATTRIBUTE = 'guid:x-request-id';

/** The column holds no request id. */
export const NO_REQUEST_ID = 0;

const UUID_LENGTH = 36;
/** Envoy writes why a request is traced into this digit of the UUID, hop by hop. */
const REASON_AT = 14;

/**
 * A number of 53 bits that is equal for equal request ids, so that columns can hold
 * it. Envoy's digit for the reason of tracing does not count, since a hop may change
 * it. Never {@link NO_REQUEST_ID}, except for an empty id.
 *
 * @param length - of the id, characters
 * @param codeAt - the character code at a place
 */
export function hashRequestId(
  length: number,
  codeAt: (at: number) => number,
): number {
  if (length === 0) {
    return NO_REQUEST_ID;
  }
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < length; at++) {
    if (at !== REASON_AT || length !== UUID_LENGTH) {
      const code = codeAt(at);
      high = Math.imul(high ^ code, 2654435761);
      low = Math.imul(low ^ code, 1597334677);
    }
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ (low >>> 13);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ (high >>> 13);
  return (0x1fffff & high) * 0x100000000 + (low >>> 0) || 1;
}

/** Of a span that carries the id as a text. */
export function requestIdOf({ attributes }: Span): number {
  const id = attributes[REQUEST_ID_ATTRIBUTE];
  return typeof id === 'string'
    ? hashRequestId(id.length, at => id.charCodeAt(at))
    : NO_REQUEST_ID;
}
