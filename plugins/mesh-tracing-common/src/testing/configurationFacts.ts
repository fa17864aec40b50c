import { parseYaml } from '../yaml';
import type {
  ConfigurationFacts,
  DiagnosisMend,
  DiagnosisRung,
} from '../diagnosis';
import {
  createTracingResolver,
  type MeshTracingInputs,
  type Telemetry,
} from '../tracing';
import {
  describeNamespaceInjection,
  type MeshInjection,
  type Workload,
  type WorkloadPod,
} from '../workloads';
import { applyPatch } from './applyPatch';
import { inputsOf, workload as workloadOf } from './tracing';

/** The moment that the facts of tests are of. */
export const FACTS_AT_MS = Date.parse('2026-11-20T12:00:00Z');
const LABELLED_AT = '2026-11-10T08:00:00Z';

/** A pod of `reviews` with a proxy, with what differs. */
export function podOf(overrides: Partial<WorkloadPod> = {}): WorkloadPod {
  return {
    name: 'reviews-1',
    labels: { app: 'reviews' },
    ready: true,
    proxy: 'sidecar',
    proxyVersion: '1.31.0',
    createdAtMs: Date.parse('2026-11-15T08:00:00Z'),
    ...overrides,
  };
}

/** A namespace `shop` with these labels, set on the tenth of November. */
export function injectionOf(
  labels: Record<string, string> = { 'istio-injection': 'enabled' },
  injectors: MeshInjection['injectors'] = [{ revision: 'default' }],
): MeshInjection {
  const names = Object.keys(labels).map(key => [`f:${key}`, {}]);
  const namespace = describeNamespaceInjection({
    labels,
    managedFields: [
      {
        manager: 'kubectl',
        time: LABELLED_AT,
        fieldsV1: { 'f:metadata': { 'f:labels': Object.fromEntries(names) } },
      },
    ],
  });
  return { namespaces: new Map([['shop', namespace]]), injectors };
}

/** Facts of a workload that is traced well, with what differs. */
export function factsOf(
  options: {
    telemetries?: Telemetry[];
    inputs?: Partial<MeshTracingInputs>;
    workload?: Partial<Workload>;
    facts?: Partial<ConfigurationFacts>;
  } = {},
): ConfigurationFacts {
  const inputs = inputsOf(options.telemetries ?? [], options.inputs);
  const workload = workloadOf({ pods: [podOf()], ...options.workload });
  return {
    workload,
    workloads: [workload],
    effective: createTracingResolver(inputs).resolveWorkload(workload),
    inputs,
    atMs: FACTS_AT_MS,
    isSyncing: false,
    injection: injectionOf(),
    unread: [],
    acceptance: {
      state: 'accepted',
      proxies: 1,
      accepted: 1,
      behind: [],
      atMs: FACTS_AT_MS,
    },
    endpoints: { state: 'read', ready: 1, notReady: 0, atMs: FACTS_AT_MS },
    ...options.facts,
  };
}

/**
 * The same facts after a mend was applied as it was given: its patch of a Telemetry
 * or Sidecar, or its YAML.
 */
export function mended(
  facts: ConfigurationFacts,
  mend: DiagnosisMend | undefined,
): ConfigurationFacts {
  const inputs = { ...facts.inputs };
  if (mend?.kind === 'yaml') {
    const put = parseYaml(mend.yaml) as Telemetry;
    const metadata = {
      ...put.metadata,
      creationTimestamp: '2026-11-20T12:00:00Z',
    };
    inputs.telemetries = [...inputs.telemetries, { ...put, metadata }];
  } else if (mend?.kind === 'command') {
    inputs.telemetries = mend.command
      .split(' && ')
      .reduce(telemetriesAfter, inputs.telemetries);
    inputs.sidecars = inputs.sidecars?.map(sidecar => {
      const object = {
        metadata: sidecar,
        spec: { egress: [{ hosts: sidecar.hosts }] },
      };
      const patched = applyPatch(mend.command, 'sidecar', object);
      return { ...sidecar, hosts: patched.spec.egress[0]?.hosts };
    });
  }
  const effective = createTracingResolver(inputs).resolveWorkload(
    facts.workload,
  );
  return { ...facts, inputs, effective };
}

/** The Telemetries after one command, which patches or deletes one of them. */
function telemetriesAfter(
  telemetries: readonly Telemetry[],
  command: string,
): Telemetry[] {
  return telemetries
    .filter(
      ({ metadata: { namespace, name } }) =>
        command !== `kubectl -n ${namespace} delete telemetry ${name}`,
    )
    .map(telemetry => applyPatch(command, 'telemetry', telemetry));
}

/** The rung of an id among those that were judged. */
export function rungIn(
  rungs: readonly DiagnosisRung[],
  id: DiagnosisRung['id'],
): DiagnosisRung {
  const found = rungs.find(rung => rung.id === id);
  if (!found) throw new Error(`No rung ${id}`);
  return found;
}
