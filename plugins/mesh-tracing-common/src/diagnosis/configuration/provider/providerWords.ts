import {
  decidingSide,
  tracedSide,
  type EffectiveTracingSide,
} from '../../../tracing';
import type { ConfigurationFacts } from '../ConfigurationFacts';

/** A Kubernetes Service, by the host that names it. @public */
export interface KubernetesServiceName {
  namespace: string;
  name: string;
}

/** The side that a rung speaks of: the one that makes spans, else the deciding one. */
export function spokenSide({
  effective,
}: Pick<ConfigurationFacts, 'effective'>): EffectiveTracingSide | undefined {
  return tracedSide(effective)?.tracing ?? decidingSide(effective);
}

/** The host of `[namespace/]host`. */
export function hostOf(service: string): string {
  return service.slice(service.indexOf('/') + 1);
}

/**
 * The Kubernetes Service that a provider's host names; undefined for a host outside,
 * such as one of a ServiceEntry.
 *
 * @param service - `[namespace/]host`
 * @public
 */
export function kubernetesServiceOf(
  service: string,
): KubernetesServiceName | undefined {
  const [name, namespace, svc] = hostOf(service).split('.');
  return name && namespace && svc === 'svc' ? { name, namespace } : undefined;
}
