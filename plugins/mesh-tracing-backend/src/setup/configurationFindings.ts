import {
  checkErrorSampling,
  checkMeshDefault,
  checkSource,
  checkTelemetry,
  decidingSide,
  MANAGED_BY_LABEL,
  MANAGED_BY_VALUE,
  spanReporting,
  tailSamplingMends,
  type EffectiveTracing,
  type EffectiveTracingSide,
  type SetupFinding,
  type TailSamplingInput,
  type Telemetry,
  type TelemetryContext,
  type Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';

/** Traffic as far as it was measured. */
export type KnownTraffic = Omit<TelemetryContext, 'cluster' | 'nowMs'> &
  Omit<TailSamplingInput, 'namespace' | 'matchLabels'>;

/** A workload, and what its configuration comes to. */
export interface ConfiguredWorkload {
  workload: Workload;
  snapshot: MeshSnapshot;
  effective: EffectiveTracing;
}

/** Findings about one workload from its configuration; no source is asked. */
export function configurationFindings(
  configured: ConfiguredWorkload,
  nowMs: number,
  traffic: KnownTraffic = {},
): SetupFinding[] {
  const { workload, snapshot, effective } = configured;
  const side = decidingSide(effective);
  if (!side || spanReporting(effective) !== 'reported') {
    return [];
  }
  const context = { ...traffic, cluster: workload.cluster, nowMs };
  const telemetries = telemetriesOf(snapshot, effective);
  const errors = checkErrorSampling({
    cluster: workload.cluster,
    samplingPercent: side.samplingPercent.value,
    telemetries,
    customTags: Object.keys(side.customTags.value),
    annotations: workload.annotations,
    envoyFilters: filtersOf(snapshot, workload),
    mends: tailSamplingMends(policyInput(workload, traffic)),
  });
  return [
    ...telemetries
      .filter(telemetry => isOverride(telemetry) || decides(telemetry, side))
      .flatMap(telemetry => checkTelemetry(telemetry, context) ?? []),
    ...otherSource(configured, side),
    ...(errors ? [errors] : []),
  ];
}

/** What a tail-sampling policy for the workload is made of. */
export function policyInput(
  { namespace, labels }: Workload,
  traffic: KnownTraffic,
): TailSamplingInput {
  return {
    ...traffic,
    namespace,
    ...(labels.app === undefined ? {} : { matchLabels: { app: labels.app } }),
  };
}

/** All requests are sampled, and no Telemetry says so. */
function otherSource(
  { workload, snapshot }: ConfiguredWorkload,
  { samplingPercent }: EffectiveTracingSide,
): SetupFinding[] {
  const { source, value } = samplingPercent;
  if (value < 100 || source.kind === 'telemetry') {
    return [];
  }
  // A sampler decides for itself; what a percentage says has no effect then.
  if (source.kind === 'provider-sampler') {
    return [];
  }
  const { cluster } = workload;
  return [
    checkMeshDefault(cluster, snapshot.inputs) ??
      checkSource(cluster, workload, source),
  ];
}

function telemetriesOf(
  { inputs }: MeshSnapshot,
  { chain }: EffectiveTracing,
): Telemetry[] {
  return inputs.telemetries.filter(({ metadata }) =>
    chain.some(
      ({ namespace, name }) =>
        namespace === metadata.namespace && name === metadata.name,
    ),
  );
}

function isOverride({ metadata }: Telemetry): boolean {
  return metadata.labels?.[MANAGED_BY_LABEL] === MANAGED_BY_VALUE;
}

function decides(
  { metadata }: Telemetry,
  { samplingPercent: { source } }: EffectiveTracingSide,
): boolean {
  return (
    source.kind === 'telemetry' &&
    source.namespace === metadata.namespace &&
    source.name === metadata.name
  );
}

/** Those of the root namespace and its own whose selector its labels match. */
function filtersOf({ inputs }: MeshSnapshot, workload: Workload) {
  const { envoyFilters = [], meshConfig } = inputs;
  const namespaces = [workload.namespace, meshConfig.rootNamespace];
  return envoyFilters.filter(
    ({ namespace, matchLabels = {} }) =>
      namespaces.includes(namespace) &&
      Object.entries(matchLabels).every(
        ([key, value]) => workload.labels[key] === value,
      ),
  );
}
