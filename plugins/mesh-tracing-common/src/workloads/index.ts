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
export { bindWaypoints } from './ambient/bindWaypoints';
export type { WaypointSources } from './ambient/WaypointSources';
export {
  describeGateway,
  type GatewayFacts,
  type KubernetesGateway,
} from './ambient/GatewayFacts';
export {
  describeService,
  describeServiceEntry,
  type ServiceFacts,
} from './ambient/ServiceFacts';
export {
  describeNamespaceInjection,
  INJECTION_LABELS,
  type Injector,
  type MeshInjection,
  type NamespaceInjection,
} from './injection/MeshInjection';
export {
  type InjectionWish,
  injectionWish,
  isServedRevision,
} from './injection/injectionWish';
export { AMBIENT_LABELS } from './ambient/waypointLabels';
export type {
  RequestTarget,
  WaypointLabel,
  WaypointRoute,
  WaypointRouteState,
} from './ambient/WaypointRoute';
export { proxiesOf } from './ambient/proxiesOf';
export { MAX_REF_PART_LENGTH } from './mapping/annotationLimits';
export {
  type LabelOperator,
  type LabelRequirement,
  type LabelSelector,
  matchesLabelSelector,
  parseLabelSelector,
} from './mapping/labelSelector';
export { parseServiceNames } from './mapping/parseServiceNames';
export {
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
  type WorkloadRoute,
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
  type ProxyFacts,
  versionOfImage,
} from './model/proxyFacts';
export { isSameWorkload } from './model/isSameWorkload';
