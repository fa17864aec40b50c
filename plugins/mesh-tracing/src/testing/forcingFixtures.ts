import type {
  ConditionalResponse,
  ForcingResponse,
} from 'backstage-plugin-mesh-tracing-common';

const provider = { name: 'otel', kind: 'opentelemetry' };

/** A gateway in front of checkout, and checkout itself. */
export function forcingResponse(
  patch: Partial<ForcingResponse> = {},
): ForcingResponse {
  return {
    entityRef: 'component:default/checkout',
    hops: [
      {
        kind: 'gateway',
        workload: {
          cluster: 'demo',
          namespace: 'istio-ingress',
          kind: 'Deployment',
          name: 'edge',
        },
        headers: 'w3c',
        provider,
        samplingPercent: 1,
        notes: ['leads-there-unknown'],
      },
      {
        kind: 'service',
        workload: {
          cluster: 'demo',
          namespace: 'shop',
          kind: 'Deployment',
          name: 'checkout',
        },
        headers: 'b3',
        provider: { name: 'zipkin', kind: 'zipkin' },
        samplingPercent: 1,
        url: 'http://checkout.shop.svc.cluster.local:8080/',
        notes: ['port-forward-passes-by'],
      },
    ],
    conditional: {
      allowed: false,
      reason: 'A change of a whole mesh needs a permission.',
    },
    ...patch,
  };
}

/** What is generated for the gateway. */
export function conditionalResponse(
  patch: Partial<ConditionalResponse> = {},
): ConditionalResponse {
  return {
    yaml: 'kind: EnvoyFilter\n',
    reaches: [
      {
        cluster: 'demo',
        namespace: 'istio-ingress',
        kind: 'Deployment',
        name: 'edge',
      },
    ],
    risks: ['spoofable', 'breaks-with-upgrades'],
    ...patch,
  };
}
