import type { GitOpsOwner } from 'backstage-plugin-mesh-tracing-common';

/** Names of the tools for people. */
export const TOOL_NAMES: Record<GitOpsOwner['tool'], string> = {
  argocd: 'Argo CD',
  flux: 'Flux',
  helm: 'Helm',
};

/** Name of the tool for people. */
export function toolName(owner: GitOpsOwner): string {
  return TOOL_NAMES[owner.tool];
}

/** Such as "Argo CD (shop; annotation argocd.argoproj.io/tracking-id)". */
export function describeOwner(owner: GitOpsOwner): string {
  const details = [owner.name, owner.evidence].filter(Boolean).join('; ');
  return `${toolName(owner)} (${details})`;
}

/**
 * Why the portal removes nothing that a tool manages.
 *
 * @param what - begins the sentence
 */
export function broughtBack(what: string, owner: GitOpsOwner): string {
  return `${what} is managed by ${describeOwner(
    owner,
  )}, which would bring it back. Remove it where ${toolName(
    owner,
  )} gets it from`;
}
