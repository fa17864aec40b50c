import type { OverrideView } from 'backstage-plugin-mesh-tracing-common';

/** Names of the tools that may manage an override, for people. */
export const TOOL_NAMES: Record<
  NonNullable<OverrideView['managedBy']>,
  string
> = { argocd: 'Argo CD', flux: 'Flux', helm: 'Helm' };
