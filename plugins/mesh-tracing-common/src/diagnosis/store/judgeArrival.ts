import type { DiagnosisEvidence, DiagnosisRung } from '../model/Diagnosis';
import { rungsOf } from '../model/rungsOf';
import { durationText } from './judgeStore';
import { tenantMends } from './judgeStoreProblem';
import { serviceNamesAnnotation } from './storeMends';
import { storeRungCatalog } from './storeRungCatalog';

/** What is known of spans that arrive in a store. @public */
export interface ArrivalFacts {
  store: string;
  atMs: number;
  windowMs: number;
  /** Traces of the window with a span of the workload; of a sample, an estimate. */
  traceCount: number;
  /** Traces under its names without a span of it. */
  othersCount: number;
  /** Names that were searched. */
  searched: string[];
  /** Other names that were looked through for spans of the workload. */
  lookedThrough: string[];
  /** Those of them with spans that tell that the workload sent them. */
  otherNames: string[];
  /** See {@link NamesFacts}. */
  entityFound: string[];
  /** Newest trace before the window, or after it; milliseconds since the epoch. */
  newestBeforeMs?: number;
  newestAfterMs?: number;
  tenant?: { header: string; isOfProvider: boolean; providerTenants: string[] };
}

const rungs = rungsOf(storeRungCatalog);

/** The rung of the spans' arrival. @public */
export function judgeArrival(facts: ArrivalFacts): DiagnosisRung {
  const evidence = evidenceOf(facts);
  const { store, tenant, traceCount } = facts;
  if (traceCount > 0) {
    return rungs.good('arrival', {
      cause: `Spans of this workload arrive in trace store ${store}.`,
      evidence,
    });
  }
  if (tenant && tenant.providerTenants.length > 0 && !tenant.isOfProvider) {
    return rungs.of('arrival-other-tenant', {
      cause:
        'The proxies send their spans to another tenant than the portal reads.',
      evidence,
      mends: tenantMends({
        name: store,
        atMs: facts.atMs,
        tenant,
        providerTenants: tenant.providerTenants,
      }),
    });
  }
  const [other] = facts.otherNames;
  if (other !== undefined) {
    return rungs.of('arrival-other-name', {
      cause: `Spans of this workload arrive as '${other}', which is not asked for.`,
      evidence,
      mends: [
        serviceNamesAnnotation([
          ...new Set([...facts.entityFound, ...facts.otherNames]),
        ]),
      ],
    });
  }
  if (facts.newestAfterMs !== undefined) {
    return rungs.good('arrival', {
      cause: `Spans of this workload arrive in trace store ${store}, dated after the window.`,
      evidence,
    });
  }
  return facts.othersCount > 0
    ? rungs.of('arrival-of-others', {
        cause: `What is under the names of this workload was sent by others.`,
        evidence,
      })
    : rungs.of('arrival-none', {
        cause: `No span of this workload is in trace store ${store} in this window.`,
        evidence,
        mends: [
          {
            kind: 'action',
            what: 'Look at a longer window',
            action: 'choose-window',
          },
        ],
      });
}

/** The rung where arrival could not be looked at. @public */
export function arrivalUnread(
  why: string,
  atMs: number,
  needs?: string,
): DiagnosisRung {
  return rungs.of('arrival-unread', {
    cause: 'Whether spans arrive could not be read.',
    evidence: [{ source: 'Traces of the window', seen: why, atMs }],
    needs,
  });
}

function evidenceOf(facts: ArrivalFacts): DiagnosisEvidence[] {
  const { atMs, lookedThrough, newestBeforeMs, searched, traceCount } = facts;
  const source = `Traces of the last ${durationText(facts.windowMs)} in store ${
    facts.store
  }`;
  const seen = [
    `${Math.round(traceCount)} with spans of this workload under ${
      searched.join(', ') || 'no name'
    }${
      facts.othersCount > 0 ? `, ${facts.othersCount} with spans of others` : ''
    }.`,
    ...(lookedThrough.length > 0
      ? [
          `Spans of this workload were looked for under ${lookedThrough.join(
            ', ',
          )}, and found under ${facts.otherNames.join(', ') || 'none'}.`,
        ]
      : []),
    ...(newestBeforeMs === undefined
      ? []
      : [
          `The newest one before the window began ${durationText(
            Math.max(0, atMs - newestBeforeMs),
          )} ago.`,
        ]),
    ...(facts.newestAfterMs === undefined
      ? []
      : [
          `One after the window begins in ${durationText(
            Math.max(0, facts.newestAfterMs - atMs),
          )}.`,
        ]),
    ...(facts.tenant ? [tenantSentence(facts.tenant)] : []),
  ];
  return seen.map(sentence => ({ source, seen: sentence, atMs }));
}

function tenantSentence({
  isOfProvider,
  providerTenants,
}: NonNullable<ArrivalFacts['tenant']>): string {
  if (providerTenants.length === 0) {
    return 'The provider names no tenant.';
  }
  return isOfProvider
    ? 'The provider names the tenant that the portal reads.'
    : 'The provider names another tenant than the portal.';
}
