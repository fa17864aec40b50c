import type { KubeAnswer, KubeApi } from '../kubernetes/KubeApi';
import type { LabEndpoints } from '../lifecycle/labStatus';
import type { CheckList } from './CheckList';

/** Name of the Telemetry that the checks write. */
export const SELFTEST_NAME = 'mesh-tracing.selftest';

/** A lab that is up, as its checks see it. */
export interface CheckedLab {
  name: string;
  endpoints: LabEndpoints;
  portal: KubeApi;
  checks: CheckList;
}

/** A Telemetry for the frontend, named and marked as the portal's. */
export function telemetry(
  namespace: string,
  tags: object,
  percent = 100,
): object {
  return {
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    metadata: {
      name: SELFTEST_NAME,
      namespace,
      labels: { 'app.kubernetes.io/managed-by': 'mesh-tracing' },
    },
    spec: {
      selector: { matchLabels: { app: 'frontend' } },
      tracing: [{ randomSamplingPercentage: percent, customTags: tags }],
    },
  };
}

/** Where the Telemetries of a namespace are. */
export function telemetriesPath(namespace: string): string {
  return `/apis/telemetry.istio.io/v1/namespaces/${namespace}/telemetries`;
}

/** Status and text of an answer, for the message of a failed check. */
export function message({ status, body }: KubeAnswer): string {
  return `${status} ${(body as { message?: string }).message ?? ''}`;
}
