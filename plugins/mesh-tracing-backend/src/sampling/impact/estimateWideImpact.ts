import { ServiceUnavailableError } from '@backstage/errors';
import type {
  PreviewResponse,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import { estimateImpact } from './estimateImpact';
import type { RequestRateEstimate } from './RequestRateEstimator';
import type { TracingChange } from '../model/simulateOverride';
import { tracedShare } from './tracedShare';

type Impact = NonNullable<PreviewResponse['impact']>;

/**
 * Estimates the requests that begin at one workload, until the signal ends it.
 */
type Estimate = (
  change: TracingChange,
  signal: AbortSignal,
) => Promise<RequestRateEstimate | null>;

/** What came of the estimate for one workload. */
type Outcome =
  | Impact
  /** No trace began there. */
  | 'quiet'
  /** Nothing is traced there now, so its traffic is not known. */
  | 'untraced'
  /** It failed or took too long. */
  | 'unanswered';

/**
 * Bounds of what one preview may ask of trace stores, which are shared with those
 * who look for traces: each workload is one search.
 */
export interface WideImpactBounds {
  workloads: number;
  parallel: number;
  /** For all workloads together; estimates still under way then are aborted. */
  timeoutMs: number;
}

const BOUNDS: WideImpactBounds = {
  workloads: 10,
  parallel: 4,
  timeoutMs: 8_000,
};

/** The impact of a change, or why none can be said. */
export interface WideImpact {
  impact: PreviewResponse['impact'];
  /** One sentence; present where `impact` is null although something changes. */
  unknown?: string;
}

/**
 * Traces, spans and storage before and after a change of many workloads: the sum
 * of what each would do, by its own effective tracing.
 *
 * Nothing counts twice, since each workload counts only requests whose sampling
 * is decided there; what it calls keeps the decision. Null where no traffic of
 * any is known.
 */
export async function estimateWideImpact(options: {
  changes: readonly TracingChange[];
  estimate: Estimate;
  /** Aborted when nobody waits for the preview any more. */
  signal?: AbortSignal;
  bounds?: Partial<WideImpactBounds>;
}): Promise<WideImpact> {
  const bounds = { ...BOUNDS, ...options.bounds };
  const changed = options.changes
    .filter(({ changedFields }) => changedFields.length > 0)
    .sort(entrancesFirst);
  const asked = changed.slice(0, bounds.workloads);
  const outcomes = await askAll(asked, options, bounds);
  const counted = outcomes.filter(
    (outcome): outcome is Impact => typeof outcome === 'object',
  );
  if (changed.length === 0) {
    return { impact: null };
  }
  return counted.length === 0
    ? { impact: null, unknown: unknown(outcomes, changed.length) }
    : {
        impact: {
          ...sum(counted),
          assumption: assumption(outcomes, changed.length),
        },
      };
}

/**
 * Puts gateways, where most requests come in, first, in case there are more
 * workloads than may be asked about.
 */
function entrancesFirst(a: TracingChange, b: TracingChange): number {
  const isGateway = ({ workload }: { workload: Workload }) =>
    workload.proxy === 'gateway';
  return Number(isGateway(b)) - Number(isGateway(a));
}

/** Estimates a few workloads at a time, until the time is over. */
async function askAll(
  changes: readonly TracingChange[],
  { estimate, signal }: { estimate: Estimate; signal?: AbortSignal },
  { parallel, timeoutMs }: WideImpactBounds,
): Promise<Outcome[]> {
  const outcomes = changes.map((): Outcome => 'unanswered');
  const waiting = changes.entries();
  const timeOver = new AbortController();
  const end = signal
    ? AbortSignal.any([signal, timeOver.signal])
    : timeOver.signal;
  const ask = async () => {
    for (const [index, change] of waiting) {
      if (end.aborted) {
        return;
      }
      outcomes[index] = await outcomeOf(change, each => estimate(each, end));
    }
  };
  let timer: NodeJS.Timeout | undefined;
  await Promise.race([
    Promise.all(Array.from({ length: parallel }, ask)),
    new Promise<void>(resolve => {
      timer = setTimeout(resolve, timeoutMs);
    }),
  ]);
  clearTimeout(timer);
  const answer = [...outcomes];
  timeOver.abort(
    new ServiceUnavailableError('The time of the preview is over'),
  );
  return answer;
}

async function outcomeOf(
  change: TracingChange,
  estimate: (change: TracingChange) => Promise<RequestRateEstimate | null>,
): Promise<Outcome> {
  const { before, after } = change;
  try {
    const rate = await estimate(change);
    const impact = rate?.upperBound
      ? null
      : estimateImpact(rate, before, after);
    return impact ?? (tracedShare(before) > 0 ? 'quiet' : 'untraced');
  } catch {
    return 'unanswered';
  }
}

function sum(impacts: readonly Impact[]): Omit<Impact, 'assumption'> {
  const total = (
    field: keyof Omit<Impact, 'assumption' | 'requestsPerSecondBounds'>,
  ) => impacts.reduce((all, impact) => all + impact[field], 0);
  return {
    requestsPerSecond: total('requestsPerSecond'),
    ...boundsOf(impacts),
    tracesPerSecondBefore: total('tracesPerSecondBefore'),
    tracesPerSecondAfter: total('tracesPerSecondAfter'),
    spansPerSecondBefore: total('spansPerSecondBefore'),
    spansPerSecondAfter: total('spansPerSecondAfter'),
    bytesPerDayBefore: total('bytesPerDayBefore'),
    bytesPerDayAfter: total('bytesPerDayAfter'),
  };
}

/** Bounds of the sum: those of single workloads may all be off at once. */
function boundsOf(
  impacts: readonly Impact[],
): Pick<Impact, 'requestsPerSecondBounds'> {
  const total = (end: 'low' | 'high') =>
    impacts.reduce(
      (all, { requestsPerSecond: rate, requestsPerSecondBounds: bounds }) =>
        all + (bounds?.[end] ?? rate),
      0,
    );
  return impacts.some(impact => impact.requestsPerSecondBounds)
    ? { requestsPerSecondBounds: { low: total('low'), high: total('high') } }
    : {};
}

/** What was counted, and what was not. */
function assumption(outcomes: readonly Outcome[], changed: number): string {
  const counted = outcomes.filter(
    outcome => typeof outcome === 'object',
  ).length;
  const notes = notCounted(outcomes, changed);
  return [
    `Sum over ${counted} of the ${changed} workloads that would change, each by the requests that begin there and the sampling in force there.`,
    ...(notes.length > 0 ? [`Not counted: ${notes.join('; ')}.`] : []),
  ].join(' ');
}

/** Why there is no sum at all. */
function unknown(outcomes: readonly Outcome[], changed: number): string {
  return outcomes.every(outcome => outcome === 'quiet') &&
    outcomes.length === changed
    ? `None of the ${changed} workloads that would change started traces lately: callers decide, or nothing came.`
    : `No requests are known that begin at one of the ${changed} workloads that would change: ${notCounted(
        outcomes,
        changed,
      ).join('; ')}.`;
}

function notCounted(outcomes: readonly Outcome[], changed: number): string[] {
  const times = (wanted: Outcome) =>
    outcomes.filter(outcome => outcome === wanted).length;
  const left = [
    [
      times('quiet'),
      'where no trace began lately, since callers decide or nothing came',
    ],
    [
      times('untraced'),
      'where nothing is traced now, so that their traffic is not known',
    ],
    [times('unanswered'), 'whose traces could not be read'],
    [changed - outcomes.length, 'beyond those that one preview asks for'],
  ] as const;
  return left
    .filter(([count]) => count > 0)
    .map(([count, why]) => `${count} ${why}`);
}
