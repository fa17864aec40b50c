import { describeSource, spanReporting, tracedSide } from '../../tracing';
import type { DiagnosisMend, DiagnosisRung } from '../model/Diagnosis';
import { faultyRung, goodRung } from '../model/judged';
import { configurationCatalog } from './configurationCatalog';
import type { ConfigurationFacts } from './ConfigurationFacts';
import { faultsOn } from './findingRungs';
import { patchCommand, shellWord } from './mends/kubectl';
import {
  meshConfigMapName,
  otherProviderMends,
  ownTelemetry,
} from './provider/providerMends';

/** Whether spans are reported. */
export function judgeReporting(facts: ConfigurationFacts): DiagnosisRung {
  const { effective, atMs } = facts;
  const [worst] = faultsOn('reporting', effective);
  if (worst) {
    const isPart = tracedSide(effective) !== undefined;
    return faultyRung(configurationCatalog, worst.code, {
      ...(isPart ? { verdict: 'doubtful' as const } : {}),
      cause: worst.what,
      evidence: offSides(facts).map(({ source }) => ({
        source: describeSource(source),
        seen: 'It sets disableSpanReporting to true.',
        atMs,
      })),
      mends: reportingMends(facts),
    });
  }
  if (spanReporting(effective) === 'tracing-disabled') {
    const seen =
      'enableTracing is false, and no Telemetry and no default provider decide.';
    return faultyRung(configurationCatalog, 'tracing-disabled', {
      cause: `The mesh config switches tracing off: ${seen}`,
      evidence: [{ source: 'Mesh config', seen, atMs }],
      mends: [...otherProviderMends(facts), enableMend(facts)],
    });
  }
  return goodRung('reporting', {
    cause: 'Nothing switches the reporting of spans off.',
    evidence: [
      {
        source: 'Effective tracing of the workload',
        seen: 'disableSpanReporting is not in force.',
        atMs,
      },
    ],
  });
}

function offSides({ effective }: ConfigurationFacts) {
  const { client, server } = effective;
  const sides = [server, client].flatMap(side =>
    side?.spanReporting === 'reporting-disabled' ? [side.enabled] : [],
  );
  const sources = new Map(
    sides.map(({ source }) => [JSON.stringify(source), { source }]),
  );
  return [...sources.values()];
}

function reportingMends(facts: ConfigurationFacts): DiagnosisMend[] {
  const own = ownTelemetry(
    facts,
    { disableSpanReporting: false },
    {
      what: 'Report spans of this workload alone.',
      isEnough: effective => tracedSide(effective) !== undefined,
    },
  );
  const commands = offSides(facts).flatMap(({ source }): DiagnosisMend[] =>
    source.kind === 'telemetry'
      ? [
          {
            kind: 'command',
            what: `Let Telemetry ${source.namespace}/${source.name} report spans, for all that it reaches.`,
            command: patchCommand('telemetry', source, [
              {
                op: 'replace',
                path: `/spec/tracing/${source.entry}/disableSpanReporting`,
                value: false,
              },
            ]),
          },
        ]
      : [],
  );
  return [...commands, ...(own ? [own] : [])];
}

function enableMend({ inputs }: ConfigurationFacts): DiagnosisMend {
  const namespace = inputs.meshConfig.rootNamespace ?? 'istio-system';
  return {
    kind: 'command',
    what: 'Switch it on for the whole mesh.',
    command: `kubectl -n ${shellWord(namespace)} get configmap ${shellWord(
      meshConfigMapName(inputs.istiod.revision),
    )} -o yaml | sed 's/enableTracing: false/enableTracing: true/' | kubectl apply -f -`,
  };
}
