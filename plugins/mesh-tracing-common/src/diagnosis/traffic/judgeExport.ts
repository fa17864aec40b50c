import { formatYaml } from '../../yaml';
import type {
  DiagnosisEvidence,
  DiagnosisMend,
  DiagnosisRung,
} from '../model/Diagnosis';
import { rungsOf } from '../model/rungsOf';
import { advice } from '../store/storeMends';
import { trafficRungCatalog } from './trafficRungCatalog';

/** What Envoy counts of its spans in a window, all proxies of a workload together. @public */
export interface ProxyExportFacts {
  /** Spans that left the tracer's buffer; absent where the statistic is not there. */
  spansSent?: number;
  /** Spans, or reports of spans, that were thrown away or failed. */
  spansDropped?: number;
  /** Requests that Envoy decided to trace: by chance, by force, by the client. */
  decidedToTrace?: number;
  /** Envoy's cluster of the provider. */
  collector?: {
    cluster: string;
    requests?: number;
    connectFailures?: number;
    /** Answers with a status of 400 and above. */
    errors?: number;
    withoutHealthyHost?: number;
  };
}

/** What the collectors count in a window, all of them together. @public */
export interface CollectorFacts {
  accepted?: number;
  refused?: number;
  sent?: number;
  sendFailed?: number;
  dropped?: number;
}

/** What tells of the way of spans from the proxies to the store. @public */
export interface ExportFacts {
  atMs: number;
  windowMs: number;
  /** Traces of the window with a span of the workload; absent where unreadable. */
  traceCount?: number;
  proxies?: ProxyExportFacts;
  collectors?: CollectorFacts;
  /** Name of the provider's service and port: `jaeger-collector.tracing:4317`. */
  provider?: string;
  providerNamespace?: string;
  providerServiceName?: string;
  /** What was not readable, in words. */
  unread: string[];
}

/** Losses below this share come from restarts. */
const LOSS_SHARE = 0.01;
/** So many decided requests without a span are no matter of chance. */
const ENOUGH = 10;

const rungs = rungsOf(trafficRungCatalog);

/** The rung of the spans' export. @public */
export function judgeExport(facts: ExportFacts): DiagnosisRung {
  const evidence = evidenceOf(facts);
  const broken =
    judgeProxies(facts, evidence) ?? judgeCollectors(facts, evidence);
  if (broken) {
    return broken;
  }
  const { collectors, proxies, traceCount = 0 } = facts;
  const isSent = (proxies?.spansSent ?? 0) > 0;
  if (traceCount > 0 || (isSent && (collectors?.accepted ?? 0) > 0)) {
    return rungs.good('export', {
      cause:
        traceCount > 0
          ? 'Spans of this workload leave its proxies and are taken.'
          : 'The proxies send spans, and the collectors accept some.',
      evidence,
    });
  }
  if (isSent && collectors?.accepted === 0) {
    return rungs.of('export-collector-idle', {
      cause: 'The proxies send spans, and the collectors receive none.',
      evidence,
      mends: providerMends(facts),
    });
  }
  return isSent
    ? rungs.good('export', {
        cause: 'The proxies send their spans, and no answer was an error.',
        evidence,
      })
    : rungs.of('export-unknown', {
        cause: 'Whether spans leave the proxies is not known.',
        evidence,
        mends: [statisticsMend()],
      });
}

/** The rung where the caller may not see figures of the workload. @public */
export function exportWithheld(atMs: number): DiagnosisRung {
  return rungs.of('export-unknown', {
    cause: 'Whether spans leave the proxies is withheld from you.',
    evidence: [
      { source: 'Permissions', seen: 'Traces may not be read.', atMs },
    ],
    needs: 'mesh-tracing.traces.read',
  });
}

function judgeProxies(
  { proxies, ...facts }: ExportFacts,
  evidence: DiagnosisEvidence[],
): DiagnosisRung | undefined {
  if (!proxies) {
    return undefined;
  }
  const {
    collector,
    decidedToTrace = 0,
    spansDropped = 0,
    spansSent,
  } = proxies;
  const mends = providerMends(facts);
  const hasAnswers = (collector?.requests ?? 0) > 0;
  const failures =
    (collector?.connectFailures ?? 0) + (collector?.withoutHealthyHost ?? 0);
  if (failures > 0 && (!hasAnswers || facts.traceCount === 0)) {
    return rungs.of('export-unreachable', {
      cause: `The proxies cannot connect to ${
        facts.provider ?? 'the collector'
      }.`,
      evidence,
      mends,
    });
  }
  if (isLoss(collector?.errors, collector?.requests)) {
    return rungs.of('export-refused', {
      cause: `${
        facts.provider ?? 'The collector'
      } answers the proxies with errors.`,
      evidence,
      mends,
    });
  }
  if (isLoss(spansDropped, (spansSent ?? 0) + spansDropped)) {
    return rungs.of('export-dropped', {
      cause: 'The proxies throw spans away.',
      evidence,
      mends,
    });
  }
  return spansSent === 0 && decidedToTrace >= ENOUGH && !facts.traceCount
    ? rungs.of('export-not-sent', {
        cause: `${Math.round(
          decidedToTrace,
        )} requests were to be traced, and no span was sent.`,
        evidence,
        mends,
      })
    : undefined;
}

