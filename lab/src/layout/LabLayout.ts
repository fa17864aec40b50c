import type { LabProfile } from './LabProfile';

/** The workloads that have an Envoy, by the name of their Deployment. @public */
export type LabWorkloadName =
  | 'frontend-v1'
  | 'details-v1'
  | 'reviews-v1'
  | 'reviews-v2'
  | 'ratings-v1'
  | 'istio-ingressgateway';

/** One sidecar workload: the app, its Envoy and where both listen. */
export interface SidecarWorkload {
  name: LabWorkloadName;
  app: 'frontend' | 'details' | 'reviews' | 'ratings';
  version: 'v1' | 'v2';
  /** The pod's IP address; Envoy's inbound listener and the app bind it. */
  podAddress: string;
  /** Where the app finds its own Envoy for outgoing calls. */
  egressAddress: string;
}

/** Ports are the usual ones of each program; addresses make them unique. */
export const PORTS = {
  etcdClient: 2379,
  etcdPeer: 2380,
  apiServer: 6443,
  istiodHttp: 8080,
  istiodXds: 15010,
  istiodSecureXds: 15012,
  istiodWebhook: 15017,
  istiodMetrics: 15014,
  istiodControlZ: 9876,
  otlpGrpc: 4317,
  otlpHttp: 4318,
  zipkin: 9411,
  jaegerQuery: 16686,
  jaegerQueryGrpc: 16685,
  jaegerHealth: 13133,
  envoyAdmin: 15000,
  service: 9080,
  app: 9081,
  gateway: 8080,
  /** What Jaeger tells about itself. */
  jaegerMetrics: 8888,
  /** What a collector counts of the spans that pass it. */
  spanMetrics: 8889,
  openSearch: 9200,
  openSearchTransport: 9300,
  prometheus: 9090,
  /** Sidecar egress that exists only to bring the collector's cluster. */
  collectorEgress: 15080,
} as const;

/** Every address of one lab, inside one 127.x.y.0/24 block of its own. */
export interface LabLayout {
  /** The first three octets, such as `127.93.7`. */
  block: string;
  profile: LabProfile;
  /** etcd, kube-apiserver and istiod. */
  controlAddress: string;
  /** Jaeger; the query service alone where collectors have addresses of their own. */
  jaegerAddress: string;
  gatewayAddress: string;
  /** Of the production profile, as are the two that follow. */
  collectorAddresses: string[];
  storageAddresses: string[];
  prometheusAddress: string;
  sidecars: SidecarWorkload[];
}

const SIDECARS: Array<[SidecarWorkload['app'], SidecarWorkload['version']]> = [
  ['frontend', 'v1'],
  ['details', 'v1'],
  ['reviews', 'v1'],
  ['reviews', 'v2'],
  ['ratings', 'v1'],
];

/** Lays a lab out in a block of loopback addresses. */
export function createLabLayout(
  block: string,
  profile: LabProfile = 'plain',
): LabLayout {
  return {
    block,
    profile,
    controlAddress: `${block}.1`,
    jaegerAddress: `${block}.2`,
    gatewayAddress: `${block}.3`,
    prometheusAddress: `${block}.4`,
    collectorAddresses: [5, 6].map(last => `${block}.${last}`),
    storageAddresses: [7, 8, 9].map(last => `${block}.${last}`),
    sidecars: SIDECARS.map(([app, version], index) => ({
      name: `${app}-${version}` as LabWorkloadName,
      app,
      version,
      podAddress: `${block}.${(index + 1) * 10}`,
      egressAddress: `${block}.${(index + 1) * 10 + 1}`,
    })),
  };
}

interface ListenAddress {
  host: string;
  port: number;
}

/** What the programs of the production profile bind. */
function productionAddresses(layout: LabLayout): ListenAddress[] {
  const each = (hosts: string[], ports: number[]) =>
    hosts.flatMap(host => ports.map(port => ({ host, port })));
  return [
    ...each(layout.collectorAddresses, [
      PORTS.otlpGrpc,
      PORTS.otlpHttp,
      PORTS.jaegerHealth,
      PORTS.jaegerMetrics,
      PORTS.spanMetrics,
    ]),
    ...each(layout.storageAddresses, [
      PORTS.openSearch,
      PORTS.openSearchTransport,
    ]),
    { host: layout.prometheusAddress, port: PORTS.prometheus },
  ];
}

/**
 * All address and port pairs that a lab of any profile binds: what a claim must
 * test.
 */
export function listenAddresses(layout: LabLayout): ListenAddress[] {
  const control = [
    PORTS.etcdClient,
    PORTS.etcdPeer,
    PORTS.apiServer,
    PORTS.istiodHttp,
    PORTS.istiodXds,
    PORTS.istiodSecureXds,
    PORTS.istiodWebhook,
    PORTS.istiodMetrics,
    PORTS.istiodControlZ,
  ].map(port => ({ host: layout.controlAddress, port }));
  const jaeger = [
    PORTS.otlpGrpc,
    PORTS.otlpHttp,
    PORTS.zipkin,
    PORTS.jaegerQuery,
    PORTS.jaegerQueryGrpc,
    PORTS.jaegerHealth,
    PORTS.jaegerMetrics,
  ].map(port => ({ host: layout.jaegerAddress, port }));
  const gateway = [PORTS.gateway, PORTS.envoyAdmin].map(port => ({
    host: layout.gatewayAddress,
    port,
  }));
  const sidecars = layout.sidecars.flatMap(sidecar => [
    { host: sidecar.podAddress, port: PORTS.service },
    { host: sidecar.podAddress, port: PORTS.app },
    { host: sidecar.podAddress, port: PORTS.envoyAdmin },
    { host: sidecar.egressAddress, port: PORTS.service },
    { host: sidecar.egressAddress, port: PORTS.collectorEgress },
  ]);
  return [
    ...control,
    ...jaeger,
    ...gateway,
    ...sidecars,
    ...productionAddresses(layout),
  ];
}
