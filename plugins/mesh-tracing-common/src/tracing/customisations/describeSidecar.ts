import type { SidecarEgress } from './model';
import { isRecord, readLabels } from './readLabels';

/** More hosts than this say no more about one host than these. */
const MAX_HOSTS = 10_000;

/**
 * The egress of a Sidecar resource, of any shape; undefined for what has no name.
 *
 * @public
 */
export function describeSidecar(object: unknown): SidecarEgress | undefined {
  if (!isRecord(object) || !isRecord(object.metadata)) return undefined;
  const { name, namespace, creationTimestamp } = object.metadata;
  if (typeof name !== 'string' || typeof namespace !== 'string') {
    return undefined;
  }
  const spec = isRecord(object.spec) ? object.spec : {};
  const matchLabels = readLabels(spec.workloadSelector, 'labels');
  const hosts = egressHosts(spec.egress);
  return {
    name,
    namespace,
    ...(typeof creationTimestamp === 'string' ? { creationTimestamp } : {}),
    matchLabels,
    hosts,
  };
}

function egressHosts(egress: unknown): string[] | undefined {
  if (!Array.isArray(egress) || egress.length === 0) return undefined;
  return egress
    .flatMap((listener: unknown): unknown[] =>
      isRecord(listener) && Array.isArray(listener.hosts) ? listener.hosts : [],
    )
    .filter((host): host is string => typeof host === 'string')
    .slice(0, MAX_HOSTS);
}
