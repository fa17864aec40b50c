import type { Istiod } from 'backstage-plugin-mesh-tracing-common';
import type { IstiodFacts } from './describeIstiod';

/**
 * What the rules of tracing need to know of istiod; without its Deployment nothing is
 * known.
 */
export function toIstiod(facts: IstiodFacts | undefined): Istiod {
  if (!facts) {
    return { environmentKnown: false };
  }
  const { version, revision, revisionLabel, environmentKnown } = facts;
  const { traceSamplingPercent, selectorBasedGatewayPolicy } = facts;
  // The label is `default` on an istiod that has no revision, too, so it counts only
  // where the environment can not be read.
  const effectiveRevision =
    revision ?? (environmentKnown ? undefined : revisionLabel);
  return {
    ...(version ? { version } : {}),
    ...(effectiveRevision ? { revision: effectiveRevision } : {}),
    traceSamplingPercent,
    environmentKnown,
    selectorBasedGatewayPolicy,
  };
}
