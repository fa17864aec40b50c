import { PORTS } from '../../layout/LabLayout';
import { APP_NAMESPACE, ROOT_NAMESPACE } from '../../kubernetes/meshWorkloads';
import { resourcePath, type KubeObject } from '../../kubernetes/resourcePath';
import type { BrokenSetup } from '../PlantedSetup';
import {
  COLLECTOR_ENDPOINT,
  COLLECTOR_HOST,
  COLLECTOR_SERVICE,
  named,
  PROVIDER,
  telemetryOf,
} from './objects';

const frontend = { entity: 'frontend', workload: 'frontend-v1' } as const;
const labels = { app: 'jaeger' };
/** As whoever saves money leaves it. */
const collectorDeployment: KubeObject = {
  ...named('apps/v1', 'Deployment', 'jaeger-collector', ROOT_NAMESPACE),
  spec: {
    replicas: 0,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: { containers: [{ name: 'jaeger', image: 'jaegertracing/jaeger' }] },
    },
  },
};
const symptom = 'No request of the frontend is traced.';

/** Nobody who takes the spans. */
export const providerSetups: BrokenSetup[] = [
  {
    ...frontend,
    name: 'provider missing',
    planted:
      'The mesh config has no default provider, and no Telemetry names one.',
    symptom,
    expected: { rung: 'provider', code: 'tracing-off-by-omission' },
    plant: lab =>
      lab.meshConfig(config => {
        delete config.defaultProviders;
      }),
  },
  {
    ...frontend,
    name: 'provider unknown',
    planted:
      'The Telemetry of the frontend names the provider tempo, which the mesh config has not.',
    symptom,
    expected: { rung: 'provider', code: 'provider-unknown' },
    plant: async lab => {
      await lab.apply(
        telemetryOf(
          'frontend-tracing',
          { providers: [{ name: 'tempo' }], randomSamplingPercentage: 100 },
          { app: 'frontend' },
        ),
      );
    },
  },
  {
    ...frontend,
    name: 'provider unable',
    planted:
      'The Telemetry of the frontend names a provider that writes access logs and traces nothing.',
    symptom,
    expected: { rung: 'provider', code: 'provider-cannot-trace' },
    plant: async lab => {
      await lab.meshConfig(config => {
        config.extensionProviders?.push({
          name: 'access-log',
          envoyFileAccessLog: { path: '/dev/null' },
        });
      });
      await lab.apply(
        telemetryOf(
          'frontend-tracing',
          {
            providers: [{ name: 'access-log' }],
            randomSamplingPercentage: 100,
          },
          { app: 'frontend' },
        ),
      );
    },
  },
  {
    ...frontend,
    name: "provider's service absent",
    planted: 'The Service of the collector was deleted.',
    symptom,
    expected: { rung: 'provider', code: 'provider-service-unknown' },
    plant: lab => lab.remove(COLLECTOR_SERVICE),
    byHand: lab => lab.bringBack(),
  },
  {
    ...frontend,
    name: "provider's endpoints absent",
    planted:
      'The Deployment of the collector is scaled to nothing, so that its Service has no endpoints.',
    symptom,
    expected: { rung: 'provider', code: 'provider-endpoints-absent' },
    plant: async lab => {
      await lab.apply(collectorDeployment);
      await lab.remove(COLLECTOR_ENDPOINT);
    },
    follow: async lab => {
      const { body } = await lab.admin.request(
        'GET',
        resourcePath(collectorDeployment),
      );
      const { spec } = body as { spec: { replicas: number } };
      if (spec.replicas > 0) await lab.bringBack();
    },
  },
  {
    ...frontend,
    name: "provider's host a typo",
    planted:
      'The mesh config names the collector with a letter too few: jaeger-colector.',
    symptom,
    expected: { rung: 'provider', code: 'provider-service-unknown' },
    plant: lab =>
      lab.meshConfig(config => {
        config.extensionProviders = [
          {
            name: PROVIDER,
            opentelemetry: {
              service: COLLECTOR_HOST.replace('collector', 'colector'),
              port: PORTS.otlpGrpc,
            },
          },
        ];
      }),
  },
  {
    ...frontend,
    name: 'Sidecar without the collector',
    planted:
      'The Sidecar of the frontend lets it reach its own namespace alone, and the collector is in another.',
    symptom,
    expected: { rung: 'provider', code: 'sidecar-egress-hides-provider' },
    plant: async lab => {
      const { podAddress, egressAddress } = lab.sidecar('frontend-v1');
      const port = { number: PORTS.service, protocol: 'HTTP', name: 'http' };
      await lab.apply({
        apiVersion: 'networking.istio.io/v1',
        kind: 'Sidecar',
        metadata: { name: 'frontend-v1', namespace: APP_NAMESPACE },
        spec: {
          workloadSelector: { labels: { app: 'frontend', version: 'v1' } },
          ingress: [
            {
              port,
              bind: podAddress,
              captureMode: 'NONE',
              defaultEndpoint: `0.0.0.0:${PORTS.app}`,
            },
          ],
          egress: [
            {
              port: {
                number: PORTS.collectorEgress,
                protocol: 'HTTP_PROXY',
                name: 'http-proxy',
              },
              bind: egressAddress,
              captureMode: 'NONE',
              hosts: ['./*'],
            },
            { port, bind: egressAddress, captureMode: 'NONE', hosts: ['./*'] },
          ],
        },
      });
    },
  },
  {
    ...frontend,
    name: "another revision's mesh config",
    planted:
      'The provider stands in the mesh config of the revision default; the frontend is of the revision canary, whose own has none.',
    symptom,
    expected: { rung: 'accepted', code: 'other-revision' },
    plant: async lab => {
      await lab.meshConfig(config => {
        delete config.defaultProviders;
        delete config.extensionProviders;
      }, 'istio-canary');
      await lab.addRevision('canary');
      await lab.labelNamespace({
        'istio-injection': null,
        'istio.io/rev': 'canary',
      });
      await lab.pods.rollOut('frontend-v1');
    },
  },
];
