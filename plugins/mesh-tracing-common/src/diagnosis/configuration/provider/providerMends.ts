import { tracingProviderNames } from '../../../meshconfig';
import {
  tracedSide,
  type Telemetry,
  type TelemetryTracing,
} from '../../../tracing';
import { proxiesOf } from '../../../workloads';
import { formatYaml } from '../../../yaml';
import type { DiagnosisMend } from '../../model/Diagnosis';
import type { ConfigurationFacts } from '../ConfigurationFacts';
import { tracingAfter } from '../mends/isMended';
import { patchCommand, shellWord, type PatchOperation } from '../mends/kubectl';
import { nearestName } from '../mends/nearestName';
import { workloadTelemetry } from '../mends/workloadTelemetry';
import { spokenSide } from './providerWords';

/** Each costs a resolution of the workload. */
const MAX_TRIED = 5;

/** What gives the workload a provider that works, tried before it is offered. */
export function otherProviderMends(facts: ConfigurationFacts): DiagnosisMend[] {
  const names = tracingProviderNames(facts.inputs.meshConfig);
  const wrong = wrongName(facts);
  const near = wrong === undefined ? undefined : nearestName(wrong, names);
  const ordered = [...new Set([...(near ? [near] : []), ...names])];
  for (const name of ordered.slice(0, MAX_TRIED)) {
    const mend = namingMend(facts, name) ?? ownTelemetryMend(facts, name);
    if (mend) return [mend];
  }
  return [];
}

/** The provider's name that the deciding Telemetry gives. */
function wrongName(facts: ConfigurationFacts): string | undefined {
  const link = decidingTelemetry(facts);
  return link?.telemetry.spec?.tracing?.[link.entry]?.providers?.[0]?.name;
}

/** Where the value of the provider comes from, if that is a Telemetry. */
function decidingTelemetry({ effective, inputs }: ConfigurationFacts) {
  const source = spokenSide({ effective })?.provider.source;
  if (source?.kind !== 'telemetry') return undefined;
  const telemetry = findTelemetry(inputs.telemetries, source);
  return telemetry && { telemetry, entry: source.entry };
}

/** Writes the name into the Telemetry that decides, or else into the nearest one. */
function namingMend(
  facts: ConfigurationFacts,
  name: string,
): DiagnosisMend | undefined {
  const { effective, inputs } = facts;
  const deciding = decidingTelemetry(facts);
  const last = effective.chain[effective.chain.length - 1];
  const target =
    deciding?.telemetry ?? (last && findTelemetry(inputs.telemetries, last));
  const tracing = target?.spec?.tracing;
  if (!target || !tracing?.length) return undefined;
  const entries = deciding
    ? [deciding.entry]
    : tracing.map((_entry, index) => index);
  const put: Telemetry = {
    ...target,
    spec: {
      ...target.spec,
      tracing: tracing.map((entry, index) =>
        entries.includes(index) ? { ...entry, providers: [{ name }] } : entry,
      ),
    },
  };
  if (!tracedSide(tracingAfter(facts, { put }))) return undefined;
  const id = `${target.metadata.namespace}/${target.metadata.name}`;
  return {
    kind: 'command',
    what: `Name the provider ${name} in Telemetry ${id}.`,
    command: patchCommand(
      'telemetry',
      target.metadata,
      entries.map(
        (index): PatchOperation => ({
          op: tracing[index]?.providers ? 'replace' : 'add',
          path: `/spec/tracing/${index}/providers`,
          value: [{ name }],
        }),
      ),
    ),
  };
}

function ownTelemetryMend(
  facts: ConfigurationFacts,
  name: string,
): DiagnosisMend | undefined {
  const entry: TelemetryTracing = { providers: [{ name }] };
  return ownTelemetry(facts, entry, {
    what: `Name the provider ${name} for this workload alone.`,
    isEnough: effective => tracedSide(effective) !== undefined,
  });
}

/** A Telemetry of the workload's own, if it is enough as the resolver computes. */
export function ownTelemetry(
  facts: ConfigurationFacts,
  entry: TelemetryTracing,
  options: {
    what: string;
    isEnough: (effective: ConfigurationFacts['effective']) => boolean;
  },
): DiagnosisMend | undefined {
  const [proxied] = proxiesOf(facts.workload);
  const put = proxied && workloadTelemetry(facts, proxied, entry);
  return put && options.isEnough(tracingAfter(facts, { put }))
    ? { kind: 'yaml', what: options.what, yaml: formatYaml(put) }
    : undefined;
}

/** Replaces a host in the mesh config by the one that was likely meant. */
export function hostMend(
  { inputs }: ConfigurationFacts,
  host: string,
  meant: string,
): DiagnosisMend {
  const namespace = inputs.meshConfig.rootNamespace ?? 'istio-system';
  const pattern = host.replaceAll('.', '\\.');
  return {
    kind: 'command',
    what: `Correct the host in the mesh config: ${meant} exists.`,
    command: `kubectl -n ${shellWord(namespace)} get configmap ${shellWord(
      meshConfigMapName(inputs.istiod.revision),
    )} -o yaml | sed ${shellWord(
      `s/${pattern}/${meant}/g`,
    )} | kubectl apply -f -`,
  };
}

/** The ConfigMap that istiod of a revision reads (Istio: `istio` or `istio-REVISION`). */
export function meshConfigMapName(revision: string | undefined): string {
  return revision && revision !== 'default' ? `istio-${revision}` : 'istio';
}

function findTelemetry(
  telemetries: readonly Telemetry[],
  { namespace, name }: { namespace: string; name: string },
): Telemetry | undefined {
  return telemetries.find(
    ({ metadata }) =>
      metadata.namespace === namespace && metadata.name === name,
  );
}
