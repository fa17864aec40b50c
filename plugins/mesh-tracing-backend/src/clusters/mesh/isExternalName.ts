import type { ResourceWatch } from '../watch/ResourceWatch';
import type { ServiceAddresses } from './meshResources';

/** Whether a Service is another name of a host, with no pods behind it. */
export function isExternalName(
  services: ResourceWatch<ServiceAddresses>,
  { namespace, name }: { namespace: string; name: string },
): boolean {
  return [...services.itemsIn(namespace)].some(
    service => service.isExternalName === true && service.facts.name === name,
  );
}
