import type { MeshConfig } from 'backstage-plugin-mesh-tracing-common';
import { parse } from 'yaml';
import type { ClusterConfig } from '../ClusterConfig';
import type { MeshConfigText } from './meshResources';

/** The mesh config, or what stands in for it. */
export interface ReadMeshConfig {
  meshConfig: MeshConfig;
  /** False when defaults are assumed. */
  known: boolean;
  /** Why it could not be used although it was read. */
  problem?: 'missing' | 'malformed';
}

/** The mesh config from its ConfigMap, with the configured root namespace. */
export function readMeshConfig(
  configMap: MeshConfigText | undefined,
  { rootNamespace }: Pick<ClusterConfig, 'rootNamespace'>,
): ReadMeshConfig {
  const assumed: MeshConfig = rootNamespace ? { rootNamespace } : {};
  if (configMap?.text === undefined) {
    return { meshConfig: assumed, known: false, problem: 'missing' };
  }
  let parsed: unknown;
  try {
    parsed = parse(configMap.text) ?? {};
  } catch {
    parsed = undefined;
  }
  return parsed && typeof parsed === 'object' && !Array.isArray(parsed)
    ? { meshConfig: { ...parsed, ...assumed }, known: true }
    : { meshConfig: assumed, known: false, problem: 'malformed' };
}
