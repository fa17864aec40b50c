import type {
  LabelSelector,
  PartialWorkloadRef,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';

/**
 * Finds workloads by ref or label without a look at each of them; built once for each
 * state of a cluster.
 */
export class WorkloadLookup {
  static readonly #known = new WeakMap<readonly Workload[], WorkloadLookup>();

  readonly #all: readonly Workload[];
  readonly #byRef = new Map<string, Workload>();
  readonly #byLabel = new Map<string, Workload[]>();

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
    for (const workload of workloads) {
      this.#byRef.set(refKey(workload), workload);
      for (const label of labelKeys(workload)) {
        const known = this.#byLabel.get(label);
        if (known) {
          known.push(workload);
        } else {
          this.#byLabel.set(label, [workload]);
        }
      }
    }
  }

  /**
   * The workload that a ref names. The kind is compared without case; the cluster is
   * ignored.
   */
  byRef(ref: Omit<PartialWorkloadRef, 'cluster'>): Workload | undefined {
    return this.#byRef.get(refKey(ref));
  }

  /** Values of a label that any workload, or a pod of it, has. */
  valuesOf(label: string): string[] {
    const start = labelKey(label, '');
    return [...this.#byLabel.keys()].flatMap(key =>
      key.startsWith(start) ? [key.slice(start.length)] : [],
    );
  }

  /**
   * Workloads that a selector may select, narrowed down by its equalities as far as
   * they go. The caller must still apply the selector to them.
   */
  candidates(selector: LabelSelector): readonly Workload[] {
    return selector
      .flatMap(({ key, operator, values: [value, ...more] }) =>
        operator === 'in' && value !== undefined && more.length === 0
          ? [this.#byLabel.get(labelKey(key, value)) ?? []]
          : [],
      )
      .reduce<readonly Workload[]>(
        (fewest, found) => (found.length < fewest.length ? found : fewest),
        this.#all,
      );
  }
}

function refKey({
  namespace,
  kind,
  name,
}: Omit<PartialWorkloadRef, 'cluster'>): string {
  return `${namespace}/${kind.toLowerCase()}/${name}`;
}

function labelKey(name: string, value: string): string {
  return `${name}=${value}`;
}

const keysOfWorkload = new WeakMap<Workload, ReadonlySet<string>>();

/**
 * The lookup keys of all labels of the workload, its owner object and its pods. Most
 * workloads are the same objects when a lookup is built anew.
 */
function labelKeys(workload: Workload): ReadonlySet<string> {
  let keys = keysOfWorkload.get(workload);
  if (!keys) {
    keys = findLabelKeys(workload);
    keysOfWorkload.set(workload, keys);
  }
  return keys;
}

function findLabelKeys({ labels, ownerLabels, pods }: Workload): Set<string> {
  const all = [labels, ownerLabels, ...pods.map(pod => pod.labels)];
  return new Set(
    all.flatMap(each =>
      Object.entries(each).map(([name, value]) => labelKey(name, value)),
    ),
  );
}
