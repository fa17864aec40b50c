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
  /** The entity through which the change is made. */
  entity: Entity;
  /** What it is for; absent = one workload. */
  scope?: OverrideScope;
  /**
   * The workload and those that its labels can't tell from it; of a wider change
   * the one that names the namespace or mesh, and all that would trace differently.
   */
  workloads: Workload[];
  /** What the override says of tracing. */
  tracing: TelemetryTracing;
  /** Undefined = permanent. */
  expiresAt?: Date;
  /** In the words of who makes it; absent where none was given. */
  reason?: string;
  /** The clock to judge by. */
  now: Date;
}

/** What one rule says of a change. @public */
export interface PolicyVerdict {
  /** Stable, kebab-case. */
  rule: string;
  /** False refuses the change. */
  allowed: boolean;
  /** What the rule asks for, and how the change does or doesn't fit, in plain words. */
  message: string;
  /** Path of the form's field that the verdict is about. */
  field?: string;
}

/** Bounds what overrides may do. All policies must allow. @public */
export interface SamplingPolicy {
  /**
   * Verdicts of its rules; none where they say nothing of such a change. Asked at
   * the preview and again before the change is made. When it
   * rejects, the change is not made.
   */
  evaluate(change: SamplingChange): Promise<PolicyVerdict[]>;
}
