import { join } from 'node:path';
import { apiServerUrl } from '../components/kubeApiServer';
import type { LabComponentName } from '../components/ComponentSpec';
import { envoyAdminUrl } from '../components/envoy';
import { etcdUrl } from '../components/etcd';
import { istiodUrl } from '../components/istiod';
import { jaegerQueryUrl } from '../components/jaeger/jaeger';
import { collectorUrls } from '../components/jaeger/production';
import { componentNames } from '../components/labComponents';
import { storageUrls } from '../components/openSearch';
import { prometheusUrl } from '../components/prometheus/prometheus';
import { frontendUrl, gatewayUrl, PRODUCT_PATH } from '../components/traffic';
import { meshWorkloads } from '../kubernetes/meshWorkloads';
import {
  PORTS,
  type LabLayout,
  type LabWorkloadName,
} from '../layout/LabLayout';
import type { LabProfile } from '../layout/LabProfile';
import { isAlive, residentMebibytes } from '../process/processes';
import { recordedProcesses, logFile } from './componentProcess';
import { labPaths, layoutOf, readLabState } from './LabState';

/** One process of the lab. @public */
export interface LabComponent {
  name: string;
  /** Undefined when it was never started or was stopped on purpose. */
  pid?: number;
  alive: boolean;
  /** Where it is reached. */
  address: string;
  /** Resident memory in mebibytes. */
  residentMebibytes: number;
  logFile: string;
}

/** Where to reach the lab's parts. @public */
export interface LabEndpoints {
  kubeconfig: {
    /** All rights. For tests and people, not for the product. */
    admin: string;
    /** The ServiceAccount `backstage/mesh-tracing`, as the product runs. */
    portal: string;
  };
  apiServer: string;
  /** Jaeger's query API and UI. */
  jaegerQuery: string;
  otlpGrpc: string;
  otlpHttp: string;
  /** Of the production profile only. */
  production?: {
    /** OTLP over HTTP of each collector. */
    collectors: string[];
    /** HTTP of each node of the storage. */
    storage: string[];
    prometheus: string;
  };
  /** istiod's debug interface: `/debug/telemetryz`, `/debug/syncz`, ... */
  istiodDebug: string;
  /** A page of the app past the gateway: the frontend decides on sampling. */
  frontend: string;
  /** The same page through the gateway, which then decides on sampling. */
  gateway: string;
  /** Admin interface of each Envoy by Deployment. */
  envoyAdmin: Record<LabWorkloadName, string>;
}

/** A lab at this moment. @public */
export interface LabStatus {
  name: string;
  /** `plain` while the lab is down. */
  profile: LabProfile;
  /** `degraded`: it was up and a component of it is gone. */
  state: 'down' | 'starting' | 'up' | 'degraded';
  stateFolder: string;
  startedAtMs?: number;
  /** Present unless the lab is down. */
  endpoints?: LabEndpoints;
  components: LabComponent[];
}

function labEndpoints(layout: LabLayout, folder: string): LabEndpoints {
  const isProduction = layout.profile === 'production';
  const [receiver = layout.jaegerAddress] = isProduction
    ? layout.collectorAddresses
    : [];
  return {
    kubeconfig: {
      admin: join(folder, 'admin.kubeconfig'),
      portal: join(folder, 'portal.kubeconfig'),
    },
    apiServer: apiServerUrl(layout),
    jaegerQuery: jaegerQueryUrl(layout),
    otlpGrpc: `${receiver}:${PORTS.otlpGrpc}`,
    otlpHttp: `http://${receiver}:${PORTS.otlpHttp}`,
    ...(isProduction && {
      production: {
        collectors: collectorUrls(layout),
        storage: storageUrls(layout),
        prometheus: prometheusUrl(layout),
      },
    }),
    istiodDebug: istiodUrl(layout),
    frontend: `${frontendUrl(layout)}${PRODUCT_PATH}`,
    gateway: `${gatewayUrl(layout)}${PRODUCT_PATH}`,
    envoyAdmin: Object.fromEntries(
      meshWorkloads(layout).map(workload => [
        workload.name,
        envoyAdminUrl(workload),
      ]),
    ) as Record<LabWorkloadName, string>,
  };
}

function numbered<Name extends string>(
  name: Name,
  urls: string[],
): Array<[`${Name}-${number}`, string]> {
  return urls.map((url, index) => [`${name}-${index + 1}`, url]);
}

function componentAddresses(layout: LabLayout): Map<LabComponentName, string> {
  const details = layout.sidecars.find(({ app }) => app === 'details');
  return new Map<LabComponentName, string>([
    ['etcd', etcdUrl(layout)],
    ['kube-apiserver', apiServerUrl(layout)],
    ['istiod', istiodUrl(layout)],
    ['jaeger', jaegerQueryUrl(layout)],
    ['jaeger-query', jaegerQueryUrl(layout)],
    ...numbered('jaeger-collector', collectorUrls(layout)),
    ...numbered('opensearch', storageUrls(layout)),
    ['prometheus', prometheusUrl(layout)],
    ['bookinfo', `http://${details?.podAddress}:${PORTS.app}`],
    ...meshWorkloads(layout).map(
      workload => [`envoy-${workload.name}`, envoyAdminUrl(workload)] as const,
    ),
    ['traffic', gatewayUrl(layout)],
  ]);
}

/** Looks at a lab without touching it. @public */
export function labStatus(name = 'default'): LabStatus {
  const { folder } = labPaths(name);
  const state = readLabState(folder);
  if (!state) {
    return {
      name,
      profile: 'plain',
      state: 'down',
      stateFolder: folder,
      components: [],
    };
  }
  const layout = layoutOf(state);
  const recorded = recordedProcesses(folder);
  const required = new Set<string>(componentNames(layout));
  const components = [...componentAddresses(layout)]
    .filter(([component]) => required.has(component) || recorded.has(component))
    .map(([component, address]): LabComponent => {
      const identity = recorded.get(component);
      const alive = identity !== undefined && isAlive(identity);
      return {
        name: component,
        ...(identity && { pid: identity.pid }),
        alive,
        address,
        residentMebibytes:
          alive && identity ? residentMebibytes(identity.pid) : 0,
        logFile: logFile(folder, component),
      };
    });
  const complete = components
    .filter(component => required.has(component.name))
    .every(({ alive }) => alive);
  const running = complete ? 'up' : 'degraded';
  return {
    name,
    profile: state.profile,
    state: state.phase === 'starting' ? 'starting' : running,
    stateFolder: folder,
    startedAtMs: state.startedAtMs,
    endpoints: labEndpoints(layout, folder),
    components,
  };
}
