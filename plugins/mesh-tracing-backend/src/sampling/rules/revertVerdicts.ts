import {
  OVERRIDE_ANNOTATIONS,
  isSameWorkload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  OverrideScope,
  Telemetry,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshSnapshot,
  PolicyVerdict,
  SamplingPolicy,
} from 'backstage-plugin-mesh-tracing-node';
import type { EntityContext } from '../../shared/EntityContext';
import { changedWorkloads, withinReach } from '../model/reachOf';
import { simulateOverride } from '../model/simulateOverride';

/**
 * What the rules say of taking away what someone else set: it changes the sampling
 * of the same workloads as setting it did.
 */
export async function revertVerdicts(options: {
  policies: readonly SamplingPolicy[];
  context: EntityContext;
  snapshot: MeshSnapshot;
  workload: Workload;
  scope: OverrideScope;
  object: Telemetry;
  reason?: string;
  now: Date;
}): Promise<PolicyVerdict[]> {
  const { context, now, object, reason, scope, snapshot, workload } = options;
  const changes = simulateOverride(
    snapshot.inputs,
    withinReach(snapshot, workload, scope),
    { delete: object.metadata },
  );
  const end = object.metadata.annotations?.[OVERRIDE_ANNOTATIONS.expiresAt];
  const endMs = Date.parse(end ?? '');
  const change = {
    action: 'revert' as const,
    entity: context.entity,
    scope,
    workloads: [
      workload,
      ...changedWorkloads(changes).filter(
        other => !isSameWorkload(other, workload),
      ),
    ],
    tracing: {},
    ...(Number.isFinite(endMs) && { expiresAt: new Date(endMs) }),
    reason,
    now,
  };
  const verdicts = await Promise.all(
    options.policies.map(policy => policy.evaluate(change)),
  );
  return verdicts.flat();
}
