import {
  canonicalServiceOf,
  decisionWithheld,
  exportWithheld,
  doubtDecision,
  judgeDecision,
  judgeExport,
  judgeTraffic,
  trafficWithheld,
  type DiagnosisRung,
  type ExportFacts,
  type TrafficFacts,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';
import type { EntityAccess } from '../../access';
import {
  beganAt,
  type EntityAnalysis,
  type TimeWindow,
  type TraceAnalyses,
} from '../../traces';
import type { WorkloadTracings } from '../../tracing';
import type { FirstHopEntities, TraceServiceNames } from '../../workloads';
import type { LadderSubject, RungSource } from '../RungSource';
import { readableContext, type ReadableContext } from '../readableContext';
import { valueOf, within } from '../within';
import { whyUnread } from '../whyUnread';
import {
  hopsOfCallers,
  hopsOfTraces,
  percentAt,
  silentGateways,
} from './firstHops';
import type { MeshMetrics } from './MeshMetrics';
import { providerOf, type ProviderFacts } from './providerOf';
import { readTraffic, type TrafficTold } from './readTraffic';

/** What {@link TrafficRungs} is made of. */
export interface TrafficRungsOptions {
  access: Pick<EntityAccess, 'withReadableTraces'>;
  names: Pick<TraceServiceNames, 'storeOf' | 'candidates'>;
  analyses: Pick<TraceAnalyses, 'of'>;
  tracings: Pick<WorkloadTracings, 'effective'>;
  firstHops: FirstHopEntities;
  metrics: Pick<MeshMetrics, 'of'>;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** Of all the reads of a look, each of which has its own limit. */
const LOOK_LIMIT_MS = 20_000;

/** What the judges are told of one subject. */
interface Gathered {
  subject: LadderSubject;
  readable: ReadableContext;
  snapshot: MeshSnapshot | undefined;
  told: TrafficTold;
  analysis: EntityAnalysis | undefined;
  provider: ProviderFacts;
  window: TimeWindow;
  atMs: number;
}

/** The rungs about requests, who decides on them, and the way of their spans. */
export class TrafficRungs implements RungSource {
  readonly #options: TrafficRungsOptions;
  readonly #now: () => number;

  static create(options: TrafficRungsOptions): TrafficRungs {
    return new TrafficRungs(options);
  }

  private constructor(options: TrafficRungsOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  async rungs(subject: LadderSubject): Promise<DiagnosisRung[]> {
    const atMs = this.#now();
    const readable = await readableContext(this.#options.access, subject);
    if (!readable) {
      return [
        trafficWithheld(atMs),
        decisionWithheld(atMs),
        exportWithheld(atMs),
      ];
    }
    const judged = await within(
      () => this.#judge(subject, readable, atMs),
      subject.context.signal,
      LOOK_LIMIT_MS,
    );
    return 'error' in judged
      ? unreadTraffic(whyUnread('Sources', judged).join(' '), atMs)
      : judged.value;
  }

  async #judge(
    subject: LadderSubject,
    readable: ReadableContext,
    atMs: number,
  ): Promise<DiagnosisRung[]> {
    const { context, workload } = subject;
    const snapshot = context.snapshots.find(
      ({ cluster }) => cluster === workload.cluster,
    );
    const provider = providerOf(
      this.#options.tracings.effective(workload, snapshot),
    );
    const window = {
      startTimeMs: subject.window.startTimeMs,
      endTimeMs: Math.max(
        subject.window.startTimeMs + 1,
        Math.min(subject.window.endTimeMs, atMs),
      ),
    };
    const told = await readTraffic(this.#options, {
      subject,
      readable,
      window,
      provider,
    });
    const of: Gathered = {
      subject,
      readable,
      snapshot,
      told,
      analysis: valueOf(told.analysed),
      provider,
      window,
      atMs,
    };
    return [
      judgeTraffic(trafficFacts(of)),
      doubtDecision(
        await this.#decision(of),
        snapshot && this.#options.tracings.effective(workload, snapshot),
      ),
      judgeExport(exportFacts(of)),
    ];
  }

  async #decision(of: Gathered): Promise<DiagnosisRung> {
    const { analysis: analysed, atMs, readable, snapshot, subject, told } = of;
    const { workload } = subject;
    const context = readable.ofWorkload;
    const sources = this.#options;
    const { rootedTraceCount = 0, traceCount = 0 } = analysed?.analysis ?? {};
    const callers = valueOf(told.callers);
    const [hops, callerHops] = await Promise.all([
      analysed
        ? hopsOfTraces(sources, context, {
            snapshot,
            beganAt: beganAt(analysed.analysis, analysed.services),
            traceCount: analysed.analysis.summaries.length,
          })
        : [],
      callers
        ? hopsOfCallers(sources, context, { snapshot, callers })
        : undefined,
    ]);
    return judgeDecision({
      atMs,
      ownPercent: percentAt(sources, workload, snapshot),
      isGateway: workload.proxy === 'gateway',
      ...(analysed
        ? { traces: { count: traceCount, beganHere: rootedTraceCount } }
        : {}),
      beganAt: hops,
      ...(callerHops ? { callers: callerHops } : {}),
      silentGateways:
        traceCount > 0 || callerHops
          ? []
          : await silentGateways(sources, context, snapshot),
    });
  }
}

/** What remains where even the gathering fails: honest rungs. */
function unreadTraffic(why: string, atMs: number): DiagnosisRung[] {
  const unread = [why];
  return [
    judgeTraffic({ atMs, windowMs: 0, unread, namespace: '' }),
    judgeDecision({
      atMs,
      ownPercent: 0,
      isGateway: false,
      beganAt: [],
      silentGateways: [],
    }),
    judgeExport({ atMs, windowMs: 0, unread }),
  ];
}

function trafficFacts(of: Gathered): TrafficFacts {
  const { analysis, atMs, snapshot, subject, told, window } = of;
  const requestCount = valueOf(told.proxies)?.requestCount;
  const measured = told.measured(window);
  const tryUrl = snapshot && serviceUrl(subject, snapshot);
  return {
    atMs,
    windowMs: window.endTimeMs - window.startTimeMs,
    ...(measured ? { measured } : {}),
    ...(requestCount === undefined
      ? {}
      : {
          envoy: { source: 'Statistics of the proxies (Envoy)', requestCount },
        }),
    ...(analysis ? { traceCount: analysis.analysis.subjectTraceCount } : {}),
    unread: [
      ...whyUnread('Request metrics', told.measures),
      ...whyUnread('Traces', told.analysed),
      ...told.unread,
    ],
    ...(tryUrl ? { tryUrl } : {}),
    namespace: subject.workload.namespace,
  };
}

function exportFacts(of: Gathered): ExportFacts {
  const { analysis, atMs, told, window } = of;
  const { provider, providerNamespace, providerServiceName } = of.provider;
  const proxies = valueOf(told.proxies);
  const collectors = valueOf(told.collectors);
  return {
    atMs,
    windowMs: window.endTimeMs - window.startTimeMs,
    ...(analysis ? { traceCount: analysis.analysis.subjectTraceCount } : {}),
    ...(proxies ? { proxies } : {}),
    ...(collectors ? { collectors } : {}),
    provider,
    providerNamespace,
    providerServiceName,
    unread: [...whyUnread('Traces', told.analysed), ...told.unread],
  };
}

/** A Service that is named like the workload, as istiod knows it. */
function serviceUrl(
  { workload }: LadderSubject,
  { inputs: { knownServices } }: MeshSnapshot,
): string | undefined {
  const { name } = canonicalServiceOf(workload.labels, workload.name);
  const prefix = `${name}.${workload.namespace}.svc.`;
  const found = [...(knownServices ?? [])].find(host =>
    host.startsWith(prefix),
  );
  return found && `http://${found}/`;
}
