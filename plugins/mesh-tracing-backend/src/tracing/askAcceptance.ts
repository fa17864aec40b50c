import {
  proxiesOf,
  type EffectiveTracing,
  type ProxyAcceptance,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';
import type { MeshClusters } from '../clusters';
import { lastWriteMs } from '../shared/lastWriteMs';

/**
 * What the proxies that trace a workload made of what they were sent; undefined where
 * the cluster can't tell, or no proxy is there.
 */
export async function askAcceptance(
  clusters: MeshClusters,
  subject: {
    workload: Workload;
    snapshot: MeshSnapshot | undefined;
    effective: EffectiveTracing;
    signal: AbortSignal | undefined;
  },
): Promise<ProxyAcceptance | undefined> {
  const { workload, snapshot, effective, signal } = subject;
  // Behind a waypoint it is the waypoint that takes the configuration or refuses it.
  const [traced] = proxiesOf(workload);
  if (!snapshot || !traced || traced.pods.length === 0) {
    return undefined;
  }
  return clusters.get(workload.cluster).proxyAcceptance?.(traced, {
    changedAtMs: changedAtMs(snapshot, effective),
    signal,
  });
}

/** When the latest change was written to what decides about a workload. */
function changedAtMs(
  { inputs }: MeshSnapshot,
  { chain }: EffectiveTracing,
): number | undefined {
  const times = chain.flatMap(({ namespace, name }) => {
    const telemetry = inputs.telemetries.find(
      ({ metadata }) =>
        metadata.namespace === namespace && metadata.name === name,
    );
    return (telemetry && lastWriteMs(telemetry)) ?? [];
  });
  return times.length > 0 ? Math.max(...times) : undefined;
}
