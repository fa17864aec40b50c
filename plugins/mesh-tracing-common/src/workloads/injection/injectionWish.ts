import type { WorkloadPod } from '../model/Workload';
import {
  INJECTION_LABELS,
  type MeshInjection,
  type NamespaceInjection,
} from './MeshInjection';

/**
 * Whether a pod is to get a proxy, and what says so. `refused`: the pod itself says
 * no; `host-network`: Istio leaves such pods alone; `disabled`: its namespace says
 * no; `no-label`: nothing asks for one.
 */
export type InjectionWish =
  | {
      isWanted: true;
      by: 'namespace' | 'pod';
      /** The label that asks, as `key=value`. */
      label: string;
      key: string;
      /** The revision or tag that is to inject it. */
      revision: string;
    }
  | {
      isWanted: false;
      why: 'refused' | 'host-network' | 'disabled' | 'no-label';
    };

const DEFAULT_REVISION = 'default';

/**
 * What the labels of a pod and of its namespace mean to the injector (Istio: the
 * selectors of the sidecar injector's webhooks, and injectRequired). The pod's own
 * labels ask for a proxy only where its namespace says nothing.
 */
export function injectionWish(
  { hostNetwork, inject, labels }: WorkloadPod,
  namespace: NamespaceInjection,
): InjectionWish {
  if (hostNetwork) return { isWanted: false, why: 'host-network' };
  if (inject === 'false') return { isWanted: false, why: 'refused' };
  const { injection, revision } = INJECTION_LABELS;
  const asked = namespace.labels[injection];
  if (asked !== undefined) {
    return asked === 'enabled'
      ? wanted('namespace', injection, asked, DEFAULT_REVISION)
      : { isWanted: false, why: 'disabled' };
  }
  const rev = namespace.labels[revision];
  if (rev) return wanted('namespace', revision, rev, rev);
  const own = labels[revision];
  if (own) return wanted('pod', revision, own, own);
  const key = 'sidecar.istio.io/inject';
  return labels[key] === 'true'
    ? wanted('pod', key, 'true', DEFAULT_REVISION)
    : { isWanted: false, why: 'no-label' };
}

/**
 * Whether an injector serves a revision or tag; undefined where injectors are
 * unknown.
 */
export function isServedRevision(
  revision: string,
  { injectors }: MeshInjection,
): boolean | undefined {
  return injectors?.some(
    injector => injector.revision === revision || injector.tag === revision,
  );
}

function wanted(
  by: 'namespace' | 'pod',
  key: string,
  value: string,
  revision: string,
): InjectionWish {
  return { isWanted: true, by, key, label: `${key}=${value}`, revision };
}
