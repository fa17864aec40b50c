import type { Workload, WorkloadPod } from '../../../workloads';
import type { BareReason } from './bareReason';

/** A moment for people, to the minute: `2026-11-20 12:00 UTC`. */
export function times(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `2 of 3 pods have a proxy, 1.31.0.` */
export function podsWithProxy(
  pods: readonly WorkloadPod[],
  bare: readonly WorkloadPod[],
): string {
  const total = pods.length;
  const proxied = pods.filter(pod => !bare.includes(pod));
  const versions = [
    ...new Set(proxied.flatMap(({ proxyVersion }) => proxyVersion ?? [])),
  ].sort();
  const which = versions.length > 0 ? `, ${versions.join(' and ')}` : '';
  if (proxied.length === 0) {
    return total === 1
      ? 'Its one pod has no proxy.'
      : `None of its ${total} pods has a proxy.`;
  }
  if (bare.length === 0) {
    return total === 1
      ? `Its one pod has a proxy${which}.`
      : `All ${total} pods have a proxy${which}.`;
  }
  return `${proxied.length} of ${total} pods ${
    proxied.length === 1 ? 'has' : 'have'
  } a proxy${which}.`;
}

/**
 * Why pods have no proxy, as a sentence that follows how many have one.
 *
 * @param count - of the pods that have none for this reason
 */
export function whyBare(
  reason: BareReason,
  { namespace }: Pick<Workload, 'namespace'>,
  count: number,
): string {
  const one = count === 1;
  const who = one ? 'One' : `${count}`;
  switch (reason.code) {
    case 'host-network':
      return `${who} ${
        one ? 'is' : 'are'
      } in the network of the node, where Istio adds no proxy.`;
    case 'injection-refused':
      return `${who} ${
        one ? 'refuses' : 'refuse'
      } it: sidecar.istio.io/inject is false.`;
    case 'namespace-injection-disabled':
      return `Namespace ${namespace} says istio-injection=disabled.`;
    case 'injection-label-missing':
      return `Neither namespace ${namespace} nor the pods carry a label that asks for one.`;
    case 'revision-unknown':
      return `The label ${reason.label} names a revision that no injector of the cluster serves.`;
    case 'pod-older-than-label':
      return `${who} ${one ? 'is' : 'are'} older than the label ${
        reason.label
      } of namespace ${namespace}.`;
    case 'not-injected':
      return `The label ${reason.label} asks for one, and ${
        one ? 'one pod was' : `${count} pods were`
      } created without.`;
    case 'ambient-not-captured':
      return `Namespace ${namespace} is in the ambient mesh, and ztunnel does not capture ${
        one ? 'one of them' : `${count} of them`
      }.`;
    default:
      return 'Why, the labels of the namespace would tell, which are not known.';
  }
}
