import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import type { MeshCluster } from 'backstage-plugin-mesh-tracing-node';
import { contentHash } from '../model/canonicalJson';
import { changeIdOf, telemetryContent } from '../model/telemetryContent';

/**
 * Names one version of an override: one content that one change wrote. What others
 * make of it is another version.
 */
export function versionOf({ name }: MeshCluster, telemetry: Telemetry): string {
  const { namespace, uid } = telemetry.metadata;
  return [
    name,
    namespace,
    uid,
    contentHash([changeIdOf(telemetry) ?? '', telemetryContent(telemetry)]),
  ].join('|');
}

/** Whether a version is in force: a watch that lags shows what was. */
export async function isCurrent(
  cluster: MeshCluster,
  { metadata }: Telemetry,
  version: string,
): Promise<boolean> {
  const object = await cluster.getTelemetry(metadata.namespace, metadata.name);
  return object !== undefined && versionOf(cluster, object) === version;
}
