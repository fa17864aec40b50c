import {
  applyMeshConfigTexts,
  type MeshConfig,
} from 'backstage-plugin-mesh-tracing-common';
import type { ClusterConfig } from '../ClusterConfig';
import type { MeshConfigText } from './meshResources';

/** The mesh config as far as it could be read, with Istio's defaults for the rest. */
export interface ReadMeshConfig {
  meshConfig: MeshConfig;
  /** False when defaults are assumed, for all of it or for a part. */
  known: boolean;
  problems: MeshConfigProblem[];
}

/** Why one of the two ConfigMaps of a mesh config could not be used. */
export interface MeshConfigProblem {
  source: 'own' | 'shared';
  kind: 'missing' | 'refused';
  /** Why istiod refuses it, as the rest of a sentence. */
  reason?: string;
}

/** What is known of the ConfigMap that istiod's `SHARED_MESH_CONFIG` names. */
export type SharedMeshConfig =
  | { state: 'none' | 'unknown' }
  | { state: 'read'; configMap: MeshConfigText | undefined };

/**
 * The mesh config that istiod works with: the shared ConfigMap, if istiod has one,
 * and over it istiod's own, which takes precedence field by field (Istio:
 * `SHARED_MESH_CONFIG`). A root namespace of the portal's configuration comes last.
 */
export function readMeshConfig(
  own: MeshConfigText | undefined,
  shared: SharedMeshConfig,
  { rootNamespace }: Pick<ClusterConfig, 'rootNamespace'>,
): ReadMeshConfig {
  const sources = [
    // Istiod starts without the shared ConfigMap, so a missing one counts as empty.
    {
      source: 'shared' as const,
      text: shared.state === 'read' ? shared.configMap?.text : undefined,
    },
    { source: 'own' as const, text: own?.text },
  ].flatMap(({ source, text }) =>
    text === undefined ? [] : [{ source, text }],
  );
  const { meshConfig, refusals } = applyMeshConfigTexts(
    sources.map(({ text }) => text),
  );
  const problems: MeshConfigProblem[] = sources.flatMap(({ source }, i) => {
    const reason = refusals[i];
    return reason === undefined ? [] : [{ source, kind: 'refused', reason }];
  });
  if (own?.text === undefined) {
    problems.push({ source: 'own', kind: 'missing' });
  }
  return {
    meshConfig: { ...meshConfig, ...(rootNamespace ? { rootNamespace } : {}) },
    known: problems.length === 0 && shared.state !== 'unknown',
    problems,
  };
}
