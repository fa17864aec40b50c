import { join } from 'node:path';
import { apiServerUrl } from '../components/kubeApiServer';
import type { LabComponentName } from '../components/ComponentSpec';
import { envoyAdminUrl } from '../components/envoy';
import { etcdUrl } from '../components/etcd';
import { istiodUrl } from '../components/istiod';
import { jaegerQueryUrl } from '../components/jaeger';
import { envoyNames } from '../components/labComponents';
import { frontendUrl, gatewayUrl, PRODUCT_PATH } from '../components/traffic';
import { meshWorkloads } from '../kubernetes/meshWorkloads';
import {
  createLabLayout,
  PORTS,
  type LabLayout,
  type LabWorkloadName,
} from '../layout/LabLayout';
import { isAlive, residentMebibytes } from '../process/processes';
import { recordedProcesses, logFile } from './componentProcess';
import { labPaths, readLabState } from './LabState';

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
  /** `degraded`: it was up and a component of it is gone. */
  state: 'down' | 'starting' | 'up' | 'degraded';
  stateFolder: string;
  startedAtMs?: number;
  /** Present unless the lab is down. */
  endpoints?: LabEndpoints;
  components: LabComponent[];
}

function labEndpoints(layout: LabLayout, folder: string): LabEndpoints {
  const jaegerPort = (port: number) => `${layout.jaegerAddress}:${port}`;
  return {
    kubeconfig: {
      admin: join(folder, 'admin.kubeconfig'),
      portal: join(folder, 'portal.kubeconfig'),
    },
    apiServer: apiServerUrl(layout),
    jaegerQuery: jaegerQueryUrl(layout),
    otlpGrpc: jaegerPort(PORTS.otlpGrpc),
    otlpHttp: `http://${jaegerPort(PORTS.otlpHttp)}`,
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

function componentAddresses(layout: LabLayout): Map<LabComponentName, string> {
  const details = layout.sidecars.find(({ app }) => app === 'details');
  return new Map<LabComponentName, string>([
    ['etcd', etcdUrl(layout)],
    ['kube-apiserver', apiServerUrl(layout)],
    ['istiod', istiodUrl(layout)],
    ['jaeger', jaegerQueryUrl(layout)],
    ['bookinfo', `http://${details?.podAddress}:${PORTS.app}`],
    ...meshWorkloads(layout).map(
      workload => [`envoy-${workload.name}`, envoyAdminUrl(workload)] as const,
    ),
    ['traffic', gatewayUrl(layout)],
  ]);
}

/** The components that a lab needs to be `up`. */
export function requiredComponents(layout: LabLayout): string[] {
  return [
    'etcd',
    'kube-apiserver',
    'istiod',
    'jaeger',
    'bookinfo',
    ...envoyNames(layout),
  ];
}

/** Looks at a lab without touching it. @public */
export function labStatus(name = 'default'): LabStatus {
  const { folder } = labPaths(name);
  const state = readLabState(folder);
  if (!state) {
    return { name, state: 'down', stateFolder: folder, components: [] };
  }
  const layout = createLabLayout(state.block);
  const recorded = recordedProcesses(folder);
  const required = new Set(requiredComponents(layout));
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
    state: state.phase === 'starting' ? 'starting' : running,
    stateFolder: folder,
    startedAtMs: state.startedAtMs,
    endpoints: labEndpoints(layout, folder),
    components,
  };
}
