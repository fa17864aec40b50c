import type { TracingProvider } from '../../../tracing';
import type { Workload } from '../../../workloads';
import type {
  DiagnosisEvidence,
  DiagnosisMend,
  DiagnosisRung,
} from '../../model/Diagnosis';
import { faultyRung, goodRung, unknownRung } from '../../model/judged';
import { configurationCatalog } from '../configurationCatalog';
import type { ConfigurationFacts } from '../ConfigurationFacts';
import { restartCommand, shellWord } from '../mends/kubectl';
import {
  kubernetesServiceOf,
  type KubernetesServiceName,
} from './providerWords';

/** Whether anything stands behind the provider's service. */
export function judgeEndpoints(
  facts: ConfigurationFacts,
  provider: TracingProvider,
): DiagnosisRung {
  const { endpoints, atMs } = facts;
  const { name, kind, service = '', port } = provider;
  const address = `${service}${port === undefined ? '' : `:${port}`}`;
  const target = kubernetesServiceOf(service);
  const evidence: DiagnosisEvidence[] = [
    {
      source: 'Mesh config',
      seen: `Provider ${name} (${kind}): ${address}.`,
      atMs,
    },
  ];
  const whole = `Provider ${name} (${kind}) sends spans to ${address}`;
  if (!service || !target || endpoints?.state === 'outside') {
    return goodRung('provider', { cause: `${whole}.`, evidence });
  }
  if (!endpoints || endpoints.state === 'unknown') {
    return unknownEndpoints(facts, { whole, target, evidence });
  }
  const { ready, notReady } = endpoints;
  const seen: DiagnosisEvidence = {
    source: `Endpoints of Service ${target.namespace}/${target.name}`,
    seen: `${ready} ready, ${notReady} not ready.`,
    atMs: endpoints.atMs,
  };
  if (ready > 0) {
    return goodRung('provider', {
      cause: `${whole}, which has ${ready} ready ${
        ready === 1 ? 'endpoint' : 'endpoints'
      }.`,
      evidence: [...evidence, seen],
    });
  }
  const isAbsent = notReady === 0;
  return faultyRung(
    configurationCatalog,
    isAbsent ? 'provider-endpoints-absent' : 'provider-endpoints-not-ready',
    {
      cause: `${whole}, and ${
        isAbsent
          ? 'nothing stands behind that service'
          : `none of the ${notReady} endpoints of that service is ready`
      }.`,
      evidence: [...evidence, seen],
      mends: collectorMends(facts, target),
    },
  );
}

function unknownEndpoints(
  { endpoints, inputs }: ConfigurationFacts,
  {
    whole,
    target,
    evidence,
  }: {
    whole: string;
    target: KubernetesServiceName;
    evidence: DiagnosisEvidence[];
  },
): DiagnosisRung {
  const told = endpoints?.state === 'unknown' ? endpoints : undefined;
  const exists = inputs.knownServices === undefined ? '' : ', which exists';
  return unknownRung('provider', {
    code: 'provider-endpoints-unknown',
    cause: `${whole}${exists}; whether anything stands behind it can't be told.`,
    needs:
      told?.needs ??
      'A cluster connection that tells the endpoints of a Service.',
    evidence: [
      ...evidence,
      ...(told
        ? [
            {
              source: `Endpoints of Service ${target.namespace}/${target.name}`,
              seen: told.message,
              atMs: told.atMs,
            },
          ]
        : []),
    ],
  });
}

/** What brings the collector back, as far as its workload is plain from its name. */
function collectorMends(
  { workloads }: ConfigurationFacts,
  target: KubernetesServiceName,
): DiagnosisMend[] {
  const behind = workloads.find(
    ({ namespace, name }) =>
      namespace === target.namespace && name === target.name,
  );
  const mend = behind && runMend(behind);
  return [
    ...(mend ? [mend] : []),
    {
      kind: 'command',
      what: `See which pods Service ${target.namespace}/${target.name} selects and what they lack.`,
      command: `kubectl -n ${shellWord(
        target.namespace,
      )} describe service ${shellWord(target.name)}`,
    },
  ];
}

function runMend(collector: Workload): DiagnosisMend | undefined {
  const { kind, namespace, name, pods } = collector;
  const who = `${kind} ${namespace}/${name}`;
  if (pods.length === 0 && (kind === 'Deployment' || kind === 'StatefulSet')) {
    return {
      kind: 'command',
      what: `Let the collector ${who} run.`,
      command: `kubectl -n ${shellWord(
        namespace,
      )} scale ${kind.toLowerCase()}/${shellWord(name)} --replicas=1`,
    };
  }
  const command = restartCommand(collector);
  return command === undefined
    ? undefined
    : { kind: 'command', what: `Restart the collector ${who}.`, command };
}
