import {
  type Sender,
  SPAN_FLAGS,
  SPAN_KINDS,
  type SpanTable,
  type TraceAnalysisRequest,
} from '../traces';
import { compareText } from '../shared/compareText';
import { DurationGroups } from './DurationGroups';
import { Durations } from './Durations';
import type {
  LatencyAnalysis,
  LatencyPoint,
  OperationLatency,
  VersionLatency,
} from './model';

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

  at(workload: string, version: string): Durations {
    let versions = this.#workloads.get(workload);
    if (!versions) {
      versions = new DurationGroups();
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

class Series {
  readonly #slices: Durations[];
  readonly #stepMs: number;

  constructor(readonly request: TraceAnalysisRequest) {
    const count = Math.max(1, Math.floor(request.slices));
    const windowMs = Math.max(0, request.endTimeMs - request.startTimeMs);
    this.#stepMs = windowMs / count;
    this.#slices = Array.from({ length: count }, () => new Durations());
  }

  add(startMs: number, durationUs: number, isError: boolean): void {
    const sinceStart = startMs - this.request.startTimeMs;
    const slice = Math.floor(sinceStart / this.#stepMs);
    const atEnd = startMs === this.request.endTimeMs;
    this.#slices[atEnd ? this.#slices.length - 1 : slice]?.add(
      durationUs,
      isError,
    );
  }

  result(): LatencyAnalysis['series'] {
    const points = this.#slices.map((slice, index): LatencyPoint => {
      const statistics = slice.statistics();
      return {
        startMs: this.request.startTimeMs + index * this.#stepMs,
        count: slice.count,
        errorCount: slice.errorCount,
        p50Us: statistics?.p50Us ?? null,
        p95Us: statistics?.p95Us ?? null,
        p99Us: statistics?.p99Us ?? null,
      };
    });
    return { stepMs: this.#stepMs, points };
  }
}

function traceStartOfSpan(table: SpanTable): (span: number) => number {
  let trace = 0;
  return span => {
    while ((table.traceFirst[trace + 1] as number) <= span) {
      trace += 1;
    }
    return table.traceStartUs[trace] as number;
  };
}

/** Latency of the subject; peers come with the dependencies. */
export function collectLatency(
  table: SpanTable,
  isSubject: Uint8Array,
  request: TraceAnalysisRequest,
): Omit<LatencyAnalysis, 'peers'> {
  const overall = new Durations();
  const operations = new DurationGroups<number>();
  const versions = new VersionGroups();
  const series = new Series(request);
  const traceStartUs = traceStartOfSpan(table);
  const operationCount = table.operations.length;
  for (const span of requestSpans(table, isSubject)) {
    const duration = table.durations[span] as number;
    const isError = ((table.flags[span] as number) & SPAN_FLAGS.error) !== 0;
    const sender = table.senders[table.senderOf[span] as number] as Sender;
    const operation = table.operationOf[span] as number;
    const kind = table.kinds[span] as number;
    const key = (sender.service * operationCount + operation) * 8 + kind;
    const status = table.statuses[span] as number;
    overall.add(duration, isError, status);
    operations.at(key).add(duration, isError, status);
    if (sender.version) {
      const workload = workloadNameOf(table, sender);
      versions.at(workload, sender.version).add(duration, isError, status);
    }
    const startUs = traceStartUs(span) + (table.starts[span] as number);
    series.add(startUs / 1000, duration, isError);
  }
  return {
    overall: overall.statistics(),
    operations: operationRows(table, operations),
    versions: versions.rows(),
    series: series.result(),
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
