import type {
  CollectorFacts,
  MeasuredRequests,
  TrafficFacts,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceStore } from 'backstage-plugin-mesh-tracing-node';
import { measureEntity } from '../../latency';
import { readOptionsOf } from '../../tracestore';
import type { EntityAnalysis, TimeWindow, TraceAnalyses } from '../../traces';
import { namedEntity, type TraceServiceNames } from '../../workloads';
import type { ReadableContext } from '../readableContext';
import { readWindow } from '../readWindow';
import type { LadderSubject } from '../RungSource';
import { valueOf, within, type Told } from '../within';
import { whyUnread } from '../whyUnread';
import type { ClusterMetrics, MeshMetrics } from './MeshMetrics';
import type { ProviderFacts } from './providerOf';
import { readCallers, type Caller } from './readCallers';
import { readCollectorCounts } from './readCollectorCounts';
import { readProxyCounts, type ProxyCounts } from './readProxyCounts';

/** The end of a window in which losses count, milliseconds. */
const RECENT_MS = 10 * 60_000;

/** What the sources told of the requests of a workload, each by itself. */
export interface TrafficTold {
  analysed: Told<EntityAnalysis>;
  measures: Told<MeasuredRequests | undefined>;
  proxies: Told<ProxyCounts | undefined>;
  collectors: Told<CollectorFacts | undefined>;
  callers: Told<Caller[] | undefined>;
  /** Why statistics of the cluster could not be read; empty where they were. */
  unread: string[];
  /** Requests of the window, by metrics that count all of them. */
  measured(window: TimeWindow): TrafficFacts['measured'];
}

/** Asks all sources at the same time. */
export async function readTraffic(
  of: {
    names: Pick<TraceServiceNames, 'storeOf' | 'candidates'>;
    analyses: Pick<TraceAnalyses, 'of'>;
    metrics: Pick<MeshMetrics, 'of'>;
  },
  about: {
    subject: LadderSubject;
    readable: ReadableContext;
    window: TimeWindow;
    provider: ProviderFacts;
  },
): Promise<TrafficTold> {
  const { readable, subject, window } = about;
  const { cluster } = subject.workload;
  const metrics = of.metrics.of(cluster);
  const [analysed, measures, statistics] = await Promise.all([
    readWindow(of.analyses, readable.ofWorkload, subject.window),
    readMeasures(of.names, readable, window),
    readStatistics(metrics, about),
  ]);
  const { callers, collectors, proxies } = statistics;
  return {
    analysed,
    measures,
    ...statistics,
    unread: metrics
      ? [
          ...whyUnread('Statistics of the proxies', proxies),
          ...whyUnread('Metrics of the collectors', collectors),
          ...whyUnread('istio_requests_total', callers),
        ]
      : [`No Prometheus is configured for cluster ${cluster}.`],
    measured: asked =>
      measuredRequests(asked, valueOf(measures), valueOf(callers)),
  };
}

async function readMeasures(
  names: Pick<TraceServiceNames, 'storeOf' | 'candidates'>,
  { ofWorkload }: ReadableContext,
  window: TimeWindow,
): Promise<Told<MeasuredRequests | undefined>> {
  return within(async signal => {
    const subject = namedEntity(ofWorkload);
    const store: TraceStore = names.storeOf(subject);
    if (store.requestSource?.counts === 'traced-requests') {
      return undefined;
    }
    const services = names.candidates(subject).map(({ name }) => name);
    return measureEntity(
      store,
      { ...ofWorkload, signal },
      { services, window },
    );
  }, ofWorkload.signal);
}

async function readStatistics(
  metrics: ClusterMetrics | undefined,
  about: {
    subject: LadderSubject;
    window: TimeWindow;
    provider: ProviderFacts;
  },
): Promise<Pick<TrafficTold, 'callers' | 'collectors' | 'proxies'>> {
  const { subject, window } = about;
  const { context, workload } = subject;
  const recent = {
    ...window,
    startTimeMs: Math.max(window.startTimeMs, window.endTimeMs - RECENT_MS),
  };
  const ask = <T>(
    read: (
      from: ClusterMetrics,
      options: ReturnType<typeof readOptionsOf>,
    ) => Promise<T>,
  ) =>
    within(
      async signal =>
        metrics && read(metrics, { ...readOptionsOf(context), signal }),
      context.signal,
    );
  const [proxies, collectors, callers] = await Promise.all([
    ask((from, options) =>
      readProxyCounts(
        from,
        { workload, window, recent, provider: about.provider.address },
        options,
      ),
    ),
    ask((from, options) => readCollectorCounts(from, recent, options)),
    ask((from, options) => readCallers(from, { workload, window }, options)),
  ]);
  return { proxies, collectors, callers };
}

function measuredRequests(
  { endTimeMs, startTimeMs }: TimeWindow,
  measures: MeasuredRequests | undefined,
  callers: Caller[] | undefined,
): TrafficFacts['measured'] {
  const rate =
    measures?.source.counts === 'every-request'
      ? measures.overall?.callsPerSecond
      : undefined;
  if (rate !== undefined && rate !== null) {
    return {
      source: `Request metrics (${measures?.source.kind ?? 'other'})`,
      requestCount: (rate * (endTimeMs - startTimeMs)) / 1_000,
    };
  }
  return callers
    ? {
        source: 'istio_requests_total',
        requestCount:
          callers.length === 0
            ? null
            : callers.reduce((sum, { count }) => sum + count, 0),
      }
    : undefined;
}
