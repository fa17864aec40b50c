import {
  matchesSpanFilters,
  type Span,
  type Trace,
} from 'backstage-plugin-mesh-tracing-common';
import { startNsOf } from './FakeTraces';
import type { FakeStorage } from './pickTraces';
import type { SpanSearch } from './SpanSearch';

const US = 1_000n;
const MS = 1_000_000n;

/**
 * Starts of the spans that match, nanoseconds since the epoch; none where the trace
 * does not. The windows: nanoseconds in memory, whole microseconds in Badger,
 * without their ends in Cassandra, whole milliseconds in Elasticsearch. The
 * filters: all on one span, but each on any span of the service in Badger and
 * Cassandra, and durations on any span of the trace.
 */
export function matchingStarts(
  trace: Trace,
  search: SpanSearch,
  storage: FakeStorage,
): bigint[] {
  const inWindow = trace.spans.filter(
    span =>
      isInWindow(startNsOf(trace, span), search, storage) &&
      (search.service === undefined || span.service === search.service),
  );
  const isLoose = storage === 'badger' || storage === 'cassandra';
  if (!isLoose) {
    return inWindow
      .filter(
        span =>
          testsOf(search).every(test => test(span)) && lasts(span, search),
      )
      .map(span => startNsOf(trace, span));
  }
  const [first = () => true, ...others] = testsOf(search);
  const matches =
    others.every(test => inWindow.some(test)) &&
    trace.spans.some(span => lasts(span, search));
  return matches
    ? inWindow.filter(first).map(span => startNsOf(trace, span))
    : [];
}

function isInWindow(
  ns: bigint,
  { startNs, endNs }: SpanSearch,
  storage: FakeStorage,
): boolean {
  switch (storage) {
    case 'memory':
      return ns >= startNs && ns <= endNs;
    case 'badger':
      return ns / US >= startNs / US && ns / US <= endNs / US;
    case 'cassandra':
      return ns / US > startNs / US && ns / US < endNs / US;
    default:
      return ns / MS >= startNs / MS && ns / MS <= endNs / MS;
  }
}

function lasts(span: Span, { minDurationNs, maxDurationNs }: SpanSearch) {
  const ns = Math.max(1, Math.round(span.durationUs * 1000));
  return ns >= minDurationNs && (maxDurationNs === 0 || ns <= maxDurationNs);
}

/** One test for each tag, then the operation's, as Badger lines them up. */
function testsOf(search: SpanSearch): Array<(span: Span) => boolean> {
  const { operation, attributes } = search;
  const any = { services: [], startTimeMs: 0, endTimeMs: 0 };
  return [
    ...Object.entries(attributes).map(
      ([key, value]) =>
        (span: Span) =>
          matchesSpanFilters(span, { ...any, attributes: { [key]: value } }),
    ),
    ...(operation === undefined
      ? []
      : [(span: Span) => span.operation === operation]),
  ];
}
