import type { LatencyStatistics } from './model';

/** Figures of the spans of one service, of every kind. @public */
export interface ServiceFigures extends LatencyStatistics {
  service: string;
  /**
   * Its requests alone, each counted once: server and consumer spans, the
   * outermost of those that proxy and application send under one name. Null for
   * a service without such spans.
   */
  requests: LatencyStatistics | null;
}

/** Figures of the spans of one operation of one service. @public */
export interface OperationFigures extends ServiceFigures {
  operation: string;
}

/**
 * Spans of the service `to` right below spans of the service `from`, as their
 * `count`; both may be the same.
 * @public
 */
export interface ServiceLink extends LatencyStatistics {
  from: string;
  to: string;
}

/** Figures of all spans of some traces, by trace service names; busiest first. @public */
export interface SpanFigures {
  /** Failed spans. */
  errorCount: number;
  /** Those of the subject. */
  subjectErrorCount: number;
  services: ServiceFigures[];
  operations: OperationFigures[];
  links: ServiceLink[];
}
