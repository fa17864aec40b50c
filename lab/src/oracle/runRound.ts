import {
  createTracingResolver,
  type MeshTracingInputs,
  type Telemetry,
  type TracingResolver,
} from 'backstage-plugin-mesh-tracing-common';
import {
  compareProxy,
  type Comparison,
  type Difference,
} from './compare/compareProxy';
import { admissionDifferences } from './compare/compareAdmission';
import { nodeIdentity, proxyId } from './istiod/nodeIdentity';
import { nextSecond, type OracleLab } from './istiod/OracleLab';
import type {
  MeshState,
  OracleChain,
  OracleProxy,
  OracleRound,
  Wave,
} from './generate/OracleRound';
import { ISTIO_VERSION } from '../kubernetes/meshWorkloads';
import { collectorServices, servicesOfWaypoint } from './generate/plots';

/** A difference with everything that it follows from. */
export interface Mismatch {
  chain?: number;
  inputs?: MeshTracingInputs;
  proxy?: OracleProxy;
  telemetry?: Telemetry;
  differences: Difference[];
}

/** What one round came to. */
export interface RoundResult {
  chains: number;
  proxies: number;
  comparisons: number;
  telemetries: number;
  refused: number;
  mismatches: Mismatch[];
}

function emptyResult(): RoundResult {
  return {
    chains: 0,
    proxies: 0,
    comparisons: 0,
    telemetries: 0,
    refused: 0,
    mismatches: [],
  };
}

/** Writes all Telemetries of a round, each wave in a second of its own. */
async function writeTelemetries(
  lab: OracleLab,
  chains: OracleChain[],
  result: RoundResult,
): Promise<void> {
  for (const wave of [0, 1] satisfies Wave[]) {
    if (wave > 0) await nextSecond();
    await Promise.all(
      chains
        .flatMap(chain => chain.telemetries)
        .filter(planned => planned.wave === wave)
        .map(async ({ telemetry }) => {
          const admission = await lab.write(telemetry);
          result.telemetries += 1;
          result.comparisons += 1;
          if (!admission.accepted) result.refused += 1;
          const differences = admissionDifferences(telemetry, admission);
          if (differences.length > 0) {
            result.mismatches.push({ telemetry, differences });
          }
        }),
    );
  }
  await lab.waitForTelemetries();
}

function inputsOf(
  round: OracleRound,
  state: MeshState,
  telemetries: Telemetry[],
): MeshTracingInputs {
  return {
    meshConfig: state.meshConfig,
    meshConfigKnown: true,
    telemetries,
    istiod: {
      version: ISTIO_VERSION,
      revision: 'default',
      environmentKnown: true,
      ...round.istiod,
    },
    knownServices: collectorServices(),
  };
}

/** Asks istiod about a connected proxy and compares. */
async function compareConnected(
  lab: OracleLab,
  proxy: OracleProxy,
  resolver: TracingResolver,
  telemetries: ReadonlyMap<string, Telemetry>,
  plots: number,
): Promise<Comparison> {
  const id = proxyId(proxy);
  const [entries, listeners] = await Promise.all([
    lab.debug.tracingEntries(id),
    lab.debug.listeners(id),
  ]);
  const { kind, namespace } = proxy.proxy;
  const services =
    kind === 'waypoint' ? servicesOfWaypoint(namespace, plots) : [];
  const answer = { entries, listeners };
  return compareProxy(proxy, resolver, telemetries, services, answer);
}

async function compareState(
  lab: OracleLab,
  state: MeshState,
  inputs: MeshTracingInputs,
  plots: number,
  result: RoundResult,
): Promise<void> {
  const resolver = createTracingResolver(inputs);
  const byName = new Map(
    inputs.telemetries.map(telemetry => {
      const { namespace, name } = telemetry.metadata;
      return [`${namespace}/${name}`, telemetry];
    }),
  );
  const all = state.chains.flatMap(chain =>
    chain.proxies.map(proxy => ({ chain, proxy })),
  );
  const { connections } = lab;
  await Promise.all(
    all.map(({ proxy }) => connections.connect(nodeIdentity(proxy))),
  );
  await Promise.all(
    all.map(async ({ chain, proxy }) => {
      const { compared, differences } = await compareConnected(
        lab,
        proxy,
        resolver,
        byName,
        plots,
      );
      result.comparisons += compared;
      result.proxies += 1;
      if (differences.length === 0) return;
      const namespaces = [...chain.namespaces, state.rootNamespace];
      result.mismatches.push({
        chain: chain.index,
        proxy,
        inputs: relevantInputs(inputs, namespaces),
        differences,
      });
    }),
  );
  connections.disconnectAll();
}

/** The inputs less Telemetries that can have no influence. */
function relevantInputs(
  inputs: MeshTracingInputs,
  namespaces: string[],
): MeshTracingInputs {
  return {
    ...inputs,
    telemetries: inputs.telemetries.filter(({ metadata }) =>
      namespaces.includes(metadata.namespace),
    ),
  };
}

/** Applies a round to the lab and compares every proxy of it. */
export async function runRound(
  lab: OracleLab,
  round: OracleRound,
  plots: number,
): Promise<RoundResult> {
  const result = emptyResult();
  const chains = round.states.flatMap(state => state.chains);
  const namespaces = chains.flatMap(chain => chain.namespaces);
  await lab.configureIstiod(round.istiod);
  await writeTelemetries(lab, chains, result);
  const telemetries = await lab.telemetries();
  for (const state of round.states) {
    await lab.configureMesh(state.meshConfig);
    const inputs = inputsOf(round, state, telemetries);
    await compareState(lab, state, inputs, plots, result);
  }
  await lab.deleteTelemetries(namespaces);
  result.chains = chains.filter(chain => chain.index !== undefined).length;
  return result;
}
