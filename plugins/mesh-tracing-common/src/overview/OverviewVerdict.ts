import type {
  FailureCount,
  LatencyComparison,
  SampleEstimate,
} from '../latency';
import type { Finding } from '../shared/Finding';
import type { SpanReporting } from '../tracing';

/**
 * How an entity does, from best to worst. `unknown`: too little is known to call
 * it good, and nothing bad is known.
 * @public
 */
export const VERDICT_LEVELS = [
  'good',
  'unknown',
  'notice',
  'warning',
  'critical',
] as const;
/** One of {@link VERDICT_LEVELS}. @public */
export type VerdictLevel = (typeof VERDICT_LEVELS)[number];

/** The higher, the worse. */
export function rankOf(level: VerdictLevel): number {
  return VERDICT_LEVELS.indexOf(level);
}

/** Some of a number of requests or calls failed. @public */
export interface FailedShare {
  errorCount: number;
  totalCount: number;
  /** Of the failed ones those that were turned down, as with 402. */
  refusedCount: number;
  /** Most frequent first; empty where the source has no codes. */
  failures: FailureCount[];
  /** Of a sample: how surely; absent where all were read. */
  estimate?: SampleEstimate;
}

/** Something that stands out, and how much it weighs. @public */
export type VerdictReason = { level: VerdictLevel } & (
  | ({ kind: 'failed-requests' } & FailedShare)
  /** Of the calls of one neighbour, as that neighbour saw them. */
  | ({ kind: 'failed-callers'; name: string } & FailedShare)
  /** Of the calls made to one neighbour. */
  | ({ kind: 'failed-calls'; name: string } & FailedShare)
  | {
      kind: 'changed';
      what: 'slower' | 'more errors';
      comparison: LatencyComparison;
    }
  | {
      kind: 'version';
      what: 'slower' | 'more errors';
      workload: string;
      /** The one that does worse. */
      version: string;
      /** What it does worse than. */
      against: string;
      /** Of `version` against `against`; null where that was 0. */
      p95Ratio: number | null;
    }
  | { kind: 'finding'; finding: Finding }
  /** No span leaves any of the workloads, or some of them. */
  | {
      kind: 'not-traced';
      /** `ambient`: in the mesh, without a proxy of its own. */
      why: Exclude<SpanReporting, 'reported'> | 'no-proxy' | 'ambient';
      workloadCount: number;
      ofWorkloads: number;
    }
);

/** A part of the page that the verdict should rest on. @public */
export type VerdictSource = 'requests' | 'calls' | 'sampling';

/** What the overview says first, as fields. @public */
export interface OverviewVerdict {
  /** The worst of the reasons. */
  level: VerdictLevel;
  /** Worst first. */
  reasons: VerdictReason[];
  requestCount: number;
  errorCount: number;
  /** Set when only the newest part of the window was read; epoch milliseconds. */
  sinceMs?: number;
  /** How it is against the window before; `nothing` where there is none to compare with. */
  comparison: LatencyComparison['verdict'] | 'nothing';
  /** What is not known, as it failed or is still to come. */
  missing: VerdictSource[];
  /** Where most of the time goes, of this entity and what it calls. */
  slowest?: {
    service: string;
    operation: string;
    /** 0 to 1. */
    share: number;
  };
}
