import type { RequestMetricsRow } from '../model';

/** What figures of requests are made of. @public */
export interface RequestSource {
  /**
   * `istio`: what proxies count; `span-metrics`: what OpenTelemetry's collector
   * counts of spans; `jaeger`: what Jaeger's metrics API tells, which is counted of
   * spans too; `other`: a store of a module.
   */
  kind: 'istio' | 'span-metrics' | 'jaeger' | 'other';
  /**
   * `every-request`: whether it was traced or not. `traced-requests`: made of spans,
   * so that a request which was not sampled is in none of the figures.
   */
  counts: 'every-request' | 'traced-requests';
}

/** Rate, failures and durations of requests; null where the source has no series. @public */
export type RequestFigures = Pick<
  RequestMetricsRow,
  'callsPerSecond' | 'errorRate' | 'p50Us' | 'p95Us' | 'p99Us'
>;

/** Figures of one stretch of the window. @public */
export interface RequestPoint extends RequestFigures {
  /** Start of the stretch, milliseconds since the epoch. */
  startMs: number;
}

/** A part of {@link MeasuredRequests} that can fail by itself. @public */
export type RequestPart = 'series' | 'operations' | 'durations';

/** What metrics tell of the requests of an entity in a window. @public */
export interface MeasuredRequests {
  source: RequestSource;
  /** Of all of its services together; null without a series in the window. */
  overall: RequestFigures | null;
  /** A row for each service or workload, busiest first. */
  services: RequestMetricsRow[];
  /** A row for each operation, busiest first, at most a hundred. */
  operations: RequestMetricsRow[];
  /** False where the metrics have no label that tells operations apart. */
  knowsOperations: boolean;
  /** Stretches of equal length over the whole window, the oldest first. */
  series: { stepMs: number; points: RequestPoint[] };
  /**
   * About how long the source's counters stand still between two readings; absent
   * where that can't be told.
   */
  resolutionMs?: number;
  /** Parts that could not be read, although others could. */
  missing: RequestPart[];
}
