import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildWorkloads } from '../model/buildWorkloads';
import { describePod } from '../model/describePod';
import type { KubernetesPod } from '../model/kubernetesObjects';
import type { WorkloadRoute } from '../model/Workload';
import { bindWaypoints } from './bindWaypoints';
import { describeGateway, type KubernetesGateway } from './GatewayFacts';
import { describeService, describeServiceEntry } from './ServiceFacts';

interface Labelled {
  metadata: { name: string; labels?: Record<string, string> };
}

interface Recording {
  objects: {
    namespaces: Labelled[];
    services: unknown[];
    serviceEntries: unknown[];
    gateways: KubernetesGateway[];
    gatewayClasses: Labelled[];
    pods: KubernetesPod[];
  };
  istiod: {
    services: Record<string, { waypoint?: string; fromIngress: boolean }>;
    pods: Record<string, { waypoint?: string; services: string[] }>;
  };
}

const { objects, istiod }: Recording = JSON.parse(
  readFileSync(
    join(__dirname, '../../../fixtures/ambient-routes.json'),
    'utf8',
  ),
);

const valueOf = (object: Labelled, label: string) =>
  object.metadata.labels?.[label];

const workloads = bindWaypoints(
  buildWorkloads({
    cluster: 'lab',
    pods: objects.pods.flatMap(pod => describePod(pod) ?? []),
    controllers: [],
    ambientNamespaces: new Set(
      objects.namespaces
        .filter(
          namespace =>
            valueOf(namespace, 'istio.io/dataplane-mode') === 'ambient',
        )
        .map(({ metadata }) => metadata.name),
    ),
  }),
  {
    namespaces: new Map(
      objects.namespaces.map(({ metadata: { name, labels = {} } }) => [
        name,
        labels,
      ]),
    ),
    services: [
      ...objects.services.map(describeService),
      ...objects.serviceEntries.map(describeServiceEntry),
    ],
    gateways: objects.gateways.map(describeGateway),
    waypointFor: new Map(
      objects.gatewayClasses.flatMap(gatewayClass => {
        const traffic = valueOf(gatewayClass, 'istio.io/waypoint-for');
        return traffic === undefined
          ? []
          : [[gatewayClass.metadata.name, traffic] as const];
      }),
    ),
    domain: 'cluster.local',
  },
).filter(({ proxy }) => proxy === 'none');

const hostOf = ({ state, waypoint }: WorkloadRoute) =>
  state === 'waypoint' && waypoint
    ? `${waypoint.namespace}/${waypoint.name}.${waypoint.namespace}.svc.cluster.local`
    : undefined;

describe("what istiod's recorded index says of waypoints", () => {
  it('is of a mesh with waypoints that are named rightly and in vain', () => {
    expect(workloads).toHaveLength(48);
    expect(
      new Set(
        workloads.flatMap(({ routes = [] }) =>
          routes.map(({ state }) => state),
        ),
      ),
    ).toEqual(
      new Set([
        'waypoint',
        'no-waypoint',
        'opted-out',
        'waypoint-missing',
        'attachment-denied',
        'other-traffic',
      ]),
    );
  });

  const concerned = workloads.filter(({ routes }) => routes);
  const toServices = ({ routes = [] }: (typeof workloads)[number]) =>
    routes.filter(({ hostname }) => hostname !== undefined);

  it('names the same services of each pod', () => {
    for (const workload of concerned) {
      const hosts = toServices(workload).map(
        ({ to, hostname }) => `${to.namespace}/${hostname}`,
      );
      expect(hosts.sort()).toEqual(
        istiod.pods[`${workload.namespace}/${workload.name}`]?.services,
      );
    }
  });

  it('is found again for each service of each pod', () => {
    for (const route of concerned.flatMap(toServices)) {
      expect({
        waypoint: hostOf(route),
        fromIngress: route.fromIngress,
      }).toEqual({
        waypoint: undefined,
        ...istiod.services[`${route.to.namespace}/${route.hostname}`],
      });
    }
  });

  it('is found again for requests to pods', () => {
    for (const { namespace, name, routes = [] } of workloads) {
      const direct = routes.find(({ to }) => to.kind === 'Workload');
      expect([name, direct && hostOf(direct)]).toEqual([
        name,
        istiod.pods[`${namespace}/${name}`]?.waypoint,
      ]);
    }
  });
});
