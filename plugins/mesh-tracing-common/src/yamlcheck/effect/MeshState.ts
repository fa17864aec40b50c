import { proxiesOf, type Workload } from '../../workloads';
import { readMeshConfig } from '../../meshconfig';
import type { MeshTracingInputs } from '../../tracing';

/** A cluster as one pasted document after another changes it. */
export interface MeshState {
  inputs: MeshTracingInputs;
  /** The entity's, those that are looked at. */
  workloads: readonly Workload[];
  /** Namespaces of which resources may be told. */
  visible: ReadonlySet<string>;
  /** Services of providers as the present mesh config names them. */
  toldServices: ReadonlySet<string>;
  /** `namespace/host:port` of the Services and ServiceEntries of the text. */
  pastedServices: readonly string[];
  /** Whether there is a cluster at all. */
  known: boolean;
}

const HOST = /^(?:([^/]+)\/)?([^/:]+)$/;

/**
 * What of a cluster an entity's page tells: Telemetries and the like of the root
 * namespace and of those that decide about its workloads. A pasted mesh config could
 * make another namespace the root one, so the rest is not there at all.
 */
export function visibleState(
  inputs: MeshTracingInputs,
  workloads: readonly Workload[],
  known = true,
): MeshState {
  const mesh = readMeshConfig(inputs.meshConfig);
  const visible = new Set([
    mesh.rootNamespace,
    ...workloads.flatMap(namespacesOf),
  ]);
  const seen = ({ namespace }: { namespace: string }) => visible.has(namespace);
  const toldServices = new Set(
    mesh.providers.flatMap(({ service }) => (service ? [service] : [])),
  );
  return {
    inputs: {
      ...inputs,
      telemetries: inputs.telemetries.filter(
        ({ metadata }) =>
          metadata?.namespace && visible.has(metadata.namespace),
      ),
      sidecars: inputs.sidecars?.filter(seen),
      envoyFilters: inputs.envoyFilters?.filter(seen),
    },
    workloads,
    visible,
    toldServices,
    pastedServices: [],
    known,
  };
}

function namespacesOf(workload: Workload): string[] {
  return [
    workload.namespace,
    ...proxiesOf(workload).map(({ namespace }) => namespace),
    ...(workload.routes ?? []).map(({ to }) => to.namespace),
  ];
}

/**
 * Whether it may be told if the service of a provider exists: the present mesh config
 * names it, the text brings it, or it is of one of the entity's namespaces.
 */
export function mayTellService(state: MeshState, service: string): boolean {
  const [, namespace, host = ''] = HOST.exec(service) ?? [];
  const home = namespace ?? host.split('.')[1] ?? '';
  const root = readMeshConfig(state.inputs.meshConfig).rootNamespace;
  return (
    state.toldServices.has(service) ||
    state.pastedServices.some(pasted => hostOf(pasted) === host) ||
    (home !== root && state.visible.has(home))
  );
}

/** The host of `[namespace/]host[:port]`. */
export function hostOf(service: string): string {
  const host = service.slice(service.indexOf('/') + 1);
  const colon = host.lastIndexOf(':');
  return colon < 0 ? host : host.slice(0, colon);
}

/** The state with services that exist, or are taken to exist. */
export function withServices(
  state: MeshState,
  services: readonly string[],
): MeshState {
  const { knownServices } = state.inputs;
  if (!knownServices || services.length === 0) return state;
  return {
    ...state,
    inputs: {
      ...state.inputs,
      knownServices: new Set([...knownServices, ...services]),
    },
  };
}
