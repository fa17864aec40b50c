import {
  decidingSide,
  tracedSide,
  type EffectiveTracing,
  type ExportFacts,
} from 'backstage-plugin-mesh-tracing-common';
import type { ProviderAddress } from './readProxyCounts';

/** Where a workload's spans are sent to. */
export interface ProviderFacts
  extends Pick<
    ExportFacts,
    'provider' | 'providerNamespace' | 'providerServiceName'
  > {
  address?: ProviderAddress;
}

/** The provider of a workload: `[namespace/]host` in the mesh config. */
export function providerOf(effective: EffectiveTracing): ProviderFacts {
  const side = tracedSide(effective)?.tracing ?? decidingSide(effective);
  const { port, service } = side?.provider.value ?? {};
  if (!service || port === undefined) {
    return {};
  }
  const host = service.split('/').at(-1) ?? service;
  const [name, namespace, rest] = host.split('.');
  const isKubernetes = rest === undefined || rest === 'svc';
  return {
    provider: `${host}:${port}`,
    address: { host, port },
    ...(isKubernetes && name && namespace
      ? { providerServiceName: name, providerNamespace: namespace }
      : {}),
  };
}
