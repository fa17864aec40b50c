import { envoyTracing } from '../envoy/envoyTracing';
import type { KubeApi } from '../kubernetes/KubeApi';
import { APP_NAMESPACE } from '../kubernetes/meshWorkloads';
import { waitUntil } from '../lifecycle/componentProcess';
import type { LabEndpoints } from '../lifecycle/labStatus';

/** 100 % for the frontend's requests, as its Envoy has it. */
export async function traceEverything(
  admin: KubeApi,
  { envoyAdmin }: LabEndpoints,
  name: string,
): Promise<void> {
  await admin.apply({
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    metadata: { name, namespace: APP_NAMESPACE },
    spec: {
      selector: { matchLabels: { app: 'frontend' } },
      tracing: [{ randomSamplingPercentage: 100 }],
    },
  });
  await waitUntil(
    "the frontend's Envoy to trace everything",
    async () =>
      (
        await envoyTracing(envoyAdmin['frontend-v1'])
      ).every(({ randomSamplingPercent }) => randomSamplingPercent === 100),
    undefined,
    20_000,
  );
}
