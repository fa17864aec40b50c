import type { DiagnosisEvidence, DiagnosisRung } from '../model/Diagnosis';
import { rungsOf } from '../model/rungsOf';
import { judgeStoreProblem, tenantMends } from './judgeStoreProblem';
import type { NoStoreFacts, StoreFacts } from './StoreFacts';
import { advice, storeConfig } from './storeMends';
import { storeRungCatalog } from './storeRungCatalog';
import { formatYaml } from '../../yaml';

const rungs = rungsOf(storeRungCatalog);

/** From here on windows of the portal are other windows to the store. */
const CLOCK_OFF_MS = 5 * 60_000;
const CLOCK_DRIFT_MS = 10_000;

/** The rung of the trace store. @public */
export function judgeStore(facts: StoreFacts): DiagnosisRung {
  if (facts.problem) {
    return judgeStoreProblem(facts, facts.problem);
  }
  const evidence = evidenceOf(facts);
  const { name, serviceCount, tenant } = facts;
  if (serviceCount === 0 && tenant?.isEnforced) {
    return rungs.of('store-tenant-empty', {
      cause: `Trace store ${name} keeps its tenants apart and holds nothing for the tenant that the portal names.`,
      evidence,
      mends: tenantMends(facts),
    });
  }
  return (
    judgeClock(facts, evidence) ??
    rungs.good('store', {
      cause: `Trace store ${name} answers${speaks(facts)}.`,
      evidence,
    })
  );
}

/** The rung of a workload for which there is no store to ask. @public */
export function judgeNoStore(facts: NoStoreFacts): DiagnosisRung {
  const { atMs, cluster, known, named, reason } = facts;
  const evidence = [
    {
      source: 'meshTracing.traceStores',
      seen: `Configured: ${known.join(', ') || 'none'}.`,
      atMs,
    },
  ];
  if (reason === 'none') {
    return rungs.of('store-not-configured', {
      cause: 'No trace store is configured.',
      evidence,
      mends: [
        storeConfig('main', 'Add the query service of your Jaeger', {
          url: 'http://jaeger-query.observability:16686',
        }),
      ],
    });
  }
  if (reason === 'unknown-name') {
    return rungs.of('store-name-unknown', {
      cause: `The entity names the trace store '${named}', which is not configured.`,
      evidence,
      mends: [
        {
          kind: 'yaml',
          what: "Correct the annotation in the entity's catalog file",
          yaml: formatYaml({
            metadata: {
              annotations: { 'meshtracing.io/trace-store': known[0] ?? 'main' },
            },
          }),
        },
      ],
    });
  }
  return rungs.of('store-not-chosen', {
    cause: `There are ${known.length} trace stores, and nothing says which one holds the traces of cluster ${cluster}.`,
    evidence,
    mends: [
      {
        kind: 'config',
        what: 'Name the store that holds the traces of this cluster',
        yaml: formatYaml({
          meshTracing: {
            clusters: [{ name: cluster, traceStore: known[0] }],
          },
        }),
      },
    ],
  });
}

/** The rung where the caller may not see what the store tells. @public */
export function storeWithheld(atMs: number): DiagnosisRung {
  return rungs.of('store-unread', {
    cause: 'What the trace store tells of this workload is withheld from you.',
    evidence: [
      { source: 'Permissions', seen: 'Traces may not be read.', atMs },
    ],
    needs: 'mesh-tracing.traces.read',
  });
}

function judgeClock(
  { clockAheadMs = 0, clockErrorMs = 0, name }: StoreFacts,
  evidence: DiagnosisEvidence[],
): DiagnosisRung | undefined {
  const apartMs = Math.max(0, Math.abs(clockAheadMs) - clockErrorMs);
  if (apartMs < CLOCK_DRIFT_MS) {
    return undefined;
  }
  const side = clockAheadMs > 0 ? 'ahead of' : 'behind';
  return rungs.of(
    apartMs >= CLOCK_OFF_MS ? 'store-clock-off' : 'store-clock-drift',
    {
      cause: `The clock of trace store ${name} is ${durationText(
        Math.abs(clockAheadMs),
      )} ${side} the portal's.`,
      evidence,
      mends: [
        {
          kind: 'command',
          what: 'Compare the clock of either machine with the right time',
          command: 'timedatectl status',
        },
        advice('Set both clocks by NTP; either of them may be the wrong one.'),
      ],
    },
  );
}

function evidenceOf(facts: StoreFacts): DiagnosisEvidence[] {
  const { atMs, clockAheadMs, latencyMs, name, oldestSeenMs } = facts;
  const source = `Trace store ${name}`;
  const seen = [
    `It answers${speaks(facts)}${
      latencyMs === undefined ? '' : `, within ${Math.round(latencyMs)} ms`
    }.`,
    ...(facts.serviceCount === undefined
      ? []
      : [`It holds ${facts.serviceCount} service names.`]),
    facts.tenant
      ? `The portal names a tenant, by the header ${facts.tenant.header}.`
      : 'The portal names no tenant.',
    clockAheadMs === undefined
      ? 'It does not tell the time of its clock.'
      : `Its clock is ${durationText(Math.abs(clockAheadMs))} ${
          clockAheadMs < 0 ? 'behind' : 'ahead of'
        } the portal's, give or take ${durationText(facts.clockErrorMs ?? 0)}.`,
    ...(oldestSeenMs === undefined
      ? []
      : [
          `It keeps traces for at least ${durationText(
            Math.max(0, atMs - oldestSeenMs),
          )}.`,
        ]),
  ];
  return seen.map(sentence => ({ source, seen: sentence, atMs }));
}

function speaks({ dialect, version }: StoreFacts): string {
  const parts = [
    ...(dialect ? [`dialect ${dialect}`] : []),
    ...(version ? [`version ${version}`] : []),
  ];
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

/** A length of time in its largest fitting unit. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Math.round(ms / 1_000)} s`;
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`;
  return `${Math.round(ms / 3_600_000)} h`;
}
