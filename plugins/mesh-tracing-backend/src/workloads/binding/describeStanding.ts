import {
  ANNOTATION_LABEL_SELECTOR,
  ANNOTATION_OWNERS,
  ANNOTATION_WORKLOADS,
  KUBERNETES_ANNOTATIONS,
  formatWorkloadRef,
  type BindingStanding,
  type ClaimStrength,
  type WeighedClaim,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../../shared/EntityContext';

/** How a claim is made, in words that follow "by" in a sentence. */
export const BY_CLAIM: Record<ClaimStrength, string> = {
  cluster: `the cluster's word, which names its owners (${ANNOTATION_OWNERS})`,
  consent: `the label ${KUBERNETES_ANNOTATIONS.id} that the workload carries for it`,
  reference: `naming the workload (${ANNOTATION_WORKLOADS})`,
  selector: `a label selector (such as ${ANNOTATION_LABEL_SELECTOR})`,
  name: 'a name alone',
};

/**
 * Entities as part of a sentence; one that the caller may not see is "another
 * entity".
 */
export function namesOf(
  claims: readonly WeighedClaim[],
  seen: ReadonlySet<string>,
): string {
  const known = claims.filter(({ entityRef }) => seen.has(entityRef));
  const names = known.map(({ entityRef, owners }) =>
    owners.length > 0
      ? `${entityRef} (owned by ${owners.join(' and ')})`
      : entityRef,
  );
  return known.length === claims.length
    ? names.join(' and ')
    : [...names, 'another entity'].join(' and ');
}

/** One sentence that explains how an entity stands to a workload. */
export function explanationOf(
  { entityRef }: Pick<EntityContext, 'entityRef'>,
  standing: BindingStanding,
  seen: ReadonlySet<string>,
): string {
  const { named, rivals, state, strength } = standing;
  const own = `${entityRef} claims it by ${BY_CLAIM[strength]}`;
  switch (state) {
    case 'holds':
      return `${entityRef} stands for it by ${BY_CLAIM[strength]}.`;
    case 'contested':
      return `${own}, and ${namesOf(rivals, seen)} does so as strongly.`;
    case 'weaker':
      return `${own}, and ${heldBy({ named, rivals }, seen)}.`;
    default:
      return `${own}, which does not count on this site.`;
  }
}

/**
 * One sentence that says why the workload is not changed through the entity, and who
 * can change it.
 */
export function refusalOf(
  context: Pick<EntityContext, 'entityRef'>,
  workload: WorkloadRef,
  standing: BindingStanding,
  seen: ReadonlySet<string>,
): string {
  const { entityRef } = context;
  const ref = formatWorkloadRef(workload);
  const { named, rivals, state } = standing;
  switch (state) {
    case 'contested':
      return `${entityRef} and ${namesOf(
        rivals,
        seen,
      )} claim ${ref} equally, so nobody changes it through either until the cluster names its owners (${ANNOTATION_OWNERS}).`;
    case 'weaker':
      return `${entityRef} may not change ${ref}: ${heldBy(
        { named, rivals },
        seen,
      )}.`;
    default:
      return `${entityRef} may not change ${ref}: this site accepts only entities that the cluster names (${ANNOTATION_OWNERS}) or that the workload carries the label ${KUBERNETES_ANNOTATIONS.id} of.`;
  }
}

function heldBy(
  { named, rivals }: Pick<BindingStanding, 'named' | 'rivals'>,
  seen: ReadonlySet<string>,
): string {
  if (rivals.length > 0) {
    const by = rivals[0] ? BY_CLAIM[rivals[0].strength] : '';
    const stand = rivals.length > 1 ? 'stand' : 'stands';
    return `${namesOf(
      rivals,
      seen,
    )} ${stand} for it by ${by}, which is stronger`;
  }
  return named && named.owners.length > 0
    ? `the cluster names ${named.owners.join(
        ' and ',
      )} as its owner (${ANNOTATION_OWNERS})`
    : `the annotation ${ANNOTATION_OWNERS} of the cluster can't be read, so it names nobody`;
}
