import type { TableSample } from '../latency';
import type { SpanForest, SpanTable, TraceAnalysisRequest } from '../traces';
import { type ClassifiedCall, classifyCalls } from './classifyCalls';
import { estimateShare, type ShareContext } from './estimateShare';
import { findCalls } from './findCalls';
import type {
  PropagationAnalysis,
  PropagationEvidence,
  PropagationRates,
  PropagationShare,
} from './model';
import { propagationRows } from './propagationRows';
import {
  applicationSenders,
  nameOf,
  placesOf,
  sourceSenders,
  workloadOfSenders,
  workloadsOf,
} from './propagationSenders';
import { ServedRequests } from './ServedRequests';
import { type ReadStretches, servingChance } from './servingChance';

/** Of what {@link collectPropagation} tells. */
export interface PropagationScope {
  /** For each sender of the table 1 if it belongs to the subject. */
  isSubject: Uint8Array;
  sample: TableSample | undefined;
  /** Index of its trace by span. */
  traceOf: Int32Array;
  request: Pick<
    TraceAnalysisRequest,
    'subject' | 'strata' | 'startTimeMs' | 'endTimeMs'
  >;
  rates: PropagationRates;
}

/** What is asked of the calls of a subject, for all of them and for parts. */
class Evidence {
  readonly #stretches: ReadStretches;
  readonly #shares: ShareContext;

  constructor(
    readonly scope: PropagationScope,
    readonly served: ServedRequests,
    table: SpanTable,
    readonly hasApplication: Uint8Array,
  ) {
    this.#stretches = stretchesOf(table, scope, hasApplication);
    this.#shares = sharesOf(scope);
  }

  counts({ trace }: ClassifiedCall): boolean {
    return this.#shares.weightOf(trace) > 0;
  }

  share(calls: ClassifiedCall[]): PropagationShare {
    return estimateShare(calls, this.#chance(calls).chance, this.#shares);
  }

  of(
    calls: ClassifiedCall[],
    servedCount: number,
    isOf: (sender: number) => boolean,
  ): PropagationEvidence {
    const { isSubject, rates } = this.scope;
    const { chance, busyShare } = this.#chance(calls);
    const own = [...isSubject.keys()].filter(
      at => isSubject[at] === 1 && isOf(at),
    );
    return {
      ...estimateShare(calls, chance, this.#shares),
      servedCount,
      readCallCount: calls.length,
      busyShare,
      isProxyOnly: own.length > 0 && own.every(at => !this.hasApplication[at]),
      rates,
    };
  }

  #chance(calls: ClassifiedCall[]) {
    return servingChance(
      calls.filter(({ state }) => state === 'starting'),
      this.served,
      this.#stretches,
      this.scope.rates.servedShare,
    );
  }
}

/**
 * Whether the calls of a subject join the traces of the requests that they are made
 * for. Linear in the spans, but for sorting the requests of each pod by time.
 */
export function collectPropagation(
  table: SpanTable,
  forest: SpanForest,
  scope: PropagationScope,
): PropagationAnalysis {
  const { isSubject, traceOf, request } = scope;
  const senderOf = (span: number) => table.senderOf[span] as number;
  const hasApplication = applicationSenders(table, isSubject);
  const found = findCalls(table, forest, {
    own: hasApplication,
    sources: sourceSenders(table, isSubject, request.subject),
  });
  const isProxied = (span: number) =>
    table.senders[senderOf(span)]?.identity?.proxy !== undefined;
  const places = placesOf(table);
  const placeOf = (span: number) => places[senderOf(span)] as number;
  const served = new ServedRequests(table, traceOf);
  const hasProxy = found.served.some(isProxied);
  for (const span of found.served) {
    if (!hasProxy || isProxied(span)) {
      served.add(span, placeOf(span));
    }
  }
  const evidence = new Evidence(scope, served, table, hasApplication);
  const context = { table, parents: forest.parents, traceOf };
  const calls = classifyCalls(
    { ...context, placeOf, isProxied },
    found,
    served,
  ).filter(call => evidence.counts(call));
  const workloadOf = workloadOfSenders(table, request.subject);
  const servedBy = countBy(served.spans(), span => workloadOf[senderOf(span)]);
  return {
    ...evidence.of(calls, served.count, () => true),
    workloads: workloadsOf(request.subject).map((workload, at) => ({
      workload,
      ...evidence.of(
        calls.filter(({ call }) => workloadOf[senderOf(call.inner)] === at),
        servedBy.get(at) ?? 0,
        sender => workloadOf[sender] === at,
      ),
    })),
    ...propagationRows(calls, {
      table,
      nameOf: span => nameOf(table.senders[senderOf(span)], table),
      shareOf: some => evidence.share(some),
      traceOf,
    }),
  };
}

function sharesOf({ sample, rates }: PropagationScope): ShareContext {
  return {
    design: sample?.design,
    rates,
    weightOf: trace => sample?.design.weightOf(trace) ?? 1,
    isWhole:
      !sample &&
      (rates.servedShare ?? 1) === 1 &&
      (rates.startedShare ?? 1) === 1,
  };
}

function countBy<K>(
  spans: number[],
  keyOf: (span: number) => K,
): Map<K, number> {
  const counts = new Map<K, number>();
  for (const span of spans) {
    const key = keyOf(span);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** What was read: where nothing says so, from the first to the last span of the subject. */
function stretchesOf(
  table: SpanTable,
  { request, traceOf }: PropagationScope,
  isOwn: Uint8Array,
): ReadStretches {
  if (request.strata) {
    return request.strata.flatMap(({ read }) =>
      read.map(({ startTimeMs, endTimeMs }) => ({
        startUs: startTimeMs * 1_000,
        endUs: endTimeMs * 1_000,
      })),
    );
  }
  let [first, last] = [Infinity, -Infinity];
  for (let span = 0; span < table.starts.length; span++) {
    if (isOwn[table.senderOf[span] as number]) {
      const startUs = table.traceStartUs[traceOf[span] as number] as number;
      first = Math.min(first, startUs + (table.starts[span] as number));
      last = Math.max(last, startUs + (table.ends[span] as number));
    }
  }
  return last > first ? [{ startUs: first, endUs: last }] : [];
}
