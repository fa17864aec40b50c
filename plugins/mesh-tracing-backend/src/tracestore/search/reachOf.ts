import type { TraceQuery } from 'backstage-plugin-mesh-tracing-common';
import type { TraceReadReach } from 'backstage-plugin-mesh-tracing-node';
import type { PageFacts } from '../workers/TraceJob';
import type { SearchedPart, SearchOutcome } from './SearchOutcome';

/**
 * How far back each service name was read. Of a window with a crowded instant
 * nothing is certain: some of its traces can't be had. Nor is it while the storage
 * recovers.
 */
export function reachOf(
  query: TraceQuery,
  { parts, isRecovering }: SearchOutcome<PageFacts>,
): TraceReadReach[] {
  return parts.map(part => {
    const { service, error } = part;
    if (error) {
      return { service, error };
    }
    const readFromMs = isRecovering ? Infinity : startOf(query, part);
    return readFromMs < query.endTimeMs ? { service, readFromMs } : { service };
  });
}

function startOf(
  { startTimeMs }: TraceQuery,
  { complete, isCrowded, searchedBackToMs = Infinity }: SearchedPart<PageFacts>,
): number {
  if (complete) {
    return startTimeMs;
  }
  return isCrowded ? Infinity : searchedBackToMs;
}
