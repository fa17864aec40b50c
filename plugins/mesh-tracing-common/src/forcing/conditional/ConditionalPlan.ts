import type { WorkloadRef } from '../../workloads';
import type { SpanReporting } from '../../tracing';

/**
 * Why there is no filter for a proxy. `waypoint`: no form was proven to work there;
 * `no-label`: its pods share no label that a selector could use.
 * @public
 */
export type ConditionalRefusal =
  | 'no-proxy'
  | 'waypoint'
  | 'no-label'
  | Exclude<SpanReporting, 'reported'>;

/**
 * What comes with a filter. `spoofable`: whoever can send the mark has requests traced;
 * `load`: each marked request is traced, however many there are; `identity-in-clear`:
 * a value stands in the configuration, readable by all who read it; `strip-at-edge`:
 * the mark goes on to the services, and in from outside, unless somebody removes it;
 * `before-authentication`: the decision falls before the filters that check who calls;
 * `decided-before`: requests that arrive with a decision keep it; `breaks-with-upgrades`:
 * EnvoyFilters are tied to what istiod generates; `unproven-version`: the form was
 * proven with proxies of Istio 1.31; `reaches-others`: other workloads have the same
 * labels; `volatile-labels`: the selector may match nothing after a rollout.
 * @public
 */
export type ConditionalRisk =
  | 'spoofable'
  | 'load'
  | 'identity-in-clear'
  | 'strip-at-edge'
  | 'before-authentication'
  | 'decided-before'
  | 'breaks-with-upgrades'
  | 'unproven-version'
  | 'reaches-others'
  | 'volatile-labels';

/** A filter, what it reaches and what comes with it; or why there is none. @public */
export interface ConditionalPlan {
  /** As `kubectl apply` takes it; absent where there is none. */
  yaml?: string;
  refusal?: ConditionalRefusal;
  /** Every workload whose proxies it changes. */
  reaches: WorkloadRef[];
  risks: ConditionalRisk[];
}
