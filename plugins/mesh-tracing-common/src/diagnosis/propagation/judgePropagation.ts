import { formatPercent } from '../../shared/formatPercent';
import type {
  PropagationCode,
  PropagationShare,
  RequiredHeader,
} from '../../propagation';
import type {
  DiagnosisEvidence,
  DiagnosisMend,
  DiagnosisRung,
} from '../model/Diagnosis';
import { goodRung } from '../model/judged';
import { rungsOf } from '../model/rungsOf';
import {
  propagationRungCatalog,
  type PropagationFault,
} from './propagationRungCatalog';

/** What traces say of the calls of a workload. @public */
export interface PropagationFacts extends PropagationShare {
  workload: string;
  /** Of the verdict on its header propagation. */
  code: PropagationCode;
  /** Headers that its application hands on. */
  headers: readonly RequiredHeader[];
  /** The provider that reads them, if one is in force. */
  provider: { name: string; kind: string } | null;
  /** Traces that were looked at. */
  traceCount: number;
  store: string;
  atMs: number;
}

const rungs = rungsOf<PropagationFault>(propagationRungCatalog);

/** The rung of the headers of a trace, from the verdict on them. @public */
export function judgePropagation(facts: PropagationFacts): DiagnosisRung {
  const evidence = evidenceOf(facts);
  const { code, workload } = facts;
  switch (code) {
    case 'headers-forwarded':
      return goodRung('propagation', {
        cause: `${workload} hands on the headers: its calls join the traces of their requests.`,
        evidence,
      });
    case 'makes-no-calls':
      return goodRung('propagation', {
        cause: `${workload} makes no calls while it serves requests, so there is nothing to hand on.`,
        evidence,
      });
    case 'proxy-only':
      return goodRung('propagation', {
        cause: `${workload} is a proxy, which hands on the headers by itself.`,
        evidence,
      });
    default:
      return rungs.of(code, {
        cause: causeOf(code, facts),
        evidence,
        mends: mendsOf(code, facts),
      });
  }
}

function causeOf(code: PropagationFault, facts: PropagationFacts): string {
  const { callCount, requestIdLostCount, share, workload } = facts;
  const part = (of: number) => formatPercent(Math.round(of * 100));
  switch (code) {
    case 'no-headers-forwarded':
    case 'trace-context-not-forwarded':
      return `${workload} starts new traces for ${part(
        share ?? 0,
      )} of the calls that it makes.`;
    case 'request-id-not-forwarded':
      return `${workload} forwards no x-request-id for ${part(
        requestIdLostCount / Math.max(1, callCount),
      )} of its calls, so that the proxies after it decide anew about sampling.`;
    default:
      return propagationRungCatalog[code].meaning;
  }
}

function mendsOf(
  code: PropagationFault,
  { headers, provider }: PropagationFacts,
): DiagnosisMend[] {
  const { verdict, mend } = propagationRungCatalog[code];
  if (verdict === 'unknown') return [];
  if (verdict === 'doubtful' || code === 'wrong-parent') {
    return [{ kind: 'advice', what: mend }];
  }
  const names = headers.map(({ name }) => name).join(', ');
  const reader = provider ? ` that provider ${provider.name} reads` : '';
  return [
    {
      kind: 'advice',
      what: `Let the application hand on the headers${reader}, from each request to the calls that it makes for it: ${names}. The panel of header propagation has programs that do.`,
    },
  ];
}

function evidenceOf(facts: PropagationFacts): DiagnosisEvidence[] {
  const { brokenCount, callCount, requestIdLostCount, traceCount } = facts;
  return [
    {
      source: `Traces in store ${facts.store}`,
      seen: `In ${traceCount} traces it makes ${callCount} calls while it serves requests; ${brokenCount} of them did not join, ${requestIdLostCount} lost the request id.`,
      atMs: facts.atMs,
    },
  ];
}
