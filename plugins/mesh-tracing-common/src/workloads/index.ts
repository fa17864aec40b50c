export {
  bindingFindingCatalog,
  type BindingFindingCode,
} from './binding/bindingFindingCatalog';
export { claimStrengthOf, RULE_ENTITY_NAME } from './binding/claimStrengthOf';
export {
  type BindingClaim,
  CLAIM_STRENGTHS,
  type ClaimStrength,
  type CountingClaims,
  isOfCluster,
  type WeighedClaim,
} from './binding/claims';
export {
  type Binding,
  type BindingFacts,
  type BindingStanding,
  type BindingState,
  decideBinding,
} from './binding/decideBinding';
export { namedOwners, type NamedOwners } from './binding/namedOwners';
export { ownersCommand } from './binding/ownersCommand';
export {
  MAX_ANNOTATION_ENTRIES,
  MAX_ANNOTATION_LENGTH,
  MAX_INTEGER_DIGITS,
  MAX_REF_PART_LENGTH,
  requireAnnotationEntries,
  requireAnnotationLength,
} from './mapping/annotationLimits';
export {
  type LabelOperator,
  type LabelRequirement,
  type LabelSelector,
  matchesLabelSelector,
  parseLabelSelector,
} from './mapping/labelSelector';
export { parseServiceNames } from './mapping/parseServiceNames';
export {
  matchesWorkloadRef,
  parseWorkloadRefs,
  type PartialWorkloadRef,
} from './mapping/parseWorkloadRefs';
export {
  type TraceServiceNameCandidate,
  traceServiceNameCandidates,
} from './mapping/traceServiceNames';
export {
  formatWorkloadRef,
  type ProxyKind,
  type Workload,
  type WorkloadPod,
  type WorkloadRef,
} from './model/Workload';
export { buildWorkloads, type WorkloadSources } from './model/buildWorkloads';
export {
  type CanonicalService,
  canonicalServiceOf,
} from './model/canonicalService';
export {
  type ControllerFacts,
  describeController,
  describePod,
  type OwnerFacts,
  type PodFacts,
} from './model/describePod';
export type {
  KubernetesContainer,
  KubernetesController,
  KubernetesMetadata,
  KubernetesPod,
  KubernetesPodSpec,
} from './model/kubernetesObjects';
export { mayBePodOf, ownerOfPod } from './model/podNames';
export {
  type ProxyConfigParser,
  proxyFacts,
  type ProxyFacts,
  versionOfImage,
} from './model/proxyFacts';
