import type { Entity } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import {
  ANNOTATION_CLUSTER,
  ANNOTATION_LABEL_SELECTOR,
  ANNOTATION_NAMESPACE,
  ANNOTATION_WORKLOADS,
  KUBERNETES_ANNOTATIONS,
  formatWorkloadRef,
  matchesLabelSelector,
  matchesWorkloadRef,
  parseLabelSelector,
  parseWorkloadRefs,
  type LabelSelector,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshSnapshot,
  WorkloadMatch,
  WorkloadResolver,
} from 'backstage-plugin-mesh-tracing-node';
import { explainMatch } from './explainMatch';

type Rule = (
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
    const all = snapshots.flatMap(({ workloads }) => workloads);
    const workloads = all.filter(workload =>
      refs.some(ref => matchesWorkloadRef(ref, workload)),
    );
    const missing = refs
      .filter(ref => !all.some(workload => matchesWorkloadRef(ref, workload)))
      .map(ref => formatWorkloadRef({ ...ref, cluster: ref.cluster ?? '*' }));
    return {
      rule,
      value,
      workloads,
      explanation: explainMatch({ rule, value, workloads, snapshots, missing }),
    };
  });
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

function byEntityName(
  entity: Entity,
  snapshots: MeshSnapshot[],
): WorkloadMatch | undefined {
  const { name } = entity.metadata;
  const match = bySelector(
    'metadata.name',
    name,
    `${KUBERNETES_ANNOTATIONS.id}=${name}`,
    kubernetesScope(entity),
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
    const workloads = inScope(snapshots, scope).filter(workload =>
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
): Workload[] {
  return snapshots
    .filter(snapshot => !cluster || snapshot.cluster === cluster)
    .flatMap(({ workloads }) => workloads)
    .filter(workload => !namespace || workload.namespace === namespace);
}

function isSelected(
  selector: LabelSelector,
  candidates: Array<Record<string, string>>,
): boolean {
  return candidates.some(labels => matchesLabelSelector(selector, labels));
}

/** Without pods the labels are those that the pods would have. */
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

const RULES: Rule[] = [
  byWorkloads,
  byMeshSelector,
  byKubernetesSelector,
  byKubernetesId,
  byEntityName,
];

/**
 * Finds workloads by annotations; the first that is present decides.
 *
 * 1. `meshtracing.io/workloads`
 * 2. `meshtracing.io/label-selector`, over the labels of pods
 * 3. as the Kubernetes plugin does, over the labels of pods and of their
 *    owners: `backstage.io/kubernetes-label-selector`, else the label
 *    `backstage.io/kubernetes-id` with the annotation's value. Without either
 *    annotation the plugin's backend looks for that label with the entity's
 *    name; that counts here if it finds something.
 *
 * An annotation that can not be read matches nothing and the explanation says
 * why.
 */
export class DefaultWorkloadResolver implements WorkloadResolver {
  static create(): DefaultWorkloadResolver {
    return new DefaultWorkloadResolver();
  }

  private constructor() {}

  resolve(entity: Entity, snapshots: MeshSnapshot[]): WorkloadMatch {
    for (const rule of RULES) {
      const match = rule(entity, snapshots);
      if (match) {
        return match;
      }
    }
    return {
      explanation: `The entity has none of the annotations that lead to workloads, such as ${KUBERNETES_ANNOTATIONS.id}.`,
      workloads: [],
    };
  }
}
