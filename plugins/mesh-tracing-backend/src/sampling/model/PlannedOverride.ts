import type {
  EffectiveTracing,
  Finding,
  MeshTracingInputs,
  OverridePlan,
  OverrideRequest,
  OverrideScope,
  PolicyVerdictView,
  Telemetry,
  Workload,
  WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshCluster } from 'backstage-plugin-mesh-tracing-node';
import type { WriteContext } from '../../access';
import type { RepositoryRule } from './repositoryRule';
import type { TracingChange } from './simulateOverride';

/** A change, thought through and judged, not yet written. */
export interface PlannedOverride {
  cluster: MeshCluster;
  /** The one that the request names. */
  workload: Workload;
  scope: OverrideScope;
  /** What the change is for, in the namespace where its object stands. */
  target: WorkloadRef;
  /** The portal's object as the API server has it; absent = none. */
  current?: Telemetry;
  /** An object of that name that is not the portal's. */
  occupant?: Telemetry;
  /** Another one for the same whole namespace, beside which it has no effect. */
  rival?: Telemetry;
  /** Why the namespace's Telemetries belong to a repository; absent = they don't. */
  repository?: RepositoryRule;
  plan: OverridePlan;
  /** Effective tracing of the workload now and then. */
  before: EffectiveTracing;
  after: EffectiveTracing;
  /**
   * The workload first, then every other one that would change; of a wider change
   * those that would not at the end.
   */
  changes: TracingChange[];
  verdicts: PolicyVerdictView[];
  findings: Finding[];
  /** Why the API server could not be asked for the object. */
  unreadable?: Error;
}

/** What a change is planned for. */
export interface PlanInput {
  write: WriteContext<'preview' | 'apply'>;
  request: OverrideRequest;
  changeId: string;
  now: Date;
}

/** The object that holds the override's name, fresh from the API server. */
export interface ReadObject {
  inputs: MeshTracingInputs;
  /** The portal's override. */
  current?: Telemetry;
  /** An object of that name that is not the portal's. */
  occupant?: Telemetry;
  /** Another one for the same whole namespace. */
  rival?: Telemetry;
  unreadable?: Error;
}
