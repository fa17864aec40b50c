import type {
  HistogramForm,
  MetricsSchema,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceReadOptions } from 'backstage-plugin-mesh-tracing-node';

/** A question about the requests of one window. */
export interface WindowQuestion {
  schema: MetricsSchema;
  /** Length of the window, at least a minute. */
  rangeSeconds: number;
  /** Milliseconds since the epoch. */
  endTimeMs: number;
  options: TraceReadOptions | undefined;
  /** Which histograms hold the durations; asked for once. */
  form(): Promise<HistogramForm>;
}
