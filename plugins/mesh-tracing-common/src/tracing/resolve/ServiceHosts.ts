/**
 * Hosts of istiod's service registry, as far as they are known. Istio looks a
 * provider's service up by host alone; the port need not exist.
 */
export class ServiceHosts {
  /** Namespaces by host; an empty set when no namespace was given. */
  readonly #namespaces: ReadonlyMap<string, ReadonlySet<string>> | undefined;

  private constructor(
    namespaces: ReadonlyMap<string, ReadonlySet<string>> | undefined,
  ) {
    this.#namespaces = namespaces;
  }

  /** @param known - `[namespace/]host[:port]`; undefined = assume all exist. */
  static create(known: Iterable<string> | undefined): ServiceHosts {
    if (!known) return new ServiceHosts(undefined);
    const hosts = new Map<string, Set<string>>();
    for (const entry of known) {
      if (typeof entry !== 'string') continue;
      const [namespace, host] = split(entry.replace(/:\d+$/, ''));
      const namespaces = hosts.get(host) ?? new Set();
      if (namespace !== undefined) namespaces.add(namespace);
      hosts.set(host, namespaces);
    }
    return new ServiceHosts(hosts);
  }

  /**
   * Whether Istio finds the service of a provider: `[namespace/]host`. A host
   * without namespace that exists in several is ambiguous and not found.
   */
  has(service: string | undefined): boolean {
    if (!service) return false;
    if (!this.#namespaces) return true;
    const [namespace, host] = split(service);
    const namespaces = this.#namespaces.get(host);
    if (!namespaces) return false;
    if (namespace === undefined) return namespaces.size <= 1;
    return namespaces.size === 0 || namespaces.has(namespace);
  }
}

/** Only exactly one slash separates a namespace (Istio: LookupCluster). */
function split(service: string): [string | undefined, string] {
  const parts = service.split('/');
  return parts.length === 2 && parts[1] !== undefined
    ? [parts[0], parts[1]]
    : [undefined, service];
}
