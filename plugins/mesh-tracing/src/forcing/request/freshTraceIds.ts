import {
  TRACE_ID_BYTES,
  traceIdsOf,
  type FreshTraceIds,
} from 'backstage-plugin-mesh-tracing-common';

/** Ids that nobody has used, from the browser's cryptographic source. */
export function freshTraceIds(): FreshTraceIds {
  return traceIdsOf(crypto.getRandomValues(new Uint8Array(TRACE_ID_BYTES)));
}
