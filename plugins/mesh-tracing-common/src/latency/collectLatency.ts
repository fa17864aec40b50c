import {
  type Sender,
  SPAN_FLAGS,
  SPAN_KINDS,
  type SpanTable,
  type TraceAnalysisRequest,
} from '../traces';
import { compareText } from '../shared/compareText';
import { DurationGroups } from './DurationGroups';
import { collectSeries } from './collectSeries';
import { Durations } from './Durations';
import type {
  LatencyAnalysis,
  OperationLatency,
  VersionLatency,
} from './model';
import type { SampleDesign } from './SampleDesign';
import type { TableSample } from './TableSample';

const SERVER = SPAN_KINDS.indexOf('server');
const CONSUMER = SPAN_KINDS.indexOf('consumer');

/**
 * Spans that stand for one request of the subject each: server and consumer spans,
 * the outermost where proxy and application both report one; where the subject
 * has no such span, its root spans.
 */
function requestSpans(table: SpanTable, isSubject: Uint8Array): number[] {
  const { parents, kinds, senderOf, flags } = table;
  const serves = (i: number) =>
    isSubject[senderOf[i] as number] === 1 &&
    (kinds[i] === SERVER || kinds[i] === CONSUMER);
  const requests: number[] = [];
  const roots: number[] = [];
  let hasServer = false;
  for (let i = 0; i < parents.length; i++) {
    const parent = parents[i] as number;
    if (serves(i)) {
      hasServer = true;
      if (parent < 0 || !serves(parent)) {
        requests.push(i);
      }
    }
    const isRoot = parent < 0 && !((flags[i] as number) & SPAN_FLAGS.orphan);
    if (isRoot && isSubject[senderOf[i] as number] === 1) {
      roots.push(i);
    }
  }
  return hasServer ? requests : roots;
}

/**
 * Versions are compared within what they are versions of: an entity may stand
 * for several services, each with versions of its own.
 */
class VersionGroups {
  readonly #workloads = new Map<string, DurationGroups<string>>();
  readonly #design: SampleDesign | undefined;

  constructor(design?: SampleDesign) {
    this.#design = design;
  }

  at(workload: string, version: string): Durations {
    let versions = this.#workloads.get(workload);
    if (!versions) {
      versions = new DurationGroups(this.#design);
      this.#workloads.set(workload, versions);
    }
    return versions.at(version);
  }

  rows(): VersionLatency[] {
    return [...this.#workloads]
      .flatMap(([workload, versions]) =>
        versions.entries().flatMap(([version, durations]): VersionLatency[] => {
          const statistics = durations.statistics();
          return statistics ? [{ workload, version, ...statistics }] : [];
        }),
      )
      .sort(
        (a, b) =>
          compareText(a.workload, b.workload) ||
          compareText(a.version, b.version),
      );
  }
}

function workloadNameOf(table: SpanTable, sender: Sender): string {
  const { canonicalService, namespace } = sender.identity ?? {};
  return canonicalService && namespace
    ? `${canonicalService}.${namespace}`
    : (table.services[sender.service] as string);
}

/** Latency of the subject; peers come with the dependencies. */
export function collectLatency(
  table: SpanTable,
  isSubject: Uint8Array,
  request: TraceAnalysisRequest,
  sample?: TableSample,
): Omit<LatencyAnalysis, 'peers'> {
  const overall = new Durations(sample?.design);
  const operations = new DurationGroups<number>(sample?.design);
  const versions = new VersionGroups(sample?.design);
  const operationCount = table.operations.length;
  const requests = requestSpans(table, isSubject);
  for (const span of requests) {
    const duration = table.durations[span] as number;
    const isError = ((table.flags[span] as number) & SPAN_FLAGS.error) !== 0;
    const sender = table.senders[table.senderOf[span] as number] as Sender;
    const operation = table.operationOf[span] as number;
    const kind = table.kinds[span] as number;
    const key = (sender.service * operationCount + operation) * 8 + kind;
    const status = table.statuses[span] as number;
    const trace = sample ? (sample.traceOf[span] as number) : 0;
    overall.add(duration, isError, status, trace);
    operations.at(key).add(duration, isError, status, trace);
    if (sender.version) {
      const workload = workloadNameOf(table, sender);
      const version = versions.at(workload, sender.version);
      version.add(duration, isError, status, trace);
    }
  }
  return {
    overall: overall.statistics(),
    operations: operationRows(table, operations),
    versions: versions.rows(),
    series: collectSeries(table, requests, { request, sample, overall }),
  };
}

function operationRows(
  table: SpanTable,
  groups: DurationGroups<number>,
): OperationLatency[] {
  const operationCount = table.operations.length;
  return groups
    .entries()
    .flatMap(([key, durations]): OperationLatency[] => {
      const statistics = durations.statistics();
      const pair = Math.floor(key / 8);
      return statistics
        ? [
            {
              service: table.services[
                Math.floor(pair / operationCount)
              ] as string,
              operation: table.operations[pair % operationCount] as string,
              kind: SPAN_KINDS[key % 8] ?? 'unspecified',
              ...statistics,
            },
          ]
        : [];
    })
    .sort(
      (a, b) =>
        b.count - a.count ||
        compareText(a.service, b.service) ||
        compareText(a.operation, b.operation) ||
        compareText(a.kind, b.kind),
    );
}
