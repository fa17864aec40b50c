import type { Entity } from '@backstage/catalog-model';
import { KUBERNETES_ANNOTATIONS } from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshSnapshot,
  WorkloadMatch,
  WorkloadResolver,
} from 'backstage-plugin-mesh-tracing-node';
import { canHaveWorkloads } from './canHaveWorkloads';
import { ANNOTATION_RULES, byEntityName } from './matchRules';

/** A kind of entity that may be found by its name alone. */
export type NamedKind = 'Component' | 'Resource';

/**
 * Finds workloads by annotations; the first that is present decides.
 *
 * 1. `meshtracing.io/workloads`
 * 2. `meshtracing.io/label-selector`, over the labels of pods
 * 3. as the Kubernetes plugin does, over the labels of pods and of their
 *    owners: `backstage.io/kubernetes-label-selector`, else the label
 *    `backstage.io/kubernetes-id` with the annotation's value. Without either
 *    annotation the plugin's backend looks for that label with the entity's
 *    name; that counts here for a Component, if it finds something.
 *
 * An annotation that can not be read matches nothing and the explanation says
 * why. Users, groups, locations and templates have no workloads, whatever they
 * carry.
 */
export class DefaultWorkloadResolver implements WorkloadResolver {
  readonly #matchByName: ReadonlySet<string>;

  /** @param options.matchByName - kinds that may be found by name; Component when absent */
  static create(
    options: { matchByName?: readonly NamedKind[] } = {},
  ): DefaultWorkloadResolver {
    return new DefaultWorkloadResolver(options.matchByName ?? ['Component']);
  }

  private constructor(matchByName: readonly NamedKind[]) {
    this.#matchByName = new Set(matchByName.map(kind => kind.toLowerCase()));
  }

  resolve(entity: Entity, snapshots: MeshSnapshot[]): WorkloadMatch {
    const kind = entity.kind.toLowerCase();
    if (!canHaveWorkloads(entity)) {
      return {
        explanation: `A ${entity.kind} has no workloads, so it has no traces.`,
        workloads: [],
      };
    }
    const rules = this.#matchByName.has(kind)
      ? [...ANNOTATION_RULES, byEntityName]
      : ANNOTATION_RULES;
    for (const rule of rules) {
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
