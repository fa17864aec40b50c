import type {
  MeshTracingInputs,
  Telemetry,
  TracingProxy,
} from 'backstage-plugin-mesh-tracing-common';

/** A mesh of any size, the same one for the same numbers. */
export interface MeshSize {
  namespaces: number;
  telemetriesPerNamespace: number;
  workloadsPerNamespace: number;
}

/**
 * One namespace-wide Telemetry in each namespace, the others select one
 * workload each; every third names a provider, every fourth sets tags.
 */
export function meshOf(size: MeshSize): {
  inputs: MeshTracingInputs;
  proxies: TracingProxy[];
} {
  const telemetries: Telemetry[] = [];
  const proxies: TracingProxy[] = [];
  for (let n = 0; n < size.namespaces; n++) {
    const namespace = n === 0 ? 'istio-system' : `team-${n}`;
    for (let t = 0; t < size.telemetriesPerNamespace; t++) {
      telemetries.push(telemetryOf(namespace, t));
    }
    for (let w = 0; w < size.workloadsPerNamespace; w++) {
      proxies.push(proxyOf(namespace, w));
    }
  }
  return { inputs: inputsOf(telemetries), proxies };
}

function telemetryOf(namespace: string, number: number): Telemetry {
  const minute = String(number % 60).padStart(2, '0');
  return {
    metadata: {
      namespace,
      name: `tracing-${number}`,
      creationTimestamp: `2026-03-01T10:${minute}:00Z`,
    },
    spec: {
      ...(number === 0
        ? {}
        : { selector: { matchLabels: { app: `app-${number}` } } }),
      tracing: [
        {
          randomSamplingPercentage: (number * 7) % 100,
          ...(number % 3 === 0 ? { providers: [{ name: 'otel' }] } : {}),
          ...(number % 4 === 1
            ? {
                customTags: {
                  team: { literal: { value: namespace } },
                  tenant: { header: { name: 'x-tenant' } },
                },
              }
            : {}),
        },
      ],
    },
  };
}

function proxyOf(namespace: string, number: number): TracingProxy {
  return {
    kind: 'sidecar',
    namespace,
    labels: {
      app: `app-${number}`,
      version: 'v1',
      'service.istio.io/canonical-name': `app-${number}`,
      'service.istio.io/canonical-revision': 'v1',
    },
    version: '1.31.0',
    proxyConfig: { concurrency: 2 },
  };
}

function inputsOf(telemetries: Telemetry[]): MeshTracingInputs {
  return {
    meshConfig: {
      defaultProviders: { tracing: ['otel'] },
      extensionProviders: [
        { name: 'otel', opentelemetry: { service: 'otel.obs', port: 4317 } },
      ],
    },
    meshConfigKnown: true,
    telemetries,
    istiod: { version: '1.31.0', environmentKnown: true },
  };
}
