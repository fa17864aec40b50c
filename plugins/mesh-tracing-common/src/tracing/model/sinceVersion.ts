import { istioVersion } from './istioVersion';

/** Releases since which a proxy or istiod knows what. */
export const SINCE = {
  targetRefs: istioVersion(1, 22),
  gatewayClassRefs: istioVersion(1, 25),
  istioTagsInApi: istioVersion(1, 25),
  formatterTags: istioVersion(1, 29),
  waypointPeerTags: istioVersion(1, 29),
  contextPropagationSwitch: istioVersion(1, 30),
  waypointFollowsService: istioVersion(1, 30, 3),
  localDecisionMayDrop: istioVersion(1, 31),
} as const;
