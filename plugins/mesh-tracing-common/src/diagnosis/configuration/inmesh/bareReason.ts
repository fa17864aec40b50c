import {
  INJECTION_LABELS,
  injectionWish,
  isServedRevision,
  type MeshInjection,
  type WorkloadPod,
} from '../../../workloads';

/** Why a pod has no proxy. */
export type BareReason =
  | { code: 'host-network' }
  | { code: 'injection-refused' }
  | { code: 'namespace-injection-disabled' }
  | { code: 'injection-label-missing' }
  | { code: 'revision-unknown'; label: string; revision: string }
  | { code: 'pod-older-than-label'; label: string; setByMs: number }
  | { code: 'not-injected'; label: string }
  | { code: 'ambient-not-captured' }
  | { code: 'namespace-unread' };

/** Whether ztunnel captures a pod; undefined where its namespace is unknown. */
export function isCaptured(
  pod: WorkloadPod,
  namespace: string,
  injection: MeshInjection | undefined,
): boolean | undefined {
  if (pod.ambient !== undefined) return pod.ambient;
  const labels = injection?.namespaces?.get(namespace)?.labels;
  return labels && labels[INJECTION_LABELS.dataplaneMode] === 'ambient';
}

/** Why a pod that ztunnel doesn't capture has no proxy. */
export function bareReason(
  pod: WorkloadPod,
  namespaceName: string,
  injection: MeshInjection | undefined,
): BareReason {
  const namespace = injection?.namespaces?.get(namespaceName);
  if (!injection || !namespace) {
    if (pod.hostNetwork) return { code: 'host-network' };
    return {
      code: pod.inject === 'false' ? 'injection-refused' : 'namespace-unread',
    };
  }
  const isAmbient =
    namespace.labels[INJECTION_LABELS.dataplaneMode] === 'ambient';
  if (isAmbient) return { code: 'ambient-not-captured' };
  const wish = injectionWish(pod, namespace);
  if (!wish.isWanted) {
    const codes = {
      refused: 'injection-refused',
      'host-network': 'host-network',
      disabled: 'namespace-injection-disabled',
      'no-label': 'injection-label-missing',
    } as const;
    return { code: codes[wish.why] };
  }
  const { label, revision } = wish;
  if (isServedRevision(revision, injection) === false) {
    return { code: 'revision-unknown', label, revision };
  }
  const setByMs =
    wish.by === 'namespace' ? namespace.setByMs[wish.key] : undefined;
  return setByMs !== undefined && (pod.createdAtMs ?? Infinity) < setByMs
    ? { code: 'pod-older-than-label', label, setByMs }
    : { code: 'not-injected', label };
}
