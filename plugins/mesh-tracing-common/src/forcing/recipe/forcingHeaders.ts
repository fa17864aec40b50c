import type { FreshTraceIds } from '../ids/traceIdsOf';
import type { ForcingHeaders } from './ForcingHop';

/**
 * Names and values of the headers that make a request traced under the given ids.
 * @public
 */
export function forcingHeaders(
  headers: ForcingHeaders,
  { traceId, spanId }: FreshTraceIds,
): Array<[name: string, value: string]> {
  return headers === 'w3c'
    ? [
        ['traceparent', `00-${traceId}-${spanId}-01`],
        ['x-client-trace-id', traceId],
      ]
    : [
        ['x-b3-traceid', traceId],
        ['x-b3-spanid', spanId],
        ['x-b3-sampled', '1'],
      ];
}
