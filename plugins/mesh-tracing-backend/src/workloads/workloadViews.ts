import type {
  Workload,
  WorkloadRef,
  WorkloadView,
} from 'backstage-plugin-mesh-tracing-common';

/** The four parts that identify a workload, and nothing else. */
export function toWorkloadRef(ref: WorkloadRef): WorkloadRef {
  return {
    cluster: ref.cluster,
    namespace: ref.namespace,
    kind: ref.kind,
    name: ref.name,
  };
}

/** The part of a workload that is sent to the browser. */
export function toWorkloadView(workload: Workload): WorkloadView {
  return {
    ...toWorkloadRef(workload),
    proxy: workload.proxy,
    ...(workload.ambient ? { ambient: true } : {}),
    proxyVersion: workload.proxyVersion,
    revision: workload.revision,
    labels: workload.labels,
    podCount: workload.pods.length,
    readyPodCount: workload.pods.filter(pod => pod.ready).length,
  };
}