function judgeCollectors(
  facts: ExportFacts,
  evidence: DiagnosisEvidence[],
): DiagnosisRung | undefined {
  const { collectors: of } = facts;
  if (!of) {
    return undefined;
  }
  const { accepted = 0, refused = 0, sent = 0 } = of;
  if (isLoss(refused, accepted + refused)) {
    return rungs.of('export-collector-refuses', {
      cause: `The collectors refused ${Math.round(refused)} spans.`,
      evidence,
      mends: collectorMends(facts),
    });
  }
  const lost = (of.sendFailed ?? 0) + (of.dropped ?? 0);
  return isLoss(lost, sent + lost)
    ? rungs.of('export-collector-loses', {
        cause: `The collectors lost ${Math.round(lost)} spans.`,
        evidence,
        mends: collectorMends(facts),
      })
    : undefined;
}

function isLoss(lost: number | undefined, all: number | undefined): boolean {
  return lost !== undefined && lost >= 1 && lost > LOSS_SHARE * (all ?? lost);
}

/** So that Envoy's own statistics of tracing are there to be scraped. */
function statisticsMend(): DiagnosisMend {
  return {
    kind: 'yaml',
    what: "Let the proxies tell of their tracing: add this to Istio's mesh config, and restart them",
    yaml: formatYaml({
      defaultConfig: {
        proxyStatsMatcher: {
          inclusionRegexps: [
            '.*tracing.*',
            'cluster\\..*(collector|jaeger|zipkin|otel).*',
          ],
        },
      },
    }),
  };
}

function providerMends({
  providerNamespace,
  providerServiceName,
}: Pick<
  ExportFacts,
  'providerNamespace' | 'providerServiceName'
>): DiagnosisMend[] {
  return [
    ...(providerNamespace && providerServiceName
      ? [
          {
            kind: 'command' as const,
            what: 'Look whether the collector has endpoints and runs',
            command: `kubectl -n ${providerNamespace} get endpointslices -l kubernetes.io/service-name=${providerServiceName}`,
          },
        ]
      : []),
    advice(
      "Start the collector again, or correct service and port of the provider in Istio's mesh config.",
    ),
  ];
}

function collectorMends({
  providerNamespace,
  providerServiceName,
}: ExportFacts): DiagnosisMend[] {
  return [
    ...(providerNamespace && providerServiceName
      ? [
          {
            kind: 'command' as const,
            what: 'Read why',
            command: `kubectl -n ${providerNamespace} logs service/${providerServiceName} --tail=200`,
          },
        ]
      : []),
    advice(
      'Give the collector more memory or a larger sending queue, and look at the store that it writes to.',
    ),
  ];
}

function evidenceOf(facts: ExportFacts): DiagnosisEvidence[] {
  const { atMs, collectors, proxies, traceCount } = facts;
  const says = (source: string, counts: Record<string, number | undefined>) => {
    const parts = Object.entries(counts).flatMap(([what, count]) =>
      count === undefined ? [] : [`${what} ${Math.round(count)}`],
    );
    return parts.length > 0
      ? [{ source, seen: `In the window: ${parts.join(', ')}.`, atMs }]
      : [];
  };
  return [
    ...says('Traces of the window', {
      'with spans of this workload': traceCount,
    }),
    ...says('Statistics of the proxies (Envoy)', {
      'spans sent': proxies?.spansSent,
      'spans dropped': proxies?.spansDropped,
      'requests to be traced': proxies?.decidedToTrace,
    }),
    ...says(`Envoy's cluster ${proxies?.collector?.cluster ?? ''}`, {
      requests: proxies?.collector?.requests,
      'failed connections': proxies?.collector?.connectFailures,
      errors: proxies?.collector?.errors,
      'without a healthy host': proxies?.collector?.withoutHealthyHost,
    }),
    ...says('Metrics of the collectors', {
      'spans accepted': collectors?.accepted,
      'spans refused': collectors?.refused,
      'spans sent on': collectors?.sent,
      'spans that could not be sent': collectors?.sendFailed,
      'spans dropped': collectors?.dropped,
    }),
    ...facts.unread.map(why => ({
      source: 'What could not be read',
      seen: why,
      atMs,
    })),
  ];
}
