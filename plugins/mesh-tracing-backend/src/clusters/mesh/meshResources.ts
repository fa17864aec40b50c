import {
  describeController,
  describeEnvoyFilter,
  describeNamespaceInjection,
  describePod,
  describeService,
  describeServiceEntry,
  describeSidecar,
  namespaceGitOps,
  type ControllerFacts,
  type Injector,
  type KubernetesController,
  type KubernetesPod,
  type NamespaceGitOps,
  type NamespaceInjection,
  type ObjectMetadata,
  type PodFacts,
  type ServiceFacts,
  type SidecarEgress,
  type Telemetry,
  type TracingEnvoyFilter,
} from 'backstage-plugin-mesh-tracing-common';
import type { ClusterConfig } from '../ClusterConfig';
import type { WatchedResource } from '../watch/WatchedResource';
import { describeIstiod, type IstiodFacts } from './describeIstiod';
import { gatewayResources, type GatewayResources } from './gatewayResources';
import { createProxyConfigParser } from './parseProxyConfig';

/** A Deployment, and istiod's settings where it is one. */
export interface DeploymentFacts extends ControllerFacts {
  istiod?: IstiodFacts;
}

/** The YAML of a mesh config, from the key `mesh` of its ConfigMap. */
export interface MeshConfigText {
  text: string | undefined;
}

/** `host:port` of everything that one object makes known to istiod, and its pods. */
export interface ServiceAddresses {
  facts: ServiceFacts;
  /** `name.namespace` of a Kubernetes service; the cluster's domain is added later. */
  service?: string;
  /** Present on a Service that is another name of a host, with no pods behind it. */
  isExternalName?: true;
  hosts: string[];
  ports: number[];
}

/**
 * What a Namespace says: who changes things in it, which of its pods get proxies, and
 * how ambient traffic goes.
 */
export interface NamespaceFacts {
  name: string;
  gitOps: NamespaceGitOps;
  injection: NamespaceInjection;
  labels: Record<string, string>;
}

/** Everything that is watched of a cluster. */
export interface MeshResources extends GatewayResources {
  telemetries: WatchedResource<Telemetry>;
  meshConfig: WatchedResource<MeshConfigText>;
  pods: WatchedResource<PodFacts>;
  deployments: WatchedResource<DeploymentFacts>;
  replicaSets: WatchedResource<ControllerFacts>;
  statefulSets: WatchedResource<ControllerFacts>;
  daemonSets: WatchedResource<ControllerFacts>;
  cronJobs: WatchedResource<ControllerFacts>;
  services: WatchedResource<ServiceAddresses>;
  serviceEntries: WatchedResource<ServiceAddresses>;
  sidecars: WatchedResource<SidecarEgress>;
  envoyFilters: WatchedResource<TracingEnvoyFilter>;
  namespaces: WatchedResource<NamespaceFacts>;
  injectors: WatchedResource<Injector>;
}

/** Names of the resources that workloads are made from. */
export const WORKLOAD_RESOURCES = new Set([
  'pods',
  'deployments',
  'replicasets',
  'statefulsets',
  'daemonsets',
  'cronjobs',
  'namespaces',
]);

/** Names of the resources that say how requests in the ambient mesh go. */
export const ROUTE_RESOURCES = new Set([
  'namespaces',
  'services',
  'serviceentries',
  'gateways',
  'gatewayclasses',
  // The cluster's domain is part of the names of services.
  'deployments',
]);

/** The API group of Telemetry. */
export const TELEMETRY_GROUP = 'telemetry.istio.io';
/**
 * Versions of the Telemetry API, the preferred one first; Istio releases before 1.22
 * serve only `v1alpha1`.
 */
export const TELEMETRY_VERSIONS = ['v1', 'v1alpha1'] as const;

const NAMESPACES: WatchedResource<NamespaceFacts> = {
  name: 'namespaces',
  apiGroup: '',
  paths: ['/api/v1/namespaces'],
  metadataOnly: true,
  select: object => {
    const { metadata } = object as { metadata: ObjectMetadata };
    return {
      name: metadata.name,
      gitOps: namespaceGitOps(metadata),
      injection: describeNamespaceInjection(metadata),
      labels: metadata.labels ?? {},
    };
  },
};

/** The webhooks by which istiods add proxies (Istio: charts/istio-control). */
const INJECTORS: WatchedResource<Injector> = {
  name: 'mutatingwebhookconfigurations',
  apiGroup: 'admissionregistration.k8s.io',
  paths: [
    '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations',
  ],
  labelSelector: 'app=sidecar-injector',
  metadataOnly: true,
  select: object => {
    const { labels = {} } = (object as { metadata: ObjectMetadata }).metadata;
    const tag = labels['istio.io/tag'];
    return {
      revision: labels['istio.io/rev'] || 'default',
      ...(tag ? { tag } : {}),
    };
  },
};

