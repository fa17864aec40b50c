import {
  EARLY_PART,
  type ArrivalFacts,
  type LimitsFacts,
  type NamesFacts,
  type TraceSubject,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceStore } from 'backstage-plugin-mesh-tracing-node';
import { measureEntity } from '../../latency';
import { readOptionsOf } from '../../tracestore';
import {
  subjectOf,
  type EntityAnalysis,
  type TimeWindow,
  type TraceAnalyses,
} from '../../traces';
import type { TraceServiceNames } from '../../workloads';
import type { ReadableContext } from '../readableContext';
import { readWindow } from '../readWindow';
import type { LadderSubject } from '../RungSource';
import { valueOf, within } from '../within';
import { whyUnread } from '../whyUnread';
import { findNames, type FoundNames } from './findNames';
import {
  lookThroughTraces,
  windowAfter,
  windowBefore,
  type TracesLook,
} from './lookThroughTraces';
import { schemeOfName } from './schemeOfName';

interface Question {
  store: TraceStore;
  readable: ReadableContext;
  subject: LadderSubject;
  /** Milliseconds since the epoch. */
  atMs: number;
}

/** What the judges of names, arrival and limits need. */
export interface StoreLook {
  names: NamesFacts;
  arrival: Omit<ArrivalFacts, 'tenant'>;
  limits: LimitsFacts;
}

type Sources = {
  names: Pick<TraceServiceNames, 'candidates'>;
  analyses: Pick<TraceAnalyses, 'of'>;
};

/**
 * Looks for spans of a workload in a store: under its names in the window, and where
 * there are none under other names, and before and after the window.
 *
 * @throws only the reason of the caller's signal
 */
export async function lookAtStore(
  { names, analyses }: Sources,
  question: Question,
): Promise<StoreLook | { why: string }> {
  const { store, readable, subject, atMs } = question;
  const { window, workload } = subject;
  const { signal } = subject.context;
  const options = readOptionsOf(subject.context);
  const services = await within(
    limited => store.services({ ...options, signal: limited }),
    signal,
  );
  if ('error' in services) {
    const [why = ''] = whyUnread(`Trace store ${store.name}`, services);
    return { why };
  }
  const found = findNames(names, readable, workload, services.value);
  const spansOf = subjectOf(readable.ofWorkload, found.own, found.searched);
  const analysed = await readWindow(analyses, readable.ofWorkload, window);
  if ('error' in analysed) {
    const [why = ''] = whyUnread(`Traces in store ${store.name}`, analysed);
    return { why };
  }
  const traceCount = analysed.value.analysis.subjectTraceCount;
  const looks = await lookAround(question, { found, spansOf, traceCount });
  const [proven] = looks.otherNames;
  return {
    names: {
      ...found,
      store: store.name,
      atMs,
      workload,
      proven: looks.otherNames,
      ...(proven === undefined
        ? {}
        : { provenScheme: schemeOfName(workload, proven) }),
    },
    arrival: {
      store: store.name,
      atMs,
      windowMs: window.endTimeMs - window.startTimeMs,
      traceCount,
      othersCount: othersOf(analysed.value),
      searched: found.searched,
      lookedThrough: traceCount > 0 ? [] : found.near,
      otherNames: looks.otherNames,
      entityFound: found.entityFound,
      newestBeforeMs: looks.before?.newestMs,
      newestAfterMs: looks.after?.newestMs,
    },
    limits: await limitsOf(question, analysed.value, looks),
  };
}

/** Traces that came under the names, but without a span of the workload. */
function othersOf({ coverage }: EntityAnalysis): number {
  const { belongingCount, fetchedCount } = coverage;
  return belongingCount === undefined
    ? 0
    : Math.max(0, fetchedCount - belongingCount);
}

interface Looks {
  newest?: TracesLook;
  before?: TracesLook;
  after?: TracesLook;
  otherNames: string[];
}

