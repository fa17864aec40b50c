import { findingCatalog, type TracingFindingCode } from '../../tracing';
import type { DiagnosisDescription } from '../model/DiagnosisDescription';
import { FINDING_RUNGS, type FaultCode } from './findingRungs';

const describe = (
  rung: DiagnosisDescription['rung'],
  verdict: DiagnosisDescription['verdict'],
  meaning: string,
  mend: string,
): DiagnosisDescription => ({ rung, verdict, meaning, mend });

/** Codes that are no findings about effective tracing. */
const own = {
  'no-pods': describe(
    'in-mesh',
    'broken',
    'No pod of the workload runs, so nothing makes spans.',
    'Scale the workload up.',
  ),
  'between-runs': describe(
    'in-mesh',
    'unknown',
    'No pod of a job runs now, and nothing is left that tells whether its pods get a proxy.',
    'Look again while it runs.',
  ),
  'host-network': describe(
    'in-mesh',
    'broken',
    'Pods are in the network of their node, and Istio adds no proxy to such pods.',
    'Set hostNetwork to false.',
  ),
  'injection-refused': describe(
    'in-mesh',
    'broken',
    'Pods say by the label or annotation sidecar.istio.io/inject that they want no proxy.',
    'Set the label to "true" in the template of the pods.',
  ),
  'namespace-injection-disabled': describe(
    'in-mesh',
    'broken',
    'The namespace says istio-injection=disabled, which counts before what its pods say.',
    'Change the label, and restart the workload.',
  ),
  'injection-label-missing': describe(
    'in-mesh',
    'broken',
    'Neither the namespace nor the pods ask for a proxy.',
    'Label the pods or the namespace, and restart the workload.',
  ),
  'revision-unknown': describe(
    'in-mesh',
    'broken',
    'A label asks for a proxy of a revision or tag that no injector of the cluster serves.',
    'Name a revision that runs, and restart the workload.',
  ),
  'pod-older-than-label': describe(
    'in-mesh',
    'broken',
    'Pods were created before their namespace asked for proxies, and a proxy is added only when a pod is created.',
    'Restart the workload.',
  ),
  'not-injected': describe(
    'in-mesh',
    'broken',
    'Pods have no proxy though they should have one, or why they have none is not known.',
    'Restart the workload; if that does not help, look at the events of its ReplicaSet for the injector.',
  ),
  'ambient-not-captured': describe(
    'in-mesh',
    'broken',
    'The namespace is in the ambient mesh, and ztunnel does not capture the pods.',
    "Restart the workload; if that does not help, look at Istio's CNI agent on the node, and at the pods' label istio.io/dataplane-mode.",
  ),
  'job-without-proxy': describe(
    'in-mesh',
    'broken',
    'The pods of a job have no proxy, so nothing makes spans of what it calls.',
    'Let them be injected; with native sidecars a proxy ends with its job.',
  ),
  'selector-matches-nothing': describe(
    'telemetry',
    'doubtful',
    'A Telemetry that configures tracing selects labels that no workload of its namespace has, but nearly those of this one.',
    'Correct the selector.',
  ),
  'no-tracer': describe(
    'provider',
    'broken',
    'No Telemetry and no default provider name a provider, and the pods were started without a tracer.',
    'Define an extension provider and name it in a mesh-wide Telemetry or as default provider.',
  ),
  'provider-port-unknown': describe(
    'provider',
    'broken',
    "The provider's service exists and does not have the port, so the proxies have nowhere to send spans.",
    'Correct the port of the provider in the mesh config, or add it to the Service.',
  ),
  'provider-endpoints-absent': describe(
    'provider',
    'broken',
    "Nothing stands behind the provider's service.",
    'Let the collector run, or correct the selector of the Service.',
  ),
  'provider-endpoints-not-ready': describe(
    'provider',
    'broken',
    "What stands behind the provider's service is not ready.",
    'Look at the pods of the collector.',
  ),
  'provider-endpoints-unknown': describe(
    'provider',
    'unknown',
    "Whether anything stands behind the provider's service can't be told.",
    'Let the portal list EndpointSlices.',
  ),
  'sampling-very-low': describe(
    'sampling',
    'doubtful',
    'Fewer than one request in a thousand is sampled, so a trace may be long in coming.',
    'Raise the percentage for a while, or trace one request by its headers.',
  ),
  'tracing-disabled': describe(
    'reporting',
    'broken',
    'enableTracing of the mesh config is false, and nothing newer decides.',
    'Name a provider in a mesh-wide Telemetry, or set enableTracing.',
  ),
  'proxies-refuse': describe(
    'accepted',
    'broken',
    'Proxies refuse the configuration that they were sent; they keep the old one, and no later change reaches them.',
    'Take back what they refuse; their own words name it.',
  ),
  'proxies-behind': describe(
    'accepted',
    'doubtful',
    'Proxies have not acknowledged the latest configuration yet.',
    'Look again in half a minute.',
  ),
  'other-revision': describe(
    'accepted',
    'doubtful',
    'The proxies belong to another revision of Istio than the one whose mesh config is read.',
    'Read the mesh config of that revision, or let this revision serve the namespace.',
  ),
  'envoy-filter-touches-tracing': describe(
    'telemetry',
    'doubtful',
    'An EnvoyFilter changes what the rung was judged by; it is named on each rung on which it acts.',
    'Read the EnvoyFilter, and prefer a Telemetry where it can say the same.',
  ),
} as const satisfies Record<string, DiagnosisDescription>;

function fromFindings(): Record<FaultCode, DiagnosisDescription> {
  const entries = Object.entries(FINDING_RUNGS).flatMap(
    ([code, { rung, weight }]) => {
      const { meaning, whatToDo } = findingCatalog[code as TracingFindingCode];
      const verdict = weight === 'doubtful' ? 'doubtful' : 'broken';
      return weight === 'note'
        ? []
        : [[code, describe(rung, verdict, meaning, whatToDo)]];
    },
  );
  return Object.fromEntries(entries);
}

/** A code of {@link configurationCatalog}. */
export type ConfigurationCode = keyof typeof own | FaultCode;

/** Every code of the rungs about the mesh's configuration. */
export const configurationCatalog: Readonly<
  Record<ConfigurationCode, DiagnosisDescription>
> = { ...own, ...fromFindings() };
