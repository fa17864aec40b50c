import type { PolicyVerdictView } from '../../api';
import type { Finding } from '../../shared/Finding';
import type { TelemetrySpec } from '../../tracing';
import type { Workload } from '../../workloads';

/** How an override attaches to its workload. */
export interface OverrideAttachment {
  spec: Pick<TelemetrySpec, 'selector' | 'targetRefs'>;
  /** Other workloads that it is for as well. */
  others: Workload[];
  /** The service or waypoint that stands before all of these, in words. */
  target?: string;
  problem?: PolicyVerdictView;
  findings: Finding[];
}
