import { containsAll } from '../chain/selectorMatches';
import { GATEWAY_NAME_LABEL } from '../chain/attachment';
import { compareText } from '../../shared/compareText';
import type { TracingProxy } from '../model/MeshTracingInputs';
import type { SidecarEgress, TracingEnvoyFilter } from './model';

/** Sidecar resources and EnvoyFilters by the proxies that they reach. */
export class CustomisationIndex {
  readonly #sidecars: ReadonlyMap<string, readonly SidecarEgress[]>;
  readonly #filters: ReadonlyMap<string, readonly TracingEnvoyFilter[]>;
  readonly #rootNamespace: string;

  static create(options: {
    sidecars?: readonly SidecarEgress[];
    envoyFilters?: readonly TracingEnvoyFilter[];
    rootNamespace: string;
  }): CustomisationIndex {
    return new CustomisationIndex(options);
  }

  private constructor(options: {
    sidecars?: readonly SidecarEgress[];
    envoyFilters?: readonly TracingEnvoyFilter[];
    rootNamespace: string;
  }) {
    const { sidecars = [], envoyFilters = [], rootNamespace } = options;
    this.#sidecars = byNamespace([...sidecars].sort(oldestFirst));
    this.#filters = byNamespace(envoyFilters);
    this.#rootNamespace = rootNamespace;
  }

  /**
   * The Sidecar of a proxy: of its namespace one that selects it, else the one for
   * the whole namespace, else that of the root namespace (Istio: getSidecarScope).
   * Gateways and waypoints have none.
   */
  sidecarOf(
    proxy: TracingProxy,
    labels: Record<string, string>,
  ): SidecarEgress | undefined {
    if (proxy.kind !== 'sidecar') return undefined;
    const own = this.#sidecars.get(proxy.namespace) ?? [];
    const isWide = ({ matchLabels }: SidecarEgress) => !matchLabels;
    return (
      own.find(
        ({ matchLabels }) =>
          matchLabels && containsAll(labels, Object.entries(matchLabels)),
      ) ??
      own.find(isWide) ??
      this.#sidecars.get(this.#rootNamespace)?.find(isWide)
    );
  }

  /** EnvoyFilters that are applied to a proxy: the root namespace's and its own. */
  filtersOf(
    proxy: TracingProxy,
    labels: Record<string, string>,
  ): TracingEnvoyFilter[] {
    const namespaces = new Set([this.#rootNamespace, proxy.namespace]);
    return [...namespaces]
      .flatMap(namespace => this.#filters.get(namespace) ?? [])
      .filter(({ matchLabels, targetNames }) =>
        targetNames
          ? targetNames.includes(labels[GATEWAY_NAME_LABEL] ?? '')
          : containsAll(labels, Object.entries(matchLabels ?? {})),
      );
  }
}

function byNamespace<T extends { namespace: string }>(
  items: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const map = new Map<string, T[]>();
  for (const item of items) {
    const known = map.get(item.namespace);
    if (known) known.push(item);
    else map.set(item.namespace, [item]);
  }
  return map;
}

function oldestFirst(a: SidecarEgress, b: SidecarEgress): number {
  return (
    compareText(a.creationTimestamp ?? '', b.creationTimestamp ?? '') ||
    compareText(a.name, b.name)
  );
}
