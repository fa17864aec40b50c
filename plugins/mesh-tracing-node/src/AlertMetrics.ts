import type {
  HistogramForm,
  MeasuredSubject,
  MetricsNaming,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceReadOptions } from './TraceStore';

/** One series at one moment. @public */
export interface MetricSample {
  /** Its labels. */
  labels: Record<string, unknown>;
  /** A finite number. */
  value: number;
}

/** Moments of a course, milliseconds since the epoch; both ends included. @public */
export interface MetricMoments {
  /** The first of them. */
  firstMs: number;
  /** The last of them. */
  lastMs: number;
  /** From one to the next. */
  stepMs: number;
}

/**
 * What answers PromQL, and how its metrics are named. Methods throw as those of a
 * trace store do.
 * @public
 */
export interface AlertMetrics {
  /** As the site's configuration says. */
  readonly naming: MetricsNaming;
  /** The series of an expression at one moment; those that are no finite number are left out. */
  at(
    expression: string,
    timeMs: number,
    options?: TraceReadOptions,
  ): Promise<MetricSample[]>;
  /** Values over time of an expression that gives one series, by milliseconds since the epoch. */
  over(
    expression: string,
    moments: MetricMoments,
    options?: TraceReadOptions,
  ): Promise<Map<number, number>>;
  /** Which histograms hold the durations of somebody's requests. */
  histogramForm(
    subject: MeasuredSubject,
    timeMs: number,
    options?: TraceReadOptions,
  ): Promise<HistogramForm>;
}
