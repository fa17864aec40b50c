import type {
  PartialWorkloadRef,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';

/** A workload's kind and name in its namespace. */
export function refKey({
  namespace,
  kind,
  name,
}: Omit<PartialWorkloadRef, 'cluster'>): string {
  return `${namespace}/${kind.toLowerCase()}/${name}`;
}

/** A label with its value. */
export function labelKey(name: string, value: string): string {
  return `${name}=${value}`;
}

/** The lookup keys of all labels of the workload, its owner object and its pods. */
function labelKeys({ labels, ownerLabels, pods }: Workload): Set<string> {
  const all = [labels, ownerLabels, ...pods.map(pod => pod.labels)];
  return new Set(
    all.flatMap(each =>
      Object.entries(each).map(([name, value]) => labelKey(name, value)),
    ),
  );
}

/** Workloads that follow each other in a list and are of one namespace. */
export class NamespaceLookup {
  static readonly #known = new WeakMap<Workload, NamespaceLookup>();

  readonly byRef = new Map<string, Workload>();
  readonly byLabel = new Map<string, Workload[]>();

  /** The one that was made of the very same workloads before, or a new one. */
  static of(workloads: readonly Workload[]): NamespaceLookup {
    const first = workloads[0] as Workload;
    let lookup = NamespaceLookup.#known.get(first);
    const isSame =
      lookup?.workloads.length === workloads.length &&
      workloads.every((workload, i) => workload === lookup?.workloads[i]);
    if (!lookup || !isSame) {
      lookup = new NamespaceLookup(workloads);
      NamespaceLookup.#known.set(first, lookup);
    }
    return lookup;
  }

  private constructor(readonly workloads: readonly Workload[]) {
    for (const workload of workloads) {
      this.byRef.set(refKey(workload), workload);
      for (const label of labelKeys(workload)) {
        const known = this.byLabel.get(label);
        if (known) {
          known.push(workload);
        } else {
          this.byLabel.set(label, [workload]);
        }
      }
    }
  }

  /** Those of the label that the fewest have. */
  fewest(keys: readonly string[]): readonly Workload[] {
    let fewest = this.workloads;
    for (const key of keys) {
      const found = this.byLabel.get(key) ?? [];
      fewest = found.length < fewest.length ? found : fewest;
    }
    return fewest;
  }
}
