import type { Workload } from 'backstage-plugin-mesh-tracing-common';

/** A sidecar workload with one pod, labelled `app` by its name. */
export function workload(
  name: string,
  overrides: Partial<Workload> = {},
): Workload {
  const labels = overrides.labels ?? { app: name };
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
