import { join } from 'node:path';
import { PORTS, type LabLayout } from '../layout/LabLayout';
import { httpGet } from '../process/httpGet';
import type { ComponentSpec } from './ComponentSpec';

/** The address of istiod's debug interface. */
export function istiodUrl(layout: LabLayout): string {
  return `http://${layout.controlAddress}:${PORTS.istiodHttp}`;
}

/**
 * istiod as the chart runs it, but for three things that Envoy's own release
 * lacks or that a mesh without kubelets has no use for: Istio's metadata
 * exchange and ALPN filters (Envoy would refuse every listener), and the
 * sidecar injector.
 */
export function istiod(
  layout: LabLayout,
  binary: string,
  stateFolder: string,
): ComponentSpec {
  const at = (port: number) => `${layout.controlAddress}:${port}`;
  return {
    name: 'istiod',
    command: binary,
    args: [
      'discovery',
      `--kubeconfig=${join(stateFolder, 'istiod.kubeconfig')}`,
      `--httpAddr=${at(PORTS.istiodHttp)}`,
      `--grpcAddr=${at(PORTS.istiodXds)}`,
      `--secureGRPCAddr=${at(PORTS.istiodSecureXds)}`,
      `--httpsAddr=${at(PORTS.istiodWebhook)}`,
      `--monitoringAddr=${at(PORTS.istiodMetrics)}`,
      `--ctrlz_address=${layout.controlAddress}`,
      `--ctrlz_port=${PORTS.istiodControlZ}`,
      '--clusterRegistriesNamespace=istio-system',
      '--log_output_level=default:info',
    ],
    env: {
      POD_NAMESPACE: 'istio-system',
      POD_NAME: 'istiod-6c8d5b7f9-lab01',
      SERVICE_ACCOUNT: 'istiod',
      REVISION: 'default',
      CLUSTER_ID: 'Kubernetes',
      // The serving certificate that istiod issues itself gets this address.
      ISTIOD_CUSTOM_HOST: layout.controlAddress,
      INJECT_ENABLED: 'false',
      INJECTION_WEBHOOK_CONFIG_NAME: '',
      // Any value makes istiod patch the webhooks labelled with its revision.
      VALIDATION_WEBHOOK_CONFIG_NAME: 'istio-validator-istio-system',
      ENABLE_LEADER_ELECTION: 'false',
      PILOT_ENABLE_METADATA_EXCHANGE: 'false',
      PILOT_ENABLE_ALPN_FILTER: 'false',
      // It would create Deployments that nothing here runs.
      PILOT_ENABLE_GATEWAY_API_DEPLOYMENT_CONTROLLER: 'false',
    },
    address: istiodUrl(layout),
    ready: async () =>
      (await httpGet(`${istiodUrl(layout)}/ready`)).status === 200,
  };
}
