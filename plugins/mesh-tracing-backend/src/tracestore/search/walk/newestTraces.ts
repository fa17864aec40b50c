import type { PageFacts } from '../../workers/TraceJob';
import { millisecondsOf } from './microseconds';
import type { SearchOutcome } from '../SearchOutcome';

/** The newest matching traces of a search, and where older ones follow. */
export interface NewestTraces {
  traceIds: ReadonlySet<string>;
  /** Whether more were found than so many. */
  isCut: boolean;
  /**
   * Where the older ones are that are not among them, if there are any: they have
   * a matching span that started no later. Milliseconds since the epoch, exact to
   * the microsecond.
   */
  continueAtMs?: number;
  /**
   * Whether there is no way to those that were left out: as far as their rows tell,
   * they began to match no earlier than those that are in the answer.
   */
  isStuck?: boolean;
}

/**
 * Which of the traces that were found are the newest: by the spans that the store
 * was searched for, not by where their traces began. A trace that is left out is
 * in the window that ends at `continueAtMs`, and so is all that was not searched.
 *
 * @param matchedIds - traces that pass all filters, in any order
 */
export function newestTraces(
  { parts }: SearchOutcome<PageFacts>,
  matchedIds: Iterable<string>,
  limit: number,
): NewestTraces {
  const latest = [...new Set(matchedIds)]
    .map(id => ({
      id,
      us: Math.max(...parts.map(({ latestUs }) => latestUs.get(id) ?? -1)),
    }))
    .sort((a, b) => b.us - a.us);
  const next = latest[limit];
  const bounds = [
    ...parts.flatMap(({ searchedBackToMs }) => searchedBackToMs ?? []),
    // A microsecond more, as stores count finer, or leave the end of a window out.
    ...(next && next.us >= 0 ? [millisecondsOf(next.us + 1)] : []),
  ];
  return {
    traceIds: new Set(latest.slice(0, limit).map(({ id }) => id)),
    isCut: next !== undefined,
    ...(bounds.length > 0 ? { continueAtMs: Math.max(...bounds) } : {}),
  };
}
