/** What the mesh calls the service of a pod, and its version. @public */
export interface CanonicalService {
  name: string;
  revision: string;
}

/** The revision of pods whose labels tell none. */
const DEFAULT_REVISION = 'latest';

/**
 * The canonical service of a pod, from its labels, as istiod computes it and
 * proxies write it to spans. An empty label counts as absent.
 * Source: Istio, `pkg/model`, canonical service labels.
 * @public
 */
export function canonicalServiceOf(
  labels: Record<string, string>,
  workloadName: string,
): CanonicalService {
  return {
    name:
      labels['service.istio.io/canonical-name'] ||
      labels['app.kubernetes.io/name'] ||
      labels.app ||
      workloadName,
    revision:
      labels['service.istio.io/canonical-revision'] ||
      labels['app.kubernetes.io/version'] ||
      labels.version ||
      DEFAULT_REVISION,
  };
}
