import type { ClusterConfig } from '../ClusterConfig';
import type { IstiodFacts } from './describeIstiod';

/**
 * Selects the istiod whose settings apply. A cluster may run several revisions; the
 * one of the configured revision is taken, in the configured namespace. Without a
 * configured revision it is the default one, else the first by name.
 */
export function selectIstiod(
  deployments: Iterable<{ istiod?: IstiodFacts }>,
  { istioNamespace, revision }: ClusterConfig,
): IstiodFacts | undefined {
  const here = [...deployments]
    .flatMap(deployment => deployment.istiod ?? [])
    .filter(({ namespace }) => namespace === istioNamespace)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (revision) {
    return here.find(istiod => revisionOf(istiod) === revision);
  }
  return (
    here.find(istiod => ['', 'default'].includes(revisionOf(istiod))) ?? here[0]
  );
}

function revisionOf({ revision, revisionLabel }: IstiodFacts): string {
  return revision ?? revisionLabel ?? '';
}
