import type {
  TraceSubject,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';

/**
 * What Istio calls a workload's service in spans.
 * Source: Istio, `pkg/model`, canonical service labels.
 */
export function canonicalNameOf(workload: Workload): string {
  const { labels } = workload;
  return (
    labels['service.istio.io/canonical-name'] ??
    labels['app.kubernetes.io/name'] ??
    labels.app ??
    workload.name
  );
}

/** Undefined when the pods of the workload do not agree on one. */
function canonicalRevisionOf({ labels }: Workload): string | undefined {
  return (
    labels['service.istio.io/canonical-revision'] ??
    labels['app.kubernetes.io/version'] ??
    labels.version
  );
}

/**
 * The workloads as the traces know them. The cluster is left open: Istio's own
 * id of a cluster need not be the portal's name of it.
 */
export function traceSubjectOf(
  workloads: Workload[],
  services: string[],
): TraceSubject {
  return {
    services,
    workloads: workloads.map(workload => ({
      namespace: workload.namespace,
      name: workload.name,
      canonicalName: canonicalNameOf(workload),
      canonicalRevision: canonicalRevisionOf(workload),
      pods: workload.pods.map(pod => pod.name),
    })),
  };
}
