/** Ids of a trace that is yet to be made, and of the span that it is to begin with. @public */
export interface FreshTraceIds {
  /** 32 lower-case hexadecimal digits. */
  traceId: string;
  /** 16 lower-case hexadecimal digits. */
  spanId: string;
}

/** Random bytes that {@link traceIdsOf} needs. @public */
export const TRACE_ID_BYTES = 24;

/**
 * Ids from random bytes. The first bit of each is set, so that none is all zeros, which
 * the formats forbid, and none begins with a zero, which some senders cut.
 *
 * @param bytes - as many as {@link TRACE_ID_BYTES}, from a cryptographic source
 * @throws RangeError for fewer bytes
 * @public
 */
export function traceIdsOf(bytes: Uint8Array): FreshTraceIds {
  if (bytes.length < TRACE_ID_BYTES) {
    throw new RangeError(`Ids need ${TRACE_ID_BYTES} random bytes`);
  }
  return {
    traceId: hexadecimal(bytes.subarray(0, 16)),
    spanId: hexadecimal(bytes.subarray(16, TRACE_ID_BYTES)),
  };
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte, index) =>
    (index === 0 ? byte | 0x80 : byte).toString(16).padStart(2, '0'),
  ).join('');
}
