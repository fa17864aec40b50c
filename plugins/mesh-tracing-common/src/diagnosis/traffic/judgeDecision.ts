import { formatPercent } from '../../shared/formatPercent';
import type {
  DiagnosisEvidence,
  DiagnosisMend,
  DiagnosisRung,
} from '../model/Diagnosis';
import { rungsOf } from '../model/rungsOf';
import { advice } from '../store/storeMends';
import { trafficRungCatalog } from './trafficRungCatalog';

/** Where requests come from that arrive with a decision. @public */
export interface FirstHopFacts {
  /** As spans or metrics name it: `istio-ingressgateway.istio-system`. */
  name: string;
  /** Share of what was counted, 0 to 1. */
  share: number;
  /** Percent that its proxy samples of requests without a decision; absent = unknown. */
  samplingPercent?: number;
  isGateway?: boolean;
  /** The entity behind it, where this caller may read it. */
  entityRef?: string;
}

/** What tells who decides whether requests are traced. @public */
export interface DecisionFacts {
  atMs: number;
  /** Percent that this workload's proxy samples of requests without a decision. */
  ownPercent: number;
  isGateway: boolean;
  /** Traces with a span of it, and those of them that began at it; absent = unreadable. */
  traces?: { count: number; beganHere: number };
  /** Where the other traces began, most first. */
  beganAt: FirstHopFacts[];
  /**
   * Who sends the requests, by metrics of all requests, most first: proxies that
   * pass on a decision or make one. Absent where not measured.
   */
  callers?: FirstHopFacts[];
  /** Gateways of the mesh that sample none, where nothing else tells. */
  silentGateways: FirstHopFacts[];
}

/** Above this, most of it is decided elsewhere. */
const MOST = 0.5;
/** Percentages that differ by less come to the same. */
const SAME_RATIO = 1.5;

const rungs = rungsOf(trafficRungCatalog);

/** The rung of the decision. @public */
export function judgeDecision(facts: DecisionFacts): DiagnosisRung {
  const evidence = evidenceOf(facts);
  if (facts.isGateway) {
    return rungs.good('decision', {
      cause: `Requests begin at this gateway, which decides: ${formatPercent(
        facts.ownPercent,
      )} of those that bring no decision.`,
      evidence,
    });
  }
  return facts.traces && facts.traces.count > 0
    ? judgeByTraces(facts, facts.traces, evidence)
    : judgeByCallers(facts, evidence);
}

/** The rung where the caller may not see from where requests come. @public */
export function decisionWithheld(atMs: number): DiagnosisRung {
  return rungs.of('decision-unknown', {
    cause: 'Where requests begin is withheld from you.',
    evidence: [
      { source: 'Permissions', seen: 'Traces may not be read.', atMs },
    ],
    needs: 'mesh-tracing.traces.read',
  });
}

function judgeByTraces(
  facts: DecisionFacts,
  { beganHere, count }: { count: number; beganHere: number },
  evidence: DiagnosisEvidence[],
): DiagnosisRung {
  const share = Math.max(0, Math.min(1, 1 - beganHere / count));
  const percent = formatPercent(
    Number((share * 100).toFixed(share > 0.99 ? 1 : 0)),
  );
  const [first] = facts.beganAt;
  if (share < MOST || !first) {
    return rungs.good('decision', {
      cause:
        share === 0
          ? 'All requests begin here, and this workload decides.'
          : `${percent} of the traced requests arrive with a decision, the others begin here.`,
      evidence,
    });
  }
  const parts = {
    cause: `${percent} of the traced requests arrive with a decision of ${first.name}: change it there.`,
    evidence,
    mends: changeAt(facts.beganAt),
  };
  return isSameSampling(first.samplingPercent, facts.ownPercent)
    ? rungs.good('decision', parts)
    : rungs.of('decision-elsewhere', parts);
}

