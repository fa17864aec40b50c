import type { DiagnosisEvidence, DiagnosisRung } from '../../model/Diagnosis';
import { faultyRung, goodRung, unknownRung } from '../../model/judged';
import { tracedSide, type TracingProvider } from '../../../tracing';
import { configurationCatalog } from '../configurationCatalog';
import type { ConfigurationFacts } from '../ConfigurationFacts';
import { faultsOn, type Fault } from '../findingRungs';
import { nearestName } from '../mends/nearestName';
import { egressMends } from './egressMends';
import { judgeEndpoints } from './judgeEndpoints';
import { hostMend, otherProviderMends } from './providerMends';
import { hostOf, spokenSide } from './providerWords';

/** Whether a provider is set, known, able to trace, and can be reached. */
export function judgeProvider(facts: ConfigurationFacts): DiagnosisRung {
  const { effective, inputs, unread } = facts;
  if (!inputs.meshConfigKnown) {
    const problem = unread.find(({ what }) => what.includes('mesh config'));
    return unknownRung('provider', {
      cause:
        problem?.message ??
        'The mesh config is not known, so neither is which providers there are.',
      needs:
        problem?.whatToDo ??
        'Let the portal read the ConfigMap of the mesh config.',
    });
  }
  const [worst] = faultsOn('provider', effective);
  if (worst) return judgeFault(facts, worst);
  const provider = spokenSide(facts)?.provider.value;
  if (!provider) return judgeLegacy(facts);
  return judgePort(facts, provider) ?? judgeEndpoints(facts, provider);
}

function judgeFault(facts: ConfigurationFacts, fault: Fault): DiagnosisRung {
  const { effective } = facts;
  // A proxy of which one side alone is off makes spans all the same.
  const isPart = fault.weight === 'off' && tracedSide(effective) !== undefined;
  return faultyRung(configurationCatalog, fault.code, {
    ...(isPart ? { verdict: 'doubtful' as const } : {}),
    cause: fault.what,
    evidence: evidenceOf(facts, fault),
    mends: mendsOf(facts, fault),
  });
}

function mendsOf(facts: ConfigurationFacts, fault: Fault) {
  const advice = [{ kind: 'advice' as const, what: fault.whatToDo }];
  if (fault.code === 'sidecar-egress-hides-provider') {
    const mends = egressMends(facts);
    return mends.length > 0 ? mends : advice;
  }
  const others = otherProviderMends(facts);
  const service = spokenSide(facts)?.provider.value?.service;
  if (fault.code === 'provider-service-unknown' && service) {
    const host = hostOf(service);
    const meant = nearestName(host, hosts(facts));
    return [...(meant ? [hostMend(facts, host, meant)] : advice), ...others];
  }
  return others.length > 0 ? others : advice;
}

/** Hosts of the cluster's services, without ports. */
function hosts({ inputs }: ConfigurationFacts): Set<string> {
  return new Set(
    [...(inputs.knownServices ?? [])].map(known =>
      hostOf(known.slice(0, known.lastIndexOf(':'))),
    ),
  );
}

function evidenceOf(
  { inputs, atMs }: ConfigurationFacts,
  { what, resources }: Fault,
): DiagnosisEvidence[] {
  const names = (inputs.meshConfig.extensionProviders ?? []).flatMap(
    ({ name }) => name ?? [],
  );
  const defaults = inputs.meshConfig.defaultProviders?.tracing ?? [];
  return [
    ...(resources ?? []).map(id => ({
      source: `Telemetry ${id}`,
      seen: what,
      atMs,
    })),
    {
      source: 'Mesh config',
      seen: `Its providers: ${
        names.join(', ') || 'none'
      }. Default for tracing: ${defaults.join(', ') || 'none'}.`,
      atMs,
    },
  ];
}

/** Without Telemetry and default provider the tracer of the pod's bootstrap counts. */
function judgeLegacy(facts: ConfigurationFacts): DiagnosisRung {
  const { atMs } = facts;
  const side = spokenSide(facts);
  const evidence = [
    {
      source: 'Effective tracing of the workload',
      seen: 'No Telemetry and no default provider decide; the ProxyConfig of the pods does.',
      atMs,
    },
  ];
  if (side?.spanReporting !== 'no-tracer') {
    return goodRung('provider', {
      cause: 'The proxies send spans by the tracer of their ProxyConfig.',
      evidence,
    });
  }
  const others = otherProviderMends(facts);
  return faultyRung(configurationCatalog, 'no-tracer', {
    cause:
      'Neither a Telemetry nor the mesh names a provider, and the ProxyConfig of the pods names no tracer.',
    evidence,
    mends:
      others.length > 0
        ? others
        : [
            {
              kind: 'advice',
              what: 'Define an extension provider in the mesh config and name it in a mesh-wide Telemetry.',
            },
          ],
  });
}

/** Istio looks a provider's service up by host alone; Envoy then lacks the cluster. */
function judgePort(
  facts: ConfigurationFacts,
  { name, service, port }: TracingProvider,
): DiagnosisRung | undefined {
  const { inputs, atMs } = facts;
  if (!inputs.knownServices || !service || port === undefined) return undefined;
  const host = hostOf(service);
  const ports = [...inputs.knownServices]
    .filter(known => hostOf(known.slice(0, known.lastIndexOf(':'))) === host)
    .map(known => known.slice(known.lastIndexOf(':') + 1));
  if (ports.length === 0 || ports.includes(String(port))) return undefined;
  return faultyRung(configurationCatalog, 'provider-port-unknown', {
    cause: `Provider ${name} sends to port ${port} of ${host}, which has the ports ${ports.join(
      ', ',
    )} only.`,
    evidence: [
      {
        source: 'Mesh config',
        seen: `Provider ${name}: ${service}:${port}.`,
        atMs,
      },
      {
        source: `Service ${host}`,
        seen: `Its ports: ${ports.join(', ')}.`,
        atMs,
      },
    ],
    mends: [
      {
        kind: 'advice',
        what: `Let provider ${name} in the mesh config name one of the ports ${ports.join(
          ', ',
        )}.`,
      },
    ],
  });
}
