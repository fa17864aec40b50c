import type { Workload } from '../../workloads';

/** Labels that say what a workload is; all that are present go into the selector. */
const IDENTITY_LABELS = [
  'app',
  'app.kubernetes.io/name',
  'app.kubernetes.io/instance',
  'app.kubernetes.io/component',
  'k8s-app',
  'component',
  'istio',
];

/** Labels that change from pod to pod or with each rollout of the same version. */
const NEVER_LABELS = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'rollouts-pod-template-hash',
  'batch.kubernetes.io/controller-uid',
  'controller-uid',
]);

/** Labels that usually change with a new version; used only where nothing else helps. */
const VOLATILE_LABEL =
  /(^|[./-])(version|revision|chart|rev|tlsmode|commit|build|release-id|date)$/i;

type Labels = Record<string, string>;

/** A selector and what it attaches to. @public */
export interface SelectorProof {
  matchLabels: Record<string, string>;
  /** Other workloads of the namespace that it matches too; empty = proven exact. */
  others: Workload[];
  /** Chosen labels that may change with a rollout, after which it matches nothing. */
  volatileLabels: string[];
}

/**
 * Chooses labels of a workload that all its pods carry and, where possible, no
 * pod of another workload of its namespace does. Every identity label present
 * is taken, so that a workload added later is less likely to be matched.
 *
 * @returns undefined when no usable label exists; an empty selector would be a
 *   namespace-wide Telemetry.
 * @public
 */
export function proveSelector(
  workload: Workload,
  workloads: readonly Workload[],
): SelectorProof | undefined {
  const labels = usableLabels(workload);
  const rivals = workloads.filter(other => isRival(other, workload));
  const chosen: Record<string, string> = {};
  const take = (key: string) => {
    chosen[key] = labels[key] ?? '';
  };
  IDENTITY_LABELS.filter(key => key in labels).forEach(take);

  const rest = Object.keys(labels)
    .filter(key => !(key in chosen))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  if (Object.keys(chosen).length === 0) {
    const first = rest.shift();
    if (first === undefined) {
      return undefined;
    }
    take(first);
  }
  const needed = new Set(Object.keys(chosen));
  let left = rivals.flatMap(labelSets).filter(set => matches(chosen, set));
  for (const key of rest) {
    const narrowed = left.filter(set => set[key] === labels[key]);
    if (narrowed.length < left.length) {
      take(key);
      left = narrowed;
    }
  }
  const touched = () => rivals.filter(other => matchesSome(chosen, other));
  const fewest = touched().length;
  for (const key of Object.keys(chosen).reverse()) {
    if (!needed.has(key)) {
      delete chosen[key];
      if (touched().length > fewest) {
        take(key);
      }
    }
  }
  const matched = touched();
  return {
    matchLabels: chosen,
    others: matched,
    volatileLabels: Object.keys(chosen).filter(key => VOLATILE_LABEL.test(key)),
  };
}

function rank(key: string): number {
  return VOLATILE_LABEL.test(key) ? 1 : 0;
}

/** Labels with one value on all pods, within the CRD's rules for selectors. */
function usableLabels(workload: Workload): Record<string, string> {
  return Object.fromEntries(
    Object.entries(workload.labels).filter(
      ([key, value]) =>
        key !== '' &&
        !NEVER_LABELS.has(key) &&
        value.length <= 63 &&
        !key.includes('*') &&
        !value.includes('*') &&
        workload.pods.every(pod => pod.labels[key] === value),
    ),
  );
}

/** Waypoints are never reached by a selector (Istio: policyattachment.go). */
function isRival(other: Workload, workload: Workload): boolean {
  return (
    other.cluster === workload.cluster &&
    other.namespace === workload.namespace &&
    !(other.kind === workload.kind && other.name === workload.name) &&
    other.proxy !== 'waypoint'
  );
}

/** One pod in the middle of a rollout is enough to be touched. */
function matchesSome(
  matchLabels: Record<string, string>,
  workload: Workload,
): boolean {
  return labelSets(workload).some(set => matches(matchLabels, set));
}

function labelSets(workload: Workload): Labels[] {
  return [workload.labels, ...workload.pods.map(pod => pod.labels)];
}

function matches(matchLabels: Labels, set: Labels): boolean {
  return Object.entries(matchLabels).every(
    ([key, value]) => set[key] === value,
  );
}