function judgeByCallers(
  facts: DecisionFacts,
  evidence: DiagnosisEvidence[],
): DiagnosisRung {
  const callers = facts.callers ?? [];
  // A sidecar may hand on the decision of who called it: only gateways surely decide.
  const gateways = callers.filter(({ isGateway }) => isGateway);
  const silent = gateways.filter(
    ({ samplingPercent }) => samplingPercent === 0,
  );
  const silentShare = silent.reduce((sum, { share }) => sum + share, 0);
  const [first] = silent;
  if (first && silentShare >= MOST && facts.ownPercent > 0) {
    const percent = formatPercent(Number((silentShare * 100).toFixed(0)));
    return rungs.of('decision-elsewhere-off', {
      cause: `${percent} of the requests arrive with a decision of ${first.name}, which samples none.`,
      evidence,
      mends: changeAt(silent),
    });
  }
  const [differs] = gateways.filter(
    ({ samplingPercent, share }) =>
      share >= MOST && !isSameSampling(samplingPercent, facts.ownPercent),
  );
  if (differs?.samplingPercent !== undefined) {
    return rungs.of('decision-elsewhere', {
      cause: `${formatPercent(
        Number((differs.share * 100).toFixed(0)),
      )} of the requests arrive with a decision of ${
        differs.name
      }, which samples ${formatPercent(differs.samplingPercent)}.`,
      evidence,
      mends: changeAt([differs]),
    });
  }
  const [gateway] = facts.silentGateways;
  if (!facts.callers && facts.traces && gateway && facts.ownPercent > 0) {
    return rungs.of('decision-elsewhere', {
      cause: `No trace was seen, and the gateway ${gateway.name} samples none: what enters through it is not traced here either.`,
      evidence,
      mends: changeAt(facts.silentGateways),
    });
  }
  return callers.length > 0
    ? rungs.good('decision', {
        cause: `Most requests come from ${callers[0]?.name}, and no gateway decides otherwise.`,
        evidence,
      })
    : rungs.of('decision-unknown', {
        cause: 'Where requests begin could not be told.',
        evidence,
      });
}

/** An unknown percentage is no reason for doubt. */
function isSameSampling(there: number | undefined, here: number): boolean {
  if (there === undefined || there === here) {
    return true;
  }
  const [low, high] = there < here ? [there, here] : [here, there];
  return low > 0 && high / low < SAME_RATIO;
}

function changeAt(hops: readonly FirstHopFacts[]): DiagnosisMend[] {
  return hops.slice(0, 3).map(({ entityRef, name }) =>
    entityRef
      ? {
          kind: 'action',
          what: `Change the sampling of ${name}`,
          action: 'open-entity',
          entityRef,
        }
      : advice(
          `Change the sampling of ${name}, where these requests begin; ask whoever runs it.`,
        ),
  );
}

function evidenceOf(facts: DecisionFacts): DiagnosisEvidence[] {
  const { atMs, beganAt, callers, ownPercent, traces } = facts;
  const list = (hops: readonly FirstHopFacts[]) =>
    hops
      .slice(0, 3)
      .map(
        ({ name, samplingPercent, share }) =>
          `${name} ${formatPercent(Number((share * 100).toFixed(1)))}${
            samplingPercent === undefined
              ? ''
              : ` (it samples ${formatPercent(samplingPercent)})`
          }`,
      )
      .join(', ');
  const says = (source: string, seen: string) => ({ source, seen, atMs });
  return [
    says(
      'Sampling in force',
      `${formatPercent(ownPercent)} of the requests that bring no decision.`,
    ),
    ...(traces
      ? [
          says(
            'Traces of the window',
            `${Math.round(traces.beganHere)} of ${Math.round(
              traces.count,
            )} began here${
              beganAt.length > 0 ? `; the others at ${list(beganAt)}` : ''
            }.`,
          ),
        ]
      : []),
    ...(callers
      ? [
          says(
            'istio_requests_total by source_workload',
            callers.length > 0
              ? `Requests come from ${list(callers)}.`
              : 'No request of a known caller.',
          ),
        ]
      : []),
    ...facts.silentGateways.map(({ name }) =>
      says(`Sampling in force at ${name}`, '0 %.'),
    ),
  ];
}
