import {
  gitOpsOwner,
  mergeTracing,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  Handover,
  OverridePlan,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import type { PlannedOverride } from '../model/PlannedOverride';
import { telemetryYaml } from '../model/telemetryContent';

/** An object of others with a planned change in it. */
export function handedOver(rival: Telemetry, plan: OverridePlan): Telemetry {
  return mergeTracing(rival, plan.telemetry.spec?.tracing?.[0] ?? {});
}

/**
 * What to do by hand where an object of others holds the only place for the
 * change; undefined where none does, or where a GitOps tool manages it.
 */
export function handover({
  plan,
  rival,
}: Pick<PlannedOverride, 'plan' | 'rival'>): Handover | undefined {
  if (!rival || gitOpsOwner(rival.metadata)) {
    return undefined;
  }
  const merged = handedOver(rival, plan);
  const { namespace, name, resourceVersion } = rival.metadata;
  const patch = {
    // A precondition: the API server refuses the patch of an object that changed.
    metadata: { resourceVersion },
    spec: { tracing: merged.spec?.tracing },
  };
  return {
    namespace,
    name,
    yaml: telemetryYaml(merged),
    command: [
      'kubectl patch telemetries.telemetry.istio.io',
      name,
      `--namespace=${namespace}`,
      '--type=merge',
      `--patch=${quoted(JSON.stringify(patch))}`,
    ].join(' '),
  };
}

/** One word for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}