async function lookAround(
  { store, subject, atMs }: Question,
  of: { found: FoundNames; spansOf: TraceSubject; traceCount: number },
): Promise<Looks> {
  const { found, spansOf, traceCount } = of;
  const options = readOptionsOf(subject.context);
  const look = async (
    services: readonly string[],
    window: TimeWindow,
    ofOthers = false,
  ) =>
    valueOf(
      await within(
        limited =>
          lookThroughTraces(
            store,
            { services, window, subject: spansOf, ofOthers },
            { ...options, signal: limited },
          ),
        options.signal,
      ),
    );
  if (traceCount > 0) {
    return {
      newest: await look(found.searched, subject.window),
      after: await look(found.own, windowAfter(atMs)),
      otherNames: [],
    };
  }
  const [before, after, ...others] = await Promise.all([
    look(found.searched, windowBefore(subject.window)),
    look(found.searched, windowAfter(atMs)),
    ...found.others.map(name => look([name], subject.window, true)),
  ]);
  const names = others.flatMap(other => other?.names ?? []);
  return {
    before,
    after,
    otherNames: [...new Set(names)].filter(
      name => !found.searched.includes(name),
    ),
  };
}

async function limitsOf(
  { store, subject, readable, atMs }: Question,
  { analysis, coverage, services }: EntityAnalysis,
  { newest, before, after }: Looks,
): Promise<LimitsFacts> {
  const { window } = subject;
  const starts = analysis.summaries.map(({ startTimeMs }) => startTimeMs);
  const oldestMs = starts.reduce((a, b) => Math.min(a, b), Infinity);
  const latestMs = starts.reduce((a, b) => Math.max(a, b), -Infinity);
  const count = analysis.sample?.estimatedTraceCount ?? analysis.traceCount;
  const newestMs = newest?.newestMs ?? latestMs;
  const isWhole = coverage.complete || analysis.sample?.isExact === true;
  const lengthMs = window.endTimeMs - window.startTimeMs;
  const isLate = oldestMs > window.startTimeMs + EARLY_PART * lengthMs;
  return {
    store: store.name,
    atMs,
    ...window,
    readCount: starts.length,
    ...(starts.length > 0 ? { oldestMs, newestMs } : {}),
    ...(count > 1 && newestMs > oldestMs
      ? { distanceMs: (newestMs - oldestMs) / (count - 1) }
      : {}),
    isWhole,
    afterMs: after?.newestMs,
    skewMs: newest?.aheadMs,
    comparedCount: newest?.comparedCount ?? 0,
    beforeSkewMs: before?.aheadMs,
    ...(starts.length > 0 && isWhole && isLate
      ? {
          earlyRequestsPerSecond: await earlyRequests(store, readable, {
            services,
            window,
          }),
        }
      : {}),
    cuts: cutsOf({ analysis, coverage }),
  };
}

/** Requests a second at the beginning of a window, where metrics count all of them. */
async function earlyRequests(
  store: TraceStore,
  { ofWorkload }: ReadableContext,
  of: { services: string[]; window: TimeWindow },
): Promise<number | undefined> {
  if (store.requestSource?.counts === 'traced-requests') {
    return undefined;
  }
  const told = await within(
    signal => measureEntity(store, { ...ofWorkload, signal }, of),
    ofWorkload.signal,
  );
  const { startTimeMs, endTimeMs } = of.window;
  const endMs = startTimeMs + EARLY_PART * (endTimeMs - startTimeMs);
  const early = (valueOf(told)?.series.points ?? []).filter(
    ({ startMs }) => startMs < endMs,
  );
  const rates = early.flatMap(({ callsPerSecond }) => callsPerSecond ?? []);
  return rates.length > 0
    ? rates.reduce((sum, rate) => sum + rate, 0) / rates.length
    : undefined;
}

function cutsOf({
  analysis: { sample },
  coverage,
}: Pick<EntityAnalysis, 'analysis' | 'coverage'>): string[] {
  const { failures, incompleteBecause = [] } = coverage;
  return [
    ...(sample && !sample.isExact
      ? [
          `${sample.readTraceCount} of about ${sample.estimatedTraceCount} traces were read, chosen from all of the window`,
        ]
      : []),
    ...incompleteBecause,
    ...failures.map(({ service }) => `'${service}' could not be searched`),
  ];
}
