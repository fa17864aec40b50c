import type { HistogramForm, MetricsNaming, MetricsSchema } from '../metrics';
import type { AlertSubject } from './AlertSubject';

/** What a live Prometheus told before rules are made for it. @public */
export interface AlertFacts {
  /** Which histograms hold the durations; `classic` when not known. */
  histogram?: HistogramForm;
  /**
   * Which of the metrics of lost spans are there, of collectors and stores, and of the
   * entity's own proxies. Absent where nobody could be asked.
   */
  metrics?: ReadonlySet<string>;
}

/** What the rules of one entity are made from. */
export interface AlertContext {
  subject: AlertSubject;
  naming: MetricsNaming;
  facts: AlertFacts;
  /** Of the requests of the subject. */
  schema: MetricsSchema;
}
