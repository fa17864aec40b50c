/**
 * Whether a Sidecar's egress lets a proxy have the cluster of a service (Istio:
 * hosts are `namespace/dnsName`, `.` is the Sidecar's namespace, `*` any, `~` none;
 * a dnsName may begin with a wildcard).
 *
 * @param service - `[namespace/]host`, as a provider names its collector
 */
export function egressReaches(
  hosts: readonly string[],
  service: string,
  sidecarNamespace: string,
): boolean {
  const slash = service.indexOf('/');
  const host = slash < 0 ? service : service.slice(slash + 1);
  const namespace = slash < 0 ? namespaceOfHost(host) : service.slice(0, slash);
  return hosts.some(entry => {
    const at = entry.indexOf('/');
    const from = at < 0 ? '*' : entry.slice(0, at);
    if (from === '~') return false;
    const wanted = from === '.' ? sidecarNamespace : from;
    // The host of a ServiceEntry doesn't tell its namespace; such a service
    // counts as reached.
    const isThere =
      wanted === '*' || namespace === undefined || wanted === namespace;
    return isThere && matchesName(at < 0 ? entry : entry.slice(at + 1), host);
  });
}

/**
 * The namespace that a host names: `name.namespace.svc.domain`, or short
 * `name.namespace`.
 */
function namespaceOfHost(host: string): string | undefined {
  const parts = host.split('.');
  return parts[2] === 'svc' || parts.length === 2 ? parts[1] : undefined;
}

function matchesName(pattern: string, host: string): boolean {
  if (pattern === '*') return true;
  return pattern.startsWith('*.')
    ? host.endsWith(pattern.slice(1))
    : pattern === host;
}
