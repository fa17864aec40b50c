import { InputError } from '@backstage/errors';
import type {
  MeshCluster,
  TraceStore,
} from 'backstage-plugin-mesh-tracing-node';

/** @throws InputError when a cluster names a trace store that nobody provides. */
export function checkTraceStoreNames(
  clusters: MeshCluster[],
  stores: TraceStore[],
): void {
  const names = stores.map(store => store.name);
  for (const { name, traceStore } of clusters) {
    if (traceStore !== undefined && !names.includes(traceStore)) {
      throw new InputError(
        `Cluster '${name}' in meshTracing.clusters names the trace store '${traceStore}', but ${
          names.length === 0
            ? 'none is configured'
            : `only ${names.join(', ')} is in meshTracing.traceStores`
        }; correct traceStore or add it`,
      );
    }
  }
}
