import type { Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_WORKLOADS,
  KUBERNETES_ANNOTATIONS,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';

/** An annotation that an entity might carry, and what it would match. */
export interface WorkloadSuggestion {
  annotation: string;
  value: string;
  workloads: Workload[];
}

/** Labels that commonly hold a service's name, the commonest first. */
const NAME_LABELS = [
  'app.kubernetes.io/name',
  'app',
  'service.istio.io/canonical-name',
];
const MAX_LISTED = 10;

/**
 * Annotations that would lead from the entity to workloads of the same name:
 * a selector on a common name label, or else the workloads themselves. No two
 * suggestions lead to the same workloads.
 */
export function suggestWorkloads(
  entity: Entity,
  snapshots: MeshSnapshot[],
): WorkloadSuggestion[] {
  const { name } = entity.metadata;
  const all = snapshots.flatMap(({ workloads }) => workloads);
  const suggestions: WorkloadSuggestion[] = NAME_LABELS.map(label => ({
    annotation: KUBERNETES_ANNOTATIONS.labelSelector,
    value: `${label}=${name}`,
    workloads: all.filter(workload => hasLabel(workload, label, name)),
  }));
  const named = all
    .filter(workload => isNamed(workload.name, name))
    .slice(0, MAX_LISTED);
  suggestions.push({
    annotation: ANNOTATION_WORKLOADS,
    value: named
      .map(workload =>
        [
          ...(snapshots.length > 1 ? [workload.cluster] : []),
          workload.namespace,
          workload.kind,
          workload.name,
        ].join('/'),
      )
      .join(','),
    workloads: named,
  });
  return withoutRepeats(suggestions);
}

function hasLabel(
  { labels, ownerLabels, pods }: Workload,
  label: string,
  value: string,
): boolean {
  return (
    labels[label] === value ||
    ownerLabels[label] === value ||
    pods.some(pod => pod.labels[label] === value)
  );
}

/**
 * Whether a workload is called like the entity `cart`: `cart`, `cart-v2`,
 * `cart-canary` or `cart-deployment`.
 */
function isNamed(workload: string, entity: string): boolean {
  return (
    workload === entity ||
    (workload.startsWith(`${entity}-`) &&
      /^(?:v\d+|canary|primary|stable|deployment)$/.test(
        workload.slice(entity.length + 1),
      ))
  );
}

function withoutRepeats(
  suggestions: WorkloadSuggestion[],
): WorkloadSuggestion[] {
  const seen = new Set<string>();
  return suggestions.filter(({ workloads }) => {
    const key = workloads
      .map(({ cluster, namespace, kind, name }) =>
        [cluster, namespace, kind, name].join('/'),
      )
      .join(',');
    const isNew = key !== '' && !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
