import {
  bindWaypoints,
  buildWorkloads,
  describeGateway,
  describePod,
  describeService,
  describeServiceEntry,
  type KubernetesGateway,
  type KubernetesPod,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';

/** Objects of a cluster as the API server lists them. */
export interface ClusterLists {
  namespaces: unknown[];
  services: unknown[];
  serviceEntries: unknown[];
  gateways: unknown[];
  gatewayClasses: unknown[];
  pods: unknown[];
}

interface Labelled {
  metadata: { name: string; labels?: Record<string, string> };
}

/** The workloads of a cluster with the ways of requests to them. */
export function readCluster(lists: ClusterLists): Workload[] {
  const namespaces = lists.namespaces as Labelled[];
  const classes = lists.gatewayClasses as Labelled[];
  const workloads = buildWorkloads({
    cluster: 'lab',
    clusterId: 'Kubernetes',
    pods: lists.pods.flatMap(pod => describePod(pod as KubernetesPod) ?? []),
    controllers: [],
    ambientNamespaces: new Set(
      namespaces
        .filter(
          ({ metadata }) =>
            metadata.labels?.['istio.io/dataplane-mode'] === 'ambient',
        )
        .map(({ metadata }) => metadata.name),
    ),
  });
  return bindWaypoints(workloads, {
    namespaces: new Map(
      namespaces.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]),
    ),
    services: [
      ...lists.services.map(describeService),
      ...lists.serviceEntries.map(describeServiceEntry),
    ],
    gateways: lists.gateways.map(gateway =>
      describeGateway(gateway as KubernetesGateway),
    ),
    waypointFor: new Map(
      classes.flatMap(({ metadata }) => {
        const traffic = metadata.labels?.['istio.io/waypoint-for'];
        return traffic === undefined ? [] : [[metadata.name, traffic]];
      }),
    ),
    domain: 'cluster.local',
  });
}
