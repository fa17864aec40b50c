import type { Workload } from '../workloads';

/** A sidecar workload with one pod, for tests. */
export function testWorkload(
  name: string,
  labels: Record<string, string>,
  overrides: Partial<Workload> = {},
): Workload {
  return {
    cluster: 'main',
    namespace: 'shop',
    kind: 'Deployment',
    name,
    labels,
    ownerLabels: {},
    annotations: {},
    proxy: 'sidecar',
    proxyVersion: '1.30.0',
    pods: [{ name: `${name}-1`, labels, ready: true }],
    ...overrides,
  };
}
