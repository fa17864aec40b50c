import type { ResourceWatch } from '../watch/ResourceWatch';
import type { ServiceAddresses } from './meshResources';

/** A Kubernetes Service by its name; undefined where there is none, or none is known. */
export function serviceNamed(
  services: ResourceWatch<ServiceAddresses>,
  { namespace, name }: { namespace: string; name: string },
): ServiceAddresses | undefined {
  return [...services.itemsIn(namespace)].find(
    ({ facts }) => facts.kind === 'Service' && facts.name === name,
  );
}
