import type { Istiod } from 'backstage-plugin-mesh-tracing-common';
import type { IstiodFacts } from './describeIstiod';

/** What is known of istiod; without its Deployment that is nothing. */
export function toIstiod(facts: IstiodFacts | undefined): Istiod {
  if (!facts) {
    return { environmentKnown: false };
  }
  const { version, revision, revisionLabel, environmentKnown } = facts;
  const { traceSamplingPercent, selectorBasedGatewayPolicy } = facts;
  // The label says `default` on an istiod that was not given a revision.
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
