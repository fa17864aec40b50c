import type { WorkloadsResponse } from 'backstage-plugin-mesh-tracing-common';
import { workloadView } from './tracingFixtures';

/** How the workload was found, in a simulated mesh. */
export function workloadsResponse(
  patch: Partial<WorkloadsResponse> = {},
): WorkloadsResponse {
  return {
    entityRef: 'component:default/checkout',
    rule: 'backstage.io/kubernetes-id',
    value: 'checkout',
    explanation: 'Found by backstage.io/kubernetes-id: 2 pods.',
    workloads: [workloadView()],
    traceStore: 'main',
    traceServiceNames: [
      { name: 'checkout.shop', reason: 'app label and namespace', found: true },
      { name: 'checkout', reason: 'canonical name', found: false },
    ],
    suggestions: [],
    clusters: [
      { name: 'demo', state: 'synced', simulated: true, problems: [] },
    ],
    ...patch,
  };
}