/** The watched resources of one cluster. */
export function meshResources(config: ClusterConfig): MeshResources {
  const parse = createProxyConfigParser();
  const apps = <T extends ControllerFacts>(
    kind: string,
    select: (object: KubernetesController) => T,
  ): WatchedResource<T> => ({
    name: `${kind.toLowerCase()}s`,
    apiGroup: 'apps',
    paths: [`/apis/apps/v1/${kind.toLowerCase()}s`],
    select: object => select(object as KubernetesController),
  });
  return {
    telemetries: {
      name: 'telemetries',
      apiGroup: TELEMETRY_GROUP,
      paths: TELEMETRY_VERSIONS.map(
        version => `/apis/${TELEMETRY_GROUP}/${version}/telemetries`,
      ),
      select: object => object as Telemetry,
    },
    meshConfig: configMapResource(config, meshConfigMapName(config)),
    pods: {
      name: 'pods',
      apiGroup: '',
      paths: ['/api/v1/pods'],
      ...(config.podSelector ? { labelSelector: config.podSelector } : {}),
      select: object => describePod(object as KubernetesPod, parse),
    },
    deployments: apps('Deployment', object => ({
      ...describeController('Deployment', object, parse),
      ...istiodOf(object),
    })),
    replicaSets: {
      // A ReplicaSet only leads from its pods to their Deployment, and there are many.
      ...apps('ReplicaSet', object => ({
        ...describeController('ReplicaSet', object),
        annotations: {},
      })),
      metadataOnly: true,
    },
    statefulSets: apps('StatefulSet', object =>
      describeController('StatefulSet', object, parse),
    ),
    daemonSets: apps('DaemonSet', object =>
      describeController('DaemonSet', object, parse),
    ),
    cronJobs: {
      name: 'cronjobs',
      apiGroup: 'batch',
      paths: ['/apis/batch/v1/cronjobs'],
      select: object =>
        describeController('CronJob', object as KubernetesController, parse),
    },
    services: {
      name: 'services',
      apiGroup: '',
      paths: ['/api/v1/services'],
      select: selectService,
    },
    serviceEntries: istioNetworking(
      'serviceentries',
      ['v1', 'v1beta1'],
      selectServiceEntry,
    ),
    sidecars: istioNetworking('sidecars', ['v1', 'v1beta1'], describeSidecar),
    // Istio has no later version of EnvoyFilter.
    envoyFilters: istioNetworking(
      'envoyfilters',
      ['v1alpha3'],
      describeEnvoyFilter,
    ),
    namespaces: NAMESPACES,
    injectors: INJECTORS,
    ...gatewayResources(),
  };
}

/**
 * @param versions - API versions that supported Istio releases serve, the preferred
 * one first
 */
function istioNetworking<T>(
  name: string,
  versions: string[],
  select: (object: unknown) => T | undefined,
): WatchedResource<T> {
  const apiGroup = 'networking.istio.io';
  return {
    name,
    apiGroup,
    paths: versions.map(version => `/apis/${apiGroup}/${version}/${name}`),
    select,
  };
}

/** Name of the ConfigMap that istiod of this revision reads. */
export function meshConfigMapName({ revision }: ClusterConfig): string {
  return revision && revision !== 'default' ? `istio-${revision}` : 'istio';
}

/** A ConfigMap of istiod's namespace that holds a mesh config. */
export function configMapResource(
  { istioNamespace }: ClusterConfig,
  objectName: string,
): WatchedResource<MeshConfigText> {
  return {
    name: 'configmaps',
    apiGroup: '',
    namespace: istioNamespace,
    objectName,
    paths: [`/api/v1/namespaces/${istioNamespace}/configmaps`],
    select: object => {
      const { metadata, data } = object as {
        metadata?: { name?: string };
        data?: Record<string, string>;
      };
      return metadata?.name === objectName ? { text: data?.mesh } : undefined;
    },
  };
}

function istiodOf(object: KubernetesController): { istiod?: IstiodFacts } {
  const istiod = describeIstiod(object);
  return istiod ? { istiod } : {};
}

interface PortedObject {
  metadata?: { name?: string; namespace?: string };
  spec?: {
    type?: string;
    hosts?: string[];
    ports?: Array<{ port?: number; number?: number }>;
  };
}

function selectService(object: unknown): ServiceAddresses {
  const { metadata, spec } = object as PortedObject;
  return {
    facts: describeService(object),
    service: `${metadata?.name}.${metadata?.namespace}`,
    ...(spec?.type === 'ExternalName' ? { isExternalName: true } : {}),
    hosts: [],
    ports: (spec?.ports ?? []).flatMap(({ port }) => port ?? []),
  };
}

function selectServiceEntry(object: unknown): ServiceAddresses {
  const { spec } = object as PortedObject;
  return {
    facts: describeServiceEntry(object),
    hosts: spec?.hosts ?? [],
    ports: (spec?.ports ?? []).flatMap(({ number }) => number ?? []),
  };
}
