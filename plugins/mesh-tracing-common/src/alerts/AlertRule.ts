import type { AlertRuleKind, AlertSeverity } from '../api';

/** Series that a rule can't do without. @public */
export interface SeriesNeed {
  metric: string;
  /** Matchers; series that fit one of the lists are enough. */
  sets: string[][];
  /** A label that the series must have, besides those of the matchers. */
  label?: string;
}

/** An alert, before it is written down in a file. @public */
export interface AlertRule {
  /** Stable, so that routes and silences go on to fit. */
  alert: string;
  kind: AlertRuleKind;
  /** Which of several of its kind, such as `p95` or `collector`. */
  variant?: string;
  /** Holds while there is a result. */
  expression: string;
  /** The same without recording rules, which a live Prometheus does not have yet. */
  condition: string;
  /** What is compared with the threshold. */
  value: string;
  unit: 'percent' | 'ms';
  threshold: number;
  forMinutes: number;
  severity: AlertSeverity;
  longestWindowSeconds: number;
  needs: SeriesNeed[];
  /** Lists the bounds of a classic histogram by `le`, in units of `boundMs`. */
  bounds?: { expression: string; boundMs: number };
  /** Values are templates of Prometheus: text of others is escaped for them. */
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

/** A rule that computes a series for those that follow. @public */
export interface RecordingRule {
  record: string;
  expression: string;
  labels: Record<string, string>;
}

/** A pair of windows that has no alert, and why. @public */
export interface LeftOutBurnRate {
  burnRate: number;
  /**
   * `unreachable`: not even a failure of all requests burns so fast;
   * `within-budget`: the budget lasts longer than the period at this rate.
   */
  reason: 'unreachable' | 'within-budget';
}

/** Rules that are evaluated together. @public */
export interface AlertGroup {
  /** Unique in its file. */
  name: string;
  /** Absent for what several entities share. */
  entityRef?: string;
  /** Whether anything is known by which metrics can be asked about the entity. */
  isMeasured: boolean;
  /** Evaluated before the alerts, in this order. */
  recordings: RecordingRule[];
  alerts: AlertRule[];
  leftOutBurnRates: LeftOutBurnRate[];
}

/** What of an alert depends on its kind only. */
export type AlertParts = Omit<AlertRule, 'labels' | 'annotations'> & {
  /** What is the case while the alert fires, as an end of "entity: …". */
  summary: string;
  /** Sentences, as a template of Prometheus. */
  description: string;
};
