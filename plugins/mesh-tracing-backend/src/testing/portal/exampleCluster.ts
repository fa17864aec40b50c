import type { Workload } from 'backstage-plugin-mesh-tracing-common';
import { FakeMeshCluster } from '../mesh/FakeMeshCluster';
import { workload } from '../mesh/workload';

/** The cluster of the example shop, with more workloads if a test asks for them. */
export function exampleCluster(more: Workload[]): FakeMeshCluster {
  return FakeMeshCluster.create({
    traceStore: 'main',
    workloads: [
      workload('frontend'),
      // Two entities stand for it, of which one is hidden.
      workload('payments', {
        annotations: {
          'meshtracing.io/owners': 'payments,user:default/olivia',
        },
      }),
      ...more,
    ],
    meshConfig: {
      defaultProviders: { tracing: ['jaeger'] },
      extensionProviders: [
        { name: 'jaeger', opentelemetry: { service: 'jaeger', port: 4317 } },
      ],
    },
    telemetries: [
      {
        apiVersion: 'telemetry.istio.io/v1',
        kind: 'Telemetry',
        metadata: {
          namespace: 'istio-system',
          name: 'mesh-default',
          managedFields: [{ manager: 'kubectl' }],
        },
        spec: { tracing: [{ randomSamplingPercentage: 10 }] },
      },
      {
        metadata: { namespace: 'elsewhere', name: 'private' },
        spec: { tracing: [{ randomSamplingPercentage: 77 }] },
      },
    ],
  });
}
