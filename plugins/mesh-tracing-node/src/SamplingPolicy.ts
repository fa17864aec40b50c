import type { Entity } from '@backstage/catalog-model';
import type {
  TelemetryTracing,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';

/** A change that someone wants to make. @public */
export interface SamplingChange {
  entity: Entity;
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
