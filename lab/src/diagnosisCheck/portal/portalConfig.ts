import type { LabEndpoints } from '../../lifecycle/labStatus';

/** The part of the portal's configuration that this check changes. */
export interface PortalConfig {
  clusters: Array<Record<string, unknown>>;
  traceStores: Array<{
    name: string;
    jaeger: Record<string, unknown>;
    [field: string]: unknown;
  }>;
  [field: string]: unknown;
}

/** The portal on a lab, under the key `meshTracing`. */
export function portalConfig(
  { kubeconfig, istiodDebug, jaegerQuery }: LabEndpoints,
  prometheusUrl: string,
): PortalConfig {
  return {
    clusters: [
      {
        name: 'lab',
        connection: { type: 'kubeconfig', path: kubeconfig.portal },
        istiod: { debugUrls: [istiodDebug] },
        traceStore: 'lab',
        prometheus: { url: prometheusUrl, labels: { workload: 'proxy' } },
      },
    ],
    traceStores: [{ name: 'lab', jaeger: { url: jaegerQuery } }],
    sampling: { maxDuration: { hours: 24 }, reason: 'optional' },
  };
}

/** The configuration with something else said of its one trace store. */
export function withStore(
  config: PortalConfig,
  jaeger: Record<string, unknown>,
): PortalConfig {
  return {
    ...config,
    traceStores: config.traceStores.map(store => ({
      ...store,
      jaeger: { ...store.jaeger, ...jaeger },
    })),
  };
}
