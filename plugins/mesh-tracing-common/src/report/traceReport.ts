import { visibleText } from '../shared/visibleText';
import type { DependencyGraph } from '../dependencies';
import {
  type LatencyStatistics,
  type OperationLatency,
  type PeerLatency,
  sampleConfidence,
  type SampleConfidence,
  type SpanFigures,
  type VersionLatency,
} from '../latency';
import type { Finding } from '../shared/Finding';
import type { SampleFacts } from '../traces';
import type { TracingSource } from '../tracing';
import type { WorkloadRef } from '../workloads';
import type { CriticalPathShare, TraceAnalysis } from '../analysis';
import type { ReportedError } from './reportedErrors';

/** Sampling in force at one workload, and where it comes from. @public */
export interface ReportedSampling {
  workload: WorkloadRef;
  /** Percent; null where the workload does not trace. */
  samplingPercent: number | null;
  /** Null for a workload without a proxy that could trace. */
  source: TracingSource | null;
  /** One sentence that says both. */
  explanation: string;
}

/** What is in force at the entity's workloads. @public */
export interface ReportedTracing {
  sampling: ReportedSampling[];
  /** Each once, whatever number of workloads it is of. */
  findings: Finding[];
}

/** One document about an entity and a window. @public */
export interface TraceReport {
  entityRef: string;
  /** Entity refs. */
  owners: string[];
  /** As the catalog has them. */
  links: Array<{ url: string; title?: string }>;
  store: string;
  /** ISO 8601, UTC. */
  generatedAt: string;
  /** Milliseconds since the epoch. */
  startTimeMs: number;
  endTimeMs: number;
  traceCount: number;
  spanCount: number;
  /** Of a sample: what was read; the counts are of all that this stands for. */
  sample?: SampleFacts;
  /** Failed spans of all services in all traces, whether listed or not. */
  errorCount: number;
  /** Traces with a failed span. */
  failedTraceCount: number;
  /** What part of the window the traces are, in plain words. */
  coverage: string;
  confidence: SampleConfidence;
  /** Of the entity's requests, as are operations, peers and versions. */
  overall: LatencyStatistics | null;
  operations: OperationLatency[];
  peers: PeerLatency[];
  versions: VersionLatency[];
  criticalPath: CriticalPathShare[];
  /** Of every service in the traces; null where the store's adapter has none. */
  spanFigures: SpanFigures | null;
  /** Failed spans of every service, newest first, as far as they were read. */
  errors: ReportedError[];
  dependencies: Pick<DependencyGraph, 'nodes' | 'edges'>;
  /** Null for a caller who may not read what is in force. */
  tracing: ReportedTracing | null;
}

/** What a report is made of, besides the analysis. @public */
export type TraceReportInput = Pick<
  TraceReport,
  | 'entityRef'
  | 'owners'
  | 'links'
  | 'store'
  | 'generatedAt'
  | 'startTimeMs'
  | 'endTimeMs'
  | 'coverage'
  | 'errors'
  | 'tracing'
> & {
  analysis: TraceAnalysis;
  /** Sampling in force, percent; null = unknown or mixed. */
  samplingPercent: number | null;
};

/** Puts a report together. @public */
export function buildTraceReport(input: TraceReportInput): TraceReport {
  const { analysis, samplingPercent, ...rest } = input;
  const { overall, operations, peers, versions } = analysis.latency;
  const failed = analysis.summaries.filter(row => row.errorSpanCount > 0);
  return visible({
    ...rest,
    traceCount: analysis.traceCount,
    spanCount: analysis.spanCount,
    ...(analysis.sample ? { sample: analysis.sample } : {}),
    errorCount:
      analysis.errorSpanCount ??
      failed.reduce((sum, row) => sum + row.errorSpanCount, 0),
    failedTraceCount: analysis.failedTraceCount ?? failed.length,
    confidence: sampleConfidence(
      overall?.count ?? 0,
      overall?.errorCount ?? 0,
      samplingPercent,
      overall?.estimate,
    ),
    overall,
    operations,
    peers,
    versions,
    criticalPath: analysis.criticalPath,
    spanFigures: analysis.spanFigures ?? null,
    dependencies: {
      nodes: analysis.dependencies.nodes,
      edges: analysis.dependencies.edges,
    },
  });
}

/** The same without hidden characters in any text; lines stay, as in the spans. */
function visible<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, part: unknown) =>
      typeof part === 'string' ? visibleText(part) : part,
    ),
  );
}
