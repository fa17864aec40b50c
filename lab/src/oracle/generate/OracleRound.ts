import type {
  MeshConfig,
  Telemetry,
  TracingProxy,
} from 'backstage-plugin-mesh-tracing-common';

/** How many namespaces play the mesh's root in one round. */
export const STATES_PER_ROUND = 5;

/** Objects of one wave are written together, waves at least a second apart. */
export type Wave = 0 | 1;

/** A Telemetry that is to be written. */
export interface PlannedTelemetry {
  wave: Wave;
  telemetry: Telemetry;
}

/** A proxy that connects to istiod. */
export interface OracleProxy {
  name: string;
  address: string;
  proxy: TracingProxy;
}

/** Telemetries of one plot of namespaces and the proxies to ask about. */
export interface OracleChain {
  /** Counted from 0 over all rounds; absent for the root namespace's own. */
  index?: number;
  namespaces: string[];
  telemetries: PlannedTelemetry[];
  proxies: OracleProxy[];
}

/** One mesh config with the chains that are resolved under it. */
export interface MeshState {
  rootNamespace: string;
  meshConfig: MeshConfig;
  chains: OracleChain[];
}

/** Environment of istiod that has a say in tracing. */
export interface IstiodSettings {
  traceSamplingPercent?: number;
  selectorBasedGatewayPolicy: boolean;
}

/** What is written at once and then looked at under several mesh configs. */
export interface OracleRound {
  istiod: IstiodSettings;
  states: MeshState[];
}
