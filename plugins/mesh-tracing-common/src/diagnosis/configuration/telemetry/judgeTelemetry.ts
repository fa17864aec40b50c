import { listSome } from '../../../shared/listSome';
import type { DiagnosisEvidence, DiagnosisRung } from '../../model/Diagnosis';
import { faultyRung, goodRung, unknownRung } from '../../model/judged';
import { configurationCatalog } from '../configurationCatalog';
import type { ConfigurationFacts } from '../ConfigurationFacts';
import { faultsOn, notesOn } from '../findingRungs';
import { makesSpans } from '../mends/isMended';
import { nearestName } from '../mends/nearestName';
import { obstaclesOf, type Obstacle } from './obstacles';

/** Resources of findings that are listed one by one. */
const MAX_EVIDENCE = 6;

/** Whether the Telemetries that reach the workload do what they say. */
export function judgeTelemetry(facts: ConfigurationFacts): DiagnosisRung {
  const { effective, unread } = facts;
  const refused = unread.find(({ what }) => what === 'telemetries');
  if (refused) {
    return unknownRung('telemetry', {
      cause: refused.message,
      needs: refused.whatToDo,
    });
  }
  const obstacles = obstaclesOf(facts);
  const decisive = makesSpans(effective)
    ? undefined
    : obstacles.find(({ isDecisive }) => isDecisive);
  if (decisive) {
    return faultyRung(configurationCatalog, decisive.code, {
      verdict: 'broken',
      cause: decisive.cause,
      evidence: evidenceOf(facts),
      mends: [decisive.mend],
    });
  }
  const [worst] = faultsOn('telemetry', effective);
  if (worst) {
    const own = obstacles.find(({ id }) => worst.resources?.includes(id));
    return faultyRung(configurationCatalog, worst.code, {
      cause: worst.what,
      evidence: evidenceOf(facts),
      mends: own ? [own.mend] : [{ kind: 'advice', what: worst.whatToDo }],
    });
  }
  const slip = obstacles.find(obstacle => isSlip(facts, obstacle));
  if (slip) {
    return faultyRung(configurationCatalog, slip.code, {
      cause: slip.cause,
      evidence: evidenceOf(facts),
      mends: [slip.mend],
    });
  }
  return goodRung('telemetry', {
    cause: chainWords(facts),
    evidence: evidenceOf(facts),
  });
}

/** Whether a selector that matches nothing is nearly the workload's own label. */
function isSlip(
  { inputs, workload }: ConfigurationFacts,
  { code, id }: Obstacle,
): boolean {
  if (code !== 'selector-matches-nothing') return false;
  const telemetry = inputs.telemetries.find(
    ({ metadata }) => `${metadata.namespace}/${metadata.name}` === id,
  );
  return Object.entries(telemetry?.spec?.selector?.matchLabels ?? {}).some(
    ([key, value]) => {
      const own = workload.labels[key];
      return own !== undefined && nearestName(value, [own]) !== undefined;
    },
  );
}

function chainWords({ effective }: ConfigurationFacts): string {
  const { chain } = effective;
  if (chain.length === 0) {
    return "No Telemetry reaches the workload; the mesh's defaults count.";
  }
  const names = chain.map(({ namespace, name }) => `${namespace}/${name}`);
  return `${
    chain.length === 1
      ? 'One Telemetry reaches'
      : `${chain.length} Telemetries reach`
  } the workload and ${chain.length === 1 ? 'does' : 'do'} what ${
    chain.length === 1 ? 'it says' : 'they say'
  }: ${listSome(names)}.`;
}

function evidenceOf({
  effective,
  atMs,
}: ConfigurationFacts): DiagnosisEvidence[] {
  const { chain, ignored } = effective;
  const taking = chain.map(({ namespace, name, level }) => ({
    source: `Telemetry ${namespace}/${name}`,
    seen: `It takes part, as the one for the ${level}.`,
    atMs,
  }));
  const idle = ignored
    .filter(({ reason }) => reason !== 'selector-does-not-match')
    .map(({ namespace, name, explanation }) => ({
      source: `Telemetry ${namespace}/${name}`,
      seen: explanation,
      atMs,
    }));
  const found = [
    ...faultsOn('telemetry', effective),
    ...notesOn('telemetry', effective),
  ].map(({ what, resources }) => ({
    source: resources?.length
      ? `Telemetry ${listSome(resources)}`
      : 'Effective tracing of the workload',
    seen: what,
    atMs,
  }));
  const all = [...found, ...taking, ...idle].slice(0, MAX_EVIDENCE);
  return all.length > 0
    ? all
    : [
        {
          source: 'Telemetries of the cluster',
          seen: 'None reaches the workload.',
          atMs,
        },
      ];
}
