import type { FindingDescription } from '../../shared/FindingDescription';

const describe = (
  severity: FindingDescription['severity'],
  meaning: string,
  whatToDo: string,
): FindingDescription => ({ severity, meaning, whatToDo });

/** Every finding about who may stand for a workload, by its stable code. @public */
export const bindingFindingCatalog = {
  'binding-contested': describe(
    'warning',
    'Entities of different owners claim the workload, each as strongly as the other, so that no change through either is accepted.',
    "Let who has access to the cluster name the owners with the annotation meshtracing.io/owners, or remove the claim that is wrong from its entity's annotations.",
  ),
  'binding-weaker': describe(
    'warning',
    'Another entity, of other owners, holds the workload by a stronger claim; through this one nothing is changed, and traces are shown only to who may read them there.',
    'Ask the owners of that entity, or act for them with the permission mesh-tracing.sampling.any.update. If the workload is yours, let the cluster name you with the annotation meshtracing.io/owners.',
  ),
  'binding-unconfirmed': describe(
    'warning',
    'This site accepts only what the cluster names or consents to (meshTracing.binding: cluster), and the workload does neither for this entity.',
    "Label the workload with the entity's backstage.io/kubernetes-id, or annotate it with meshtracing.io/owners.",
  ),
  'binding-claimed-by-others': describe(
    'info',
    'Entities of other owners claim the workload that this entity holds; they get nothing by it.',
    'Nothing, if they only look on. To settle it for good, annotate the workload with meshtracing.io/owners.',
  ),
  'owners-annotation-unreadable': describe(
    'warning',
    'The annotation meshtracing.io/owners of the workload or its Namespace has items that are no entity refs of groups or users; they name nobody.',
    'Write entity refs, comma separated, such as group:default/storefront.',
  ),
} as const satisfies Record<string, FindingDescription>;

/** A code of `bindingFindingCatalog`. @public */
export type BindingFindingCode = keyof typeof bindingFindingCatalog;
