import type { ServiceAddresses } from './meshResources';

/** `host:port` of every service that istiod knows. */
export function knownServices(
  addresses: Iterable<ServiceAddresses>,
  domain: string,
): ReadonlySet<string> {
  const known = new Set<string>();
  for (const { service, hosts, ports } of addresses) {
    const names = service ? [`${service}.svc.${domain}`] : hosts;
    for (const host of names) {
      for (const port of ports) {
        known.add(`${host}:${port}`);
      }
    }
  }
  return known;
}
