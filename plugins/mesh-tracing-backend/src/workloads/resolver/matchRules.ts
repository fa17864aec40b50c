import { DEFAULT_NAMESPACE, type Entity } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import {
  ANNOTATION_CLUSTER,
  ANNOTATION_LABEL_SELECTOR,
  ANNOTATION_NAMESPACE,
  ANNOTATION_WORKLOADS,
  KUBERNETES_ANNOTATIONS,
  RULE_ENTITY_NAME,
  formatWorkloadRef,
  matchesLabelSelector,
  parseLabelSelector,
  parseWorkloadRefs,
  type LabelSelector,
  type PartialWorkloadRef,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshSnapshot,
  WorkloadMatch,
} from 'backstage-plugin-mesh-tracing-node';
import { explainMatch } from './explainMatch';
import { WorkloadLookup } from './WorkloadLookup';

/**
 * Leads from an entity to workloads; undefined where the rule does not apply to the
 * entity.
 */
export type MatchRule = (
  entity: Entity,
  snapshots: MeshSnapshot[],
) => WorkloadMatch | undefined;

interface Scope {
  namespace: string | undefined;
  cluster: string | undefined;
}

function annotation(entity: Entity, name: string): string | undefined {
  return entity.metadata.annotations?.[name]?.trim() || undefined;
}

function byWorkloads(
  entity: Entity,
  snapshots: MeshSnapshot[],
): WorkloadMatch | undefined {
  const rule = ANNOTATION_WORKLOADS;
  const value = annotation(entity, rule);
  if (!value) {
    return undefined;
  }
  return attempt(rule, value, () => {
    const refs = parseWorkloadRefs(value);
    const found = refs.map(ref => workloadsOf(ref, snapshots));
    const workloads = inMeshOrder(new Set(found.flat()), snapshots);
    const missing = refs
      .filter((_, index) => found[index]?.length === 0)
      .map(ref => formatWorkloadRef({ ...ref, cluster: ref.cluster ?? '*' }));
    return {
      rule,
      value,
      workloads,
      explanation: explainMatch({ rule, value, workloads, snapshots, missing }),
    };
  });
}

function workloadsOf(
  ref: PartialWorkloadRef,
  snapshots: MeshSnapshot[],
): Workload[] {
  return snapshots.flatMap(({ cluster, workloads }) =>
    ref.cluster === undefined || ref.cluster === cluster
      ? WorkloadLookup.of(workloads).byRef(ref) ?? []
      : [],
  );
}

function inMeshOrder(
  found: ReadonlySet<Workload>,
  snapshots: MeshSnapshot[],
): Workload[] {
  return found.size < 2
    ? [...found]
    : snapshots.flatMap(({ workloads }) =>
        workloads.filter(workload => found.has(workload)),
      );
}

function byMeshSelector(
  entity: Entity,
  snapshots: MeshSnapshot[],
): WorkloadMatch | undefined {
  const value = annotation(entity, ANNOTATION_LABEL_SELECTOR);
  return value
    ? bySelector(
        ANNOTATION_LABEL_SELECTOR,
        value,
        value,
        {
          namespace: annotation(entity, ANNOTATION_NAMESPACE),
          cluster: annotation(entity, ANNOTATION_CLUSTER),
        },
        snapshots,
        podLabels,
      )
    : undefined;
}

function byKubernetesSelector(
  entity: Entity,
  snapshots: MeshSnapshot[],
): WorkloadMatch | undefined {
  const value = annotation(entity, KUBERNETES_ANNOTATIONS.labelSelector);
  return value
    ? bySelector(
        KUBERNETES_ANNOTATIONS.labelSelector,
        value,
        value,
        kubernetesScope(entity),
        snapshots,
        allLabels,
      )
    : undefined;
}

function byKubernetesId(
  entity: Entity,
  snapshots: MeshSnapshot[],
): WorkloadMatch | undefined {
  const rule = KUBERNETES_ANNOTATIONS.id;
  const value = annotation(entity, rule);
  return value
    ? bySelector(
        rule,
        value,
        `${rule}=${value}`,
        kubernetesScope(entity),
        snapshots,
        allLabels,
      )
    : undefined;
}

/**
 * Finds workloads by a label that holds the entity's name. For an entity of the catalog
 * namespace `default` they may be anywhere, as in Backstage a ref without namespace
 * means that one. For an entity of another catalog namespace they must be in the
 * Kubernetes namespace of the same name.
 */
export function byEntityName(
  entity: Entity,
  snapshots: MeshSnapshot[],
): WorkloadMatch | undefined {
  const { name, namespace = DEFAULT_NAMESPACE } = entity.metadata;
  const scope = kubernetesScope(entity);
  const own = namespace.toLowerCase();
  const narrowed = own === DEFAULT_NAMESPACE ? scope.namespace : own;
  if (scope.namespace !== undefined && scope.namespace !== narrowed) {
    return undefined;
  }
  const match = bySelector(
    RULE_ENTITY_NAME,
    name,
    `${KUBERNETES_ANNOTATIONS.id}=${name}`,
    { ...scope, namespace: narrowed },
    snapshots,
    allLabels,
  );
  return match.workloads.length > 0 ? match : undefined;
}

function kubernetesScope(entity: Entity): Scope {
  return {
    namespace: annotation(entity, KUBERNETES_ANNOTATIONS.namespace),
    cluster: annotation(entity, KUBERNETES_ANNOTATIONS.cluster),
  };
}

function bySelector(
  rule: string,
  value: string,
  selectorText: string,
  scope: Scope,
  snapshots: MeshSnapshot[],
  labelsOf: (workload: Workload) => Array<Record<string, string>>,
): WorkloadMatch {
  return attempt(rule, value, () => {
    const selector = parseLabelSelector(selectorText);
    const workloads = inScope(snapshots, scope, selector).filter(workload =>
      isSelected(selector, labelsOf(workload)),
    );
    return {
      rule,
      value,
      workloads,
      explanation: explainMatch({ rule, value, workloads, snapshots, scope }),
    };
  });
}

function inScope(
  snapshots: MeshSnapshot[],
  { namespace, cluster }: Scope,
  selector: LabelSelector,
): Workload[] {
  return snapshots
    .filter(snapshot => !cluster || snapshot.cluster === cluster)
    .flatMap(({ workloads }) =>
      WorkloadLookup.of(workloads).candidates(selector, namespace),
    )
    .filter(workload => !namespace || workload.namespace === namespace);
}

function isSelected(
  selector: LabelSelector,
  candidates: Array<Record<string, string>>,
): boolean {
  return candidates.some(labels => matchesLabelSelector(selector, labels));
}

/** The labels of each pod; for a workload without pods those of its pod template. */
function podLabels({ pods, labels }: Workload): Array<Record<string, string>> {
  return pods.length > 0 ? pods.map(pod => pod.labels) : [labels];
}

function allLabels(workload: Workload): Array<Record<string, string>> {
  return [...podLabels(workload), workload.ownerLabels];
}

function attempt(
  rule: string,
  value: string,
  match: () => WorkloadMatch,
): WorkloadMatch {
  try {
    return match();
  } catch (error) {
    return {
      rule,
      value,
      workloads: [],
      explanation: `The annotation ${rule} can not be used: ${
        isError(error) ? error.message : 'it could not be read'
      }.`,
    };
  }
}

/** The rules that look at annotations; the first that applies decides. */
export const ANNOTATION_RULES: readonly MatchRule[] = [
  byWorkloads,
  byMeshSelector,
  byKubernetesSelector,
  byKubernetesId,
];
