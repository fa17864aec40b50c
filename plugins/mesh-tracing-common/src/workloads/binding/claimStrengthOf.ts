import {
  ANNOTATION_LABEL_SELECTOR,
  KUBERNETES_ANNOTATIONS,
} from '../../shared/annotations';
import type { Workload } from '../model/Workload';
import type { BindingClaim } from './claims';

/** The rule of a match by the entity's own name. @public */
export const RULE_ENTITY_NAME = 'metadata.name';

const STRENGTHS: Record<string, BindingClaim['strength']> = {
  [RULE_ENTITY_NAME]: 'name',
  [ANNOTATION_LABEL_SELECTOR]: 'selector',
  [KUBERNETES_ANNOTATIONS.labelSelector]: 'selector',
  // The match came from labels of single pods, which is not the consent of the
  // workload.
  [KUBERNETES_ANNOTATIONS.id]: 'selector',
};

/**
 * How strong an entity's claim on a workload is that it was matched with. The
 * workload consents by a label of its owner object, or one that all its pods share;
 * a stray pod does not speak for the others. What a site's own rule matches counts
 * as a reference.
 *
 * @param rule - what led from the entity to the workload
 * @public
 */
export function claimStrengthOf(
  entity: { rule?: string; kubernetesId?: string },
  workload: Pick<Workload, 'labels' | 'ownerLabels'>,
): BindingClaim['strength'] {
  const id = entity.kubernetesId?.trim();
  const consents = [workload.labels, workload.ownerLabels].some(
    labels => labels[KUBERNETES_ANNOTATIONS.id] === id,
  );
  if (id && consents) {
    return 'consent';
  }
  return STRENGTHS[entity.rule ?? ''] ?? 'reference';
}
