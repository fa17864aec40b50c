import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';
import type { WatchStatus } from '../watch/WatchedResource';

/** The state of a cluster from those of its resources. */
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
