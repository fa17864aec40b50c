import type { ClusterConfig } from '../ClusterConfig';
import type { IstiodFacts } from './describeIstiod';

/**
 * The istiod that decides: of istiod's namespace, and of the configured
 * revision; without one the default revision if there is such, else the first
 * by name.
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
