import type { TimeWindow } from '../../shared/api/MeshTracingApi';
import type { UrlPatch } from '../../shared/address/useTracingUrl';
import { filterPatch, NO_FILTERS } from './traceFilters';

/**
 * The parameters of a search for the traces of a window alone, instead of what the
 * address asks for.
 *
 * @param minSpanDurationUs - of a span of the entity; rounded down to microseconds
 */
export function windowTracesPatch(
  { startTimeMs, endTimeMs }: TimeWindow,
  minSpanDurationUs?: number,
): UrlPatch {
  return {
    ...filterPatch({
      ...NO_FILTERS,
      minSpanDuration:
        minSpanDurationUs === undefined
          ? ''
          : `${Math.floor(minSpanDurationUs)}us`,
    }),
    view: 'traces',
    range: undefined,
    from: String(Math.floor(startTimeMs)),
    to: String(Math.ceil(endTimeMs)),
  };
}
