import type {
  OverrideRequest,
  OverrideScope,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';

/** What a request is about: a workload, and how far around it. */
export function targetOf(
  { workload }: Pick<WorkloadTracing, 'workload'>,
  scope: OverrideScope = 'workload',
): Pick<OverrideRequest, 'workload' | 'scope'> {
  const { cluster, namespace, kind, name } = workload;
  return {
    workload: { cluster, namespace, kind, name },
    ...(scope !== 'workload' && { scope }),
  };
}
