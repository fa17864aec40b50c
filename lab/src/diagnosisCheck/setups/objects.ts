import type { KubeObject } from '../../kubernetes/resourcePath';
import { APP_NAMESPACE, ROOT_NAMESPACE } from '../../kubernetes/meshWorkloads';

/** The provider of the lab's mesh configuration. */
export const PROVIDER = 'jaeger';
export const COLLECTOR_HOST = `jaeger-collector.${ROOT_NAMESPACE}.svc.cluster.local`;

/** A Telemetry with one entry for tracing, for a namespace or the pods of an app. */
export function telemetryOf(
  name: string,
  tracing: object,
  { namespace = APP_NAMESPACE, app }: { namespace?: string; app?: string } = {},
): KubeObject {
  return {
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    metadata: { name, namespace },
    spec: {
      ...(app && { selector: { matchLabels: { app } } }),
      tracing: [tracing],
    },
  };
}

/** An object of the lab, of which only the place is of interest. */
export function named(
  apiVersion: string,
  kind: string,
  name: string,
  namespace: string,
): KubeObject {
  return { apiVersion, kind, metadata: { name, namespace } };
}

/** Where the collector is. */
export const COLLECTOR_SERVICE = named(
  'v1',
  'Service',
  'jaeger-collector',
  ROOT_NAMESPACE,
);
export const COLLECTOR_ENDPOINT = named(
  'networking.istio.io/v1',
  'WorkloadEntry',
  'jaeger',
  ROOT_NAMESPACE,
);
