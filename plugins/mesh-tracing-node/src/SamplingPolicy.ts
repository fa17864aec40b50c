import type { Entity } from '@backstage/catalog-model';
import type {
  OverrideScope,
  TelemetryTracing,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';

/** A change that someone wants to make. @public */
export interface SamplingChange {
  /**
   * `revert`: an override that someone else set is taken away. `tracing` is empty
   * then, and `expiresAt` is the end that it had. Absent = an override is set.
   */
  action?: 'set' | 'revert';
  entity: Entity;
  /** What it is for; absent = one workload. */
  scope?: OverrideScope;
  /**
   * The workload and those that its labels can't tell from it; of a wider change
   * the one that names the namespace or mesh, and all that would trace differently.
   */
  workloads: Workload[];
  tracing: TelemetryTracing;
  /** Undefined = permanent. */
  expiresAt?: Date;
  reason?: string;
  now: Date;
}

/** What one rule says of a change. @public */
export interface PolicyVerdict {
  /** Stable, kebab-case. */
  rule: string;
  allowed: boolean;
  message: string;
  /** Path of the form's field that the verdict is about. */
  field?: string;
}

/** Bounds what overrides may do. All policies must allow. @public */
export interface SamplingPolicy {
  evaluate(change: SamplingChange): Promise<PolicyVerdict[]>;
}
