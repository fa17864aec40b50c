import type {
  LabelSelector,
  PartialWorkloadRef,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import { labelKey, NamespaceLookup, refKey } from './NamespaceLookup';

/**
 * Finds workloads by ref or label without a look at each of them; built once for each
 * state of a cluster, of which the namespaces that did not change are taken over.
 */
export class WorkloadLookup {
  static readonly #known = new WeakMap<readonly Workload[], WorkloadLookup>();

  readonly #all: readonly Workload[];
  readonly #namespaces = new Map<string, NamespaceLookup[]>();

  /**
   * @param workloads - of one cluster; the list is the key of the lookup and must
   * never change
   */
  static of(workloads: readonly Workload[]): WorkloadLookup {
    let lookup = WorkloadLookup.#known.get(workloads);
    if (!lookup) {
      lookup = new WorkloadLookup(workloads);
      WorkloadLookup.#known.set(workloads, lookup);
    }
    return lookup;
  }

  private constructor(workloads: readonly Workload[]) {
    this.#all = workloads;
    for (const [namespace, run] of runsOf(workloads)) {
      const known = this.#namespaces.get(namespace) ?? [];
      known.push(NamespaceLookup.of(run));
      this.#namespaces.set(namespace, known);
    }
  }

  /**
   * The workload that a ref names. The kind is compared without case; the cluster is
   * ignored.
   */
  byRef(ref: Omit<PartialWorkloadRef, 'cluster'>): Workload | undefined {
    const key = refKey(ref);
    for (const lookup of this.#namespaces.get(ref.namespace) ?? []) {
      const workload = lookup.byRef.get(key);
      if (workload) {
        return workload;
      }
    }
    return undefined;
  }

  /** Values of a label that any workload, or a pod of it, has. */
  valuesOf(label: string): string[] {
    const start = labelKey(label, '');
    const keys = new Set(
      this.#lookups(undefined).flatMap(({ byLabel }) => [...byLabel.keys()]),
    );
    return [...keys].flatMap(key =>
      key.startsWith(start) ? [key.slice(start.length)] : [],
    );
  }

  /**
   * Workloads that a selector may select, narrowed down by its equalities as far as
   * they go, and by the namespace if one is given. The caller must still apply the
   * selector to them.
   */
  candidates(selector: LabelSelector, namespace?: string): readonly Workload[] {
    const keys = selector.flatMap(
      ({ key, operator, values: [value, ...more] }) =>
        operator === 'in' && value !== undefined && more.length === 0
          ? [labelKey(key, value)]
          : [],
    );
    const lookups = this.#lookups(namespace);
    if (keys.length === 0) {
      return namespace === undefined
        ? this.#all
        : lookups.flatMap(({ workloads }) => workloads);
    }
    return lookups.flatMap(lookup => lookup.fewest(keys));
  }

  #lookups(namespace: string | undefined): readonly NamespaceLookup[] {
    return namespace === undefined
      ? [...this.#namespaces.values()].flat()
      : this.#namespaces.get(namespace) ?? [];
  }
}

function runsOf(workloads: readonly Workload[]): Array<[string, Workload[]]> {
  const runs: Array<[string, Workload[]]> = [];
  for (const workload of workloads) {
    const { namespace } = workload;
    const last = runs[runs.length - 1];
    if (last?.[0] === namespace) {
      last[1].push(workload);
    } else {
      runs.push([namespace, [workload]]);
    }
  }
  return runs;
}
