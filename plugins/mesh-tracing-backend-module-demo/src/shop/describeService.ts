import type { CallStep, EndpointBehaviour, ServiceBehaviour } from '../traffic';

const PRODUCT_COUNT = 24;

/** Paths of the shop's products below one folder. */
export const products = (path: string): string[] =>
  Array.from({ length: PRODUCT_COUNT }, (_, i) => `${path}${1000 + i * 7}`);

/**
 * A call to another service of the shop, made once and required unless the
 * options say otherwise.
 */
export const call = (
  to: string,
  endpoint: string,
  options: Partial<CallStep> = {},
): CallStep => ({ kind: 'call', service: to, endpoint, ...options });

/**
 * A service of the mesh with one workload of its name, in namespace `shop`
 * unless the options say otherwise.
 */
export function service(
  name: string,
  endpoints: Record<string, EndpointBehaviour>,
  options: Partial<ServiceBehaviour> & { namespace?: string } = {},
): ServiceBehaviour {
  const { namespace = 'shop', ...rest } = options;
  return {
    host: `${name}.${namespace}.svc.cluster.local`,
    port: 8080,
    backends: [{ workload: `${namespace}/${name}`, weight: 1 }],
    forwardsHeaders: true,
    endpoints,
    ...rest,
  };
}
