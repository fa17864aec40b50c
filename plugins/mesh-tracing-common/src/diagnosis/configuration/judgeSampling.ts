import { formatPercent } from '../../shared/formatPercent';
import {
  describeSource,
  tracedSide,
  type EffectiveTracingSide,
} from '../../tracing';
import type {
  DiagnosisEvidence,
  DiagnosisMend,
  DiagnosisRung,
} from '../model/Diagnosis';
import { faultyRung, goodRung } from '../model/judged';
import { configurationCatalog } from './configurationCatalog';
import type { ConfigurationFacts } from './ConfigurationFacts';
import { faultsOn } from './findingRungs';
import { patchCommand } from './mends/kubectl';
import { ownTelemetry } from './provider/providerMends';
import { spokenSide } from './provider/providerWords';

/** Parts per 10,000 below which a trace is so rare that a person may wait in vain. */
const RARE_PARTS = 10;
/** Percent that mends propose: enough to see traces soon, not all. */
const PROPOSED_PERCENT = 10;

/** Whether the percentage is above 0 as Envoy counts it. */
export function judgeSampling(facts: ConfigurationFacts): DiagnosisRung {
  const { effective } = facts;
  const side = spokenSide(facts);
  if (!side) return goodRung('sampling', { cause: 'No proxy samples here.' });
  const evidence = evidenceOf(facts, side);
  const [worst] = faultsOn('sampling', effective);
  if (worst) {
    // One of two sides may sample all the same.
    const isPart = worst.weight === 'off' && samplesOnASide(facts);
    return faultyRung(configurationCatalog, worst.code, {
      ...(isPart ? { verdict: 'doubtful' as const } : {}),
      cause: worst.what,
      evidence,
      mends: mendsOf(facts, offSide(facts) ?? side),
    });
  }
  const { samplingParts, useRequestId } = side;
  if (useRequestId.value && samplingParts < RARE_PARTS) {
    const every = Math.round(10_000 / samplingParts).toLocaleString('en');
    return faultyRung(configurationCatalog, 'sampling-very-low', {
      cause: `${formatPercent(
        samplingParts / 100,
      )} are sampled: expect one trace in about ${every} requests that start here.`,
      evidence,
      mends: mendsOf(facts, side),
    });
  }
  return goodRung('sampling', {
    cause: useRequestId.value
      ? `${formatPercent(
          samplingParts / 100,
        )} of the requests that start here are sampled, set by ${describeSource(
          side.samplingPercent.source,
        )}.`
      : 'Every request that starts here is sampled, whatever the percentage.',
    evidence,
  });
}

function sidesOf({ effective }: ConfigurationFacts): EffectiveTracingSide[] {
  const { client, server } = effective;
  return [server, client].flatMap(side => side ?? []);
}

function isOff({ samplingParts, useRequestId }: EffectiveTracingSide): boolean {
  return samplingParts === 0 && useRequestId.value;
}

function offSide(facts: ConfigurationFacts): EffectiveTracingSide | undefined {
  return sidesOf(facts).find(isOff);
}

function samplesOnASide(facts: ConfigurationFacts): boolean {
  return sidesOf(facts).some(
    side => side.spanReporting === 'reported' && !isOff(side),
  );
}

function evidenceOf(
  facts: ConfigurationFacts,
  spoken: EffectiveTracingSide,
): DiagnosisEvidence[] {
  const { client, server } = facts.effective;
  const differ =
    client &&
    server &&
    client.samplingPercent.value !== server.samplingPercent.value;
  const rows: Array<[string, EffectiveTracingSide | undefined]> = differ
    ? [
        ['Requests that arrive: ', server],
        ['Requests that are sent: ', client],
      ]
    : [['', spoken]];
  return rows.flatMap(([words, side]) => {
    if (!side) return [];
    const { samplingPercent, samplingParts } = side;
    return [
      {
        source: describeSource(samplingPercent.source),
        seen: `${words}${formatPercent(
          samplingPercent.value,
        )}, which Envoy takes for ${samplingParts} in 10,000.`,
        atMs: facts.atMs,
      },
    ];
  });
}

function mendsOf(
  facts: ConfigurationFacts,
  { samplingPercent }: EffectiveTracingSide,
): DiagnosisMend[] {
  const { source } = samplingPercent;
  const own = ownTelemetry(
    facts,
    { randomSamplingPercentage: PROPOSED_PERCENT },
    {
      what: `Sample ${PROPOSED_PERCENT} % at this workload alone.`,
      isEnough: effective =>
        tracedSide(effective)?.tracing.samplingParts === PROPOSED_PERCENT * 100,
    },
  );
  return [
    {
      kind: 'action',
      what: 'Set another percentage here, with an end and a preview.',
      action: 'change-sampling',
    },
    ...(source.kind === 'telemetry'
      ? [
          {
            kind: 'command' as const,
            what: `Let Telemetry ${source.namespace}/${source.name} sample ${PROPOSED_PERCENT} %, for all that it reaches.`,
            command: patchCommand('telemetry', source, [
              {
                op: 'replace',
                path: `/spec/tracing/${source.entry}/randomSamplingPercentage`,
                value: PROPOSED_PERCENT,
              },
            ]),
          },
        ]
      : []),
    ...(own ? [own] : []),
  ];
}
