import type { TraceSubject } from 'backstage-plugin-mesh-tracing-common';

/**
 * Whether spans under this service name are the subject's without looking at
 * them: it ends with the subject's namespace, as the names that Istio computes
 * do, and no other cluster has a service of that name. A subject without
 * workloads is told by its names anyway.
 */
export function isOwnName(
  service: string,
  subject: TraceSubject | undefined,
): boolean {
  return (
    !subject ||
    subject.workloads.length === 0 ||
    (!subject.namesShared &&
      !subject.sharedServices?.includes(service) &&
      subject.workloads.some(({ namespace }) =>
        service.endsWith(`.${namespace}`),
      ))
  );
}
