import type { Trace } from 'backstage-plugin-mesh-tracing-common';
import { startNsOf } from './FakeTraces';
import type { FoundSpans } from './SpanSearch';

/**
 * Whose order of traces is imitated: `memory` returns those that arrived last, in
 * any order within one export; `badger` the latest matching spans first;
 * `elasticsearch` the same by the latest span of the trace, `opensearch` by the
 * matching ones within whole milliseconds; `cassandra` any of the newest.
 */
export type FakeStorage =
  | 'memory'
  | 'badger'
  | 'elasticsearch'
  | 'opensearch'
  | 'cassandra';

/** Traces that arrive together. */
const BATCH = 8;
/** How many index entries, one for each span, Cassandra reads for each trace asked for. */
const READ_AHEAD = 3;

/** The traces that a storage returns of those that match, in its order. */
export function pickTraces(
  found: FoundSpans[],
  limit: number,
  storage: FakeStorage,
): Trace[] {
  return ordered(found, limit, storage)
    .slice(0, limit)
    .map(({ trace }) => trace);
}

function ordered(
  found: FoundSpans[],
  limit: number,
  storage: FakeStorage,
): FoundSpans[] {
  switch (storage) {
    case 'memory':
      return sortedBy(found, ({ trace, arrival }) => [
        BigInt(Math.floor(arrival / BATCH)),
        BigInt(hashOf(trace.traceId)),
      ]);
    case 'cassandra':
      return sortedBy(ofNewestSpans(found, READ_AHEAD * limit), ({ trace }) => [
        BigInt(hashOf(`${trace.traceId} ${found.length}`)),
      ]);
    case 'badger':
      return sortedBy(found, ({ startsNs }) => [latest(startsNs) / 1_000n]);
    case 'opensearch':
      return sortedBy(found, ({ startsNs }) => [latest(startsNs)]);
    default:
      return sortedBy(found, ({ trace }) => [
        latest(trace.spans.map(span => startNsOf(trace, span))),
      ]);
  }
}

/** The traces of the newest entries of an index that has one for each span. */
function ofNewestSpans(found: FoundSpans[], most: number): FoundSpans[] {
  const traceOf = new Map<FoundSpans, FoundSpans>(
    found.flatMap(one =>
      one.startsNs.map(ns => [{ ...one, startsNs: [ns] }, one] as const),
    ),
  );
  const newest = sortedBy([...traceOf.keys()], ({ startsNs }) => [
    latest(startsNs) / 1_000n,
  ]).slice(0, most);
  return [...new Set(newest.flatMap(entry => traceOf.get(entry) ?? []))];
}

/** Largest first. */
function sortedBy(
  found: FoundSpans[],
  keysOf: (one: FoundSpans) => bigint[],
): FoundSpans[] {
  return found
    .map(one => ({ one, keys: keysOf(one) }))
    .sort((a, b) => {
      const at = a.keys.findIndex((key, i) => key !== b.keys[i]);
      return at >= 0 && (a.keys[at] as bigint) > (b.keys[at] as bigint)
        ? -1
        : Number(at >= 0);
    })
    .map(({ one }) => one);
}

function latest(startsNs: bigint[]): bigint {
  return startsNs.reduce((max, ns) => (ns > max ? ns : max), 0n);
}

/** The same accident each time, for tests that repeat. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
}
