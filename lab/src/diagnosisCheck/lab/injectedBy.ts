/** What Istio's injectors decide by. */
interface InjectionFacts {
  namespaceLabels: Record<string, string>;
  podLabels: Record<string, string>;
}

const INJECT = 'sidecar.istio.io/inject';
const REVISION = 'istio.io/rev';
export const DEFAULT_REVISION = 'default';

/**
 * The revision whose injector adds a proxy to a new pod, if one does: a pod may
 * refuse, its namespace decides, and where that is silent the pod (Istio's webhooks,
 * `enableNamespacesByDefault: false`).
 */
export function injectedBy(facts: InjectionFacts): string | null {
  const { namespaceLabels, podLabels } = facts;
  if (podLabels[INJECT] === 'false') return null;
  const injection = namespaceLabels['istio-injection'];
  if (injection !== undefined) {
    return injection === 'enabled' ? DEFAULT_REVISION : null;
  }
  const asked = namespaceLabels[REVISION] ?? podLabels[REVISION];
  if (asked !== undefined) return asked;
  return podLabels[INJECT] === 'true' ? DEFAULT_REVISION : null;
}
