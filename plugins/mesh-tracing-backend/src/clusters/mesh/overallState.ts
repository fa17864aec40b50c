import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';
import type { WatchStatus } from '../watch/WatchedResource';

/**
 * The state of a cluster from those of its resources. Resources that are refused do
 * not hold it up, unless all are: then nothing was read yet.
 */
export function overallState(
  states: Array<WatchStatus['state']>,
): MeshSnapshot['state'] {
  if (
    states.includes('syncing') ||
    states.every(state => state === 'refused')
  ) {
    return 'syncing';
  }
  return states.includes('stale') ? 'stale' : 'synced';
}
