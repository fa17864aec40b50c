import { parseEntityRef } from '@backstage/catalog-model';
import {
  gitOpsOwner,
  MANAGED_BY_LABEL,
  OVERRIDE_ANNOTATIONS,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  GitOpsHandover,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import { handedOver } from '../plan/handover';
import type { WriteContext } from '../../access';
import type { PlannedOverride } from '../model/PlannedOverride';
import type { SamplingConfig } from '../config/SamplingConfig';
import { telemetryYaml } from '../model/telemetryContent';

/**
 * What to take to the repository where a GitOps tool manages the object, or the
 * one of others in which the change belongs, or where a rule gives the namespace
 * to a repository; undefined elsewhere.
 */
export function gitOpsHandover(
  planned: PlannedOverride,
  { entity, wish }: WriteContext<'preview'>,
  { template }: Pick<SamplingConfig['gitOps'], 'template'>,
): GitOpsHandover | undefined {
  const { current, occupant, repository, rival } = planned;
  const existing = current ?? occupant;
  const own = existing && gitOpsOwner(existing.metadata);
  const owner = own ?? (rival && gitOpsOwner(rival.metadata));
  const source = owner ? 'object' : repository?.source;
  if (!source) {
    return undefined;
  }
  const tool = owner?.tool ?? repository?.tool;
  const telemetry =
    own || !rival
      ? forRepository(planned.plan.telemetry)
      : handedOver(rival, planned.plan);
  const yaml = telemetryYaml(telemetry);
  return {
    source,
    tool,
    ...(owner?.name !== undefined && { name: owner.name }),
    yaml,
    ...(template !== undefined && {
      scaffolderUrl: formUrl(template, {
        entityRef: entity.entityRef,
        cluster: planned.cluster.name,
        namespace: telemetry.metadata.namespace,
        telemetry: telemetry.metadata.name,
        tool,
        application: owner?.name,
        reason: wish.reason,
        yaml,
      }),
    }),
  };
}

/** Without the portal's marks: from a repository it is not the portal's. */
function forRepository(telemetry: Telemetry): Telemetry {
  const own = new Set<string>(Object.values(OVERRIDE_ANNOTATIONS));
  const without = (
    map: Record<string, string> | undefined,
    isOwn: (key: string) => boolean,
  ) =>
    Object.fromEntries(
      Object.entries(map ?? {}).filter(([key]) => !isOwn(key)),
    );
  const { labels, annotations, ...metadata } = telemetry.metadata;
  return {
    ...telemetry,
    metadata: {
      ...metadata,
      labels: without(labels, key => key === MANAGED_BY_LABEL),
      annotations: without(annotations, key => own.has(key)),
    },
  };
}

/** The Scaffolder's own convention for a form that is filled in. */
function formUrl(template: string, values: object): string {
  const { namespace, name } = parseEntityRef(template);
  return `/create/templates/${encodeURIComponent(
    namespace,
  )}/${encodeURIComponent(name)}?formData=${encodeURIComponent(
    JSON.stringify(values),
  )}`;
}
