import type { FakeTraces } from './FakeTraces';
import type { SpanSearch } from './SpanSearch';

/** Why a search is refused, as Jaeger and its storages say it. */
export function refusalOf(
  search: SpanSearch,
  { storage, maxTraces }: FakeTraces,
): { status: number; message: string } | undefined {
  const { limit, minDurationNs, maxDurationNs } = search;
  if (Number.isNaN(limit)) {
    return { status: 400, message: 'malformed parameter: invalid syntax' };
  }
  if (Number.isNaN(minDurationNs) || Number.isNaN(maxDurationNs)) {
    return { status: 400, message: 'time: missing unit in duration' };
  }
  if (storage === 'memory' && (limit < 1 || limit > maxTraces)) {
    return {
      status: 500,
      message: 'search depth must be greater than 0 and less than max traces',
    };
  }
  if (limit > maxTraces) {
    return {
      status: 400,
      message: `limit ${limit} out of range [0, ${maxTraces}]`,
    };
  }
  const isNameless = storage !== 'badger' && storage !== 'cassandra';
  if (search.service === undefined && !isNameless) {
    return {
      status: 400,
      message:
        'this storage backend requires a service name to search; searching all services is not supported',
    };
  }
  return storage === 'badger' &&
    maxDurationNs > 0 &&
    minDurationNs > maxDurationNs
    ? { status: 500, message: 'min duration is above max' }
    : undefined;
}
