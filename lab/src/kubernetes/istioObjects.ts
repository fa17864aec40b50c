import {
  PORTS,
  type LabLayout,
  type SidecarWorkload,
} from '../layout/LabLayout';
import { APP_NAMESPACE, ROOT_NAMESPACE } from './meshWorkloads';
import { injectorWebhook } from './injectorWebhook';
import { requestMetricsFilter } from './requestMetricsFilter';
import type { KubeObject } from './resourcePath';

const NETWORKING = 'networking.istio.io/v1';

/**
 * Listeners on the pod's own addresses in place of iptables: inbound on the
 * pod's address, outbound on the address beside it.
 */
function sidecarResource(sidecar: SidecarWorkload): KubeObject {
  const { name, app, version, podAddress, egressAddress } = sidecar;
  const port = { number: PORTS.service, protocol: 'HTTP', name: 'http' };
  return {
    apiVersion: NETWORKING,
    kind: 'Sidecar',
    metadata: { name, namespace: APP_NAMESPACE },
    spec: {
      workloadSelector: { labels: { app, version } },
      ingress: [
        {
          port,
          bind: podAddress,
          captureMode: 'NONE',
          // 0.0.0.0 stands for the pod's address (Istio's Sidecar reference).
          defaultEndpoint: `0.0.0.0:${PORTS.app}`,
        },
      ],
      egress: [
        { port, bind: egressAddress, captureMode: 'NONE', hosts: ['./*'] },
        {
          // An HTTP listener imports only services of its own port, this kind
          // imports all: without it the collector's cluster is missing.
          port: {
            number: PORTS.collectorEgress,
            protocol: 'HTTP_PROXY',
            name: 'http-proxy',
          },
          bind: egressAddress,
          captureMode: 'NONE',
          hosts: [`${ROOT_NAMESPACE}/*`],
        },
      ],
    },
  };
}

/**
 * An endpoint of a Service. The API server refuses loopback addresses in
 * EndpointSlices; istiod takes them from a WorkloadEntry that the Service
 * selects.
 */
function workloadEntry(
  name: string,
  namespace: string,
  address: string,
  labels: Record<string, string>,
): KubeObject {
  return {
    apiVersion: NETWORKING,
    kind: 'WorkloadEntry',
    metadata: { name, namespace },
    spec: { address, labels },
  };
}

/**
 * Where spans go. Two collectors are two endpoints of one Service, between which
 * each proxy chooses; it passes over one that fails, which Kubernetes would take
 * out of the Service a little later.
 */
function spanReceivers(layout: LabLayout): KubeObject[] {
  const labels = { app: 'jaeger' };
  if (layout.profile !== 'production') {
    return [
      workloadEntry('jaeger', ROOT_NAMESPACE, layout.jaegerAddress, labels),
    ];
  }
  return [
    ...layout.collectorAddresses.map((address, index) =>
      workloadEntry(
        `jaeger-collector-${index + 1}`,
        ROOT_NAMESPACE,
        address,
        labels,
      ),
    ),
    {
      apiVersion: NETWORKING,
      kind: 'DestinationRule',
      metadata: { name: 'jaeger-collector', namespace: ROOT_NAMESPACE },
      spec: {
        host: `jaeger-collector.${ROOT_NAMESPACE}.svc.cluster.local`,
        trafficPolicy: {
          outlierDetection: {
            consecutive5xxErrors: 1,
            consecutiveGatewayErrors: 1,
            interval: '1s',
            baseEjectionTime: '5s',
            maxEjectionPercent: 50,
          },
        },
      },
    },
    requestMetricsFilter(),
  ];
}

/** Traffic: sidecars, endpoints, and the way in through the gateway. */
export function istioObjects(layout: LabLayout): KubeObject[] {
  return [
    ...layout.sidecars.map(sidecarResource),
    ...layout.sidecars.map(({ name, app, version, podAddress }) =>
      workloadEntry(name, APP_NAMESPACE, podAddress, { app, version }),
    ),
    ...spanReceivers(layout),
    injectorWebhook(
      'default',
      `https://${layout.controlAddress}:${PORTS.istiodWebhook}/inject`,
    ),
    {
      // Without it inbound listeners wait for certificates that no agent
      // fetches here.
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      metadata: { name: 'default', namespace: ROOT_NAMESPACE },
      spec: { mtls: { mode: 'DISABLE' } },
    },
    {
      apiVersion: NETWORKING,
      kind: 'Gateway',
      metadata: { name: 'bookinfo', namespace: APP_NAMESPACE },
      spec: {
        selector: { istio: 'ingressgateway' },
        servers: [
          {
            port: { number: PORTS.gateway, name: 'http', protocol: 'HTTP' },
            bind: layout.gatewayAddress,
            hosts: ['*'],
          },
        ],
      },
    },
    {
      apiVersion: NETWORKING,
      kind: 'VirtualService',
      metadata: { name: 'bookinfo', namespace: APP_NAMESPACE },
      spec: {
        hosts: ['*'],
        gateways: ['bookinfo'],
        http: [
          {
            route: [
              {
                destination: {
                  host: `frontend.${APP_NAMESPACE}.svc.cluster.local`,
                  port: { number: PORTS.service },
                },
              },
            ],
          },
        ],
      },
    },
  ];
}

/** Names of the two webhook configurations of Istio's chart. */
export const WEBHOOK_NAMES = [
  'istio-validator-istio-system',
  'istiod-default-validator',
] as const;

/**
 * The chart's validating webhooks, reached by address. They begin fail-open
 * and without a certificate authority; istiod sets both once it serves.
 */
export function validatingWebhooks(layout: LabLayout): KubeObject[] {
  const url = `https://${layout.controlAddress}:${PORTS.istiodWebhook}/validate`;
  const webhook = (name: string, hook: string, expression: object) => ({
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: {
      name,
      labels: { app: 'istiod', istio: 'istiod', 'istio.io/rev': 'default' },
    },
    webhooks: [
      {
        name: hook,
        clientConfig: { url },
        failurePolicy: 'Ignore',
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
        rules: [
          {
            operations: ['CREATE', 'UPDATE'],
            apiGroups: [
              'security.istio.io',
              'networking.istio.io',
              'telemetry.istio.io',
              'extensions.istio.io',
            ],
            apiVersions: ['*'],
            resources: ['*'],
          },
        ],
        objectSelector: { matchExpressions: [expression] },
      },
    ],
  });
  return [
    webhook(WEBHOOK_NAMES[0], 'rev.validation.istio.io', {
      key: 'istio.io/rev',
      operator: 'In',
      values: ['default'],
    }),
    webhook(WEBHOOK_NAMES[1], 'validation.istio.io', {
      key: 'istio.io/rev',
      operator: 'DoesNotExist',
    }),
  ];
}
