import type { SpanKind } from '../traces';
import type { FailureCount } from './FailureCount';

/** Bounds of a figure at 95 % confidence; both the figure itself where it is exact. @public */
export interface EstimateBounds {
  low: number;
  high: number;
}

/** How far figures that were computed from a sample can be trusted. @public */
export interface SampleEstimate {
  /** Requests that were read; the figures are of all that these stand for. */
  sampleCount: number;
  /**
   * Variance of the estimate against that of a simple random sample of as many
   * requests: 2 means that half of them would tell as much.
   */
  designEffect: number;
  count: EstimateBounds;
  /** Share of failed requests, 0..1. */
  errorRate: EstimateBounds;
  /** Null where the sample is too small to tell. */
  p50Us: EstimateBounds | null;
  p95Us: EstimateBounds | null;
  p99Us: EstimateBounds | null;
}

/**
 * Statistics over a set of durations: exact without `estimate`, else of all
 * requests that the read ones stand for.
 * @public
 */
export interface LatencyStatistics {
  count: number;
  errorCount: number;
  /** Status codes of the failed ones, most frequent first; absent without any. */
  failures?: FailureCount[];
  meanUs: number;
  minUs: number;
  maxUs: number;
  p50Us: number;
  p75Us: number;
  p90Us: number;
  p95Us: number;
  p99Us: number;
  /** Of figures from a sample; absent where every request was read. */
  estimate?: SampleEstimate;
}

/** Latency of one operation of the subject, as its server saw it. @public */
export interface OperationLatency extends LatencyStatistics {
  service: string;
  operation: string;
  kind: SpanKind;
}

/** Latency between the subject and one peer. @public */
export interface PeerLatency extends LatencyStatistics {
  /** Trace service name of the peer, or a host outside the mesh. */
  peer: string;
  /** The subject calls its `outbound` peers, and is called by its `inbound` peers. */
  direction: 'inbound' | 'outbound';
}

/** Latency of one version of one workload of the subject. @public */
export interface VersionLatency extends LatencyStatistics {
  /** Canonical service and namespace, else the trace service name. */
  workload: string;
  version: string;
}

/** One slice of the series. @public */
export interface LatencyPoint {
  /** Start of the slice, milliseconds since the epoch. */
  startMs: number;
  count: number;
  errorCount: number;
  /** Null where the slice has no request. */
  p50Us: number | null;
  p95Us: number | null;
  p99Us: number | null;
  /** As of {@link LatencyStatistics}. */
  estimate?: SampleEstimate;
  /** Of a sample: ids of read traces whose requests are nearest to a percentile. */
  exemplars?: { p50?: string; p95?: string; p99?: string };
  /** True when nothing of the slice could be read, so that zero says nothing. */
  isUnread?: boolean;
}

/**
 * Latency of a subject from traces. The subject's requests are its server-side
 * (or consumer) spans; where it has none, its root spans.
 * @public
 */
export interface LatencyAnalysis {
  /** Null without a request. */
  overall: LatencyStatistics | null;
  /** Most frequent first. */
  operations: OperationLatency[];
  peers: PeerLatency[];
  versions: VersionLatency[];
  series: { stepMs: number; points: LatencyPoint[] };
}

/** Figures of all requests of a service or operation, from metrics. @public */
export interface RequestMetricsRow {
  service: string;
  operation?: string;
  /** Null where the source has no series. */
  callsPerSecond: number | null;
  /** Share of failed requests, 0..1, as the source sent it. */
  errorRate: number | null;
  p50Us: number | null;
  p95Us: number | null;
  p99Us: number | null;
}
