import type { NamespaceGitOps } from 'backstage-plugin-mesh-tracing-common';
import type { NamespaceFacts } from './meshResources';

/** What each Namespace says of who changes things in it. */
export function gitOpsByName(
  namespaces: Iterable<NamespaceFacts>,
): ReadonlyMap<string, NamespaceGitOps> {
  return new Map([...namespaces].map(({ name, gitOps }) => [name, gitOps]));
}
