import {
  type EstimateBounds,
  type SampleDesign,
  shareBounds,
  studentQuantile,
} from '../latency';
import type { ClassifiedCall } from './classifyCalls';
import type {
  PropagationKindCount,
  PropagationRates,
  PropagationShare,
} from './model';

/** How surely calls that start a trace were made while serving a request. */
export interface ServingChance {
  /** Of the calls that start a trace, 0..1. */
  share: number;
  low: number;
  high: number;
}

/** What the shares of all rows are computed with. */
export interface ShareContext {
  design: SampleDesign | undefined;
  rates: PropagationRates;
  /** What one call of a trace stands for. */
  weightOf: (trace: number) => number;
  /** Whether nothing was left to chance: all was traced, and all was read. */
  isWhole: boolean;
}

/** What one trace adds to the sums. */
interface TraceSums {
  joined: number;
  broken: number;
  starting: number;
}

/** The sums of some calls, weighed by trace. */
class CallSums {
  readonly ofTraces = new Map<number, TraceSums>();
  joined = 0;
  broken = 0;
  starting = 0;
  lost = 0;
  readonly kinds = new Map<string, PropagationKindCount>();

  constructor(calls: ClassifiedCall[], { weightOf, rates }: ShareContext) {
    // A traced call stands for as many as its trace was chosen from.
    const ofJoined = 1 / (rates.servedShare || 1);
    const ofStarted = 1 / (rates.startedShare || rates.servedShare || 1);
    for (const call of calls) {
      const weight = weightOf(call.trace);
      const sums = this.#of(call.trace);
      if (call.state === 'joined') {
        this.joined += weight * ofJoined;
        sums.joined += ofJoined;
        this.lost += call.isRequestIdLost ? weight * ofJoined : 0;
      } else if (call.state === 'broken') {
        this.broken += weight * ofStarted;
        sums.broken += ofStarted;
      } else if (call.state === 'starting') {
        this.starting += weight * ofStarted;
        sums.starting += ofStarted;
      }
      if (call.kind && call.state !== 'starting') {
        this.#count(call, weight * ofStarted);
      }
    }
  }

  #of(trace: number): TraceSums {
    let sums = this.ofTraces.get(trace);
    if (!sums) {
      sums = { joined: 0, broken: 0, starting: 0 };
      this.ofTraces.set(trace, sums);
    }
    return sums;
  }

  #count({ kind = 'no-headers', missing }: ClassifiedCall, count: number) {
    const key = `${kind} ${missing}`;
    const known = this.kinds.get(key);
    this.kinds.set(key, {
      kind,
      ...(missing ? { missing } : {}),
      count: (known?.count ?? 0) + count,
      share: 0,
    });
  }
}

/** The share of some calls that did not join, of all that should have. */
export function estimateShare(
  calls: ClassifiedCall[],
  chance: ServingChance,
  context: ShareContext,
): PropagationShare {
  const sums = new CallSums(calls, context);
  const brokenAt = (serving: number) => sums.broken + serving * sums.starting;
  const shareAt = (serving: number) => {
    const broken = brokenAt(serving);
    const all = sums.joined + broken;
    return all > 0 ? broken / all : null;
  };
  const broken = brokenAt(chance.share);
  const callCount = sums.joined + broken;
  const share = shareAt(chance.share);
  return {
    callCount: Math.round(callCount),
    brokenCount: Math.round(broken),
    share,
    shareBounds:
      share === null
        ? { low: 0, high: 1 }
        : boundsOf(share, shareAt, { sums, chance, context, callCount }),
    requestIdLostCount: Math.round(sums.lost),
    otherCount: Math.round((1 - chance.share) * sums.starting),
    kinds: kindsOf(sums, chance.share * sums.starting, callCount),
  };
}

/**
 * Chance was at work in which calls were read, in which were traced, and in which of
 * those that start a trace seem to be made for a request. Their effects add up as
 * those of independent causes do.
 */
function boundsOf(
  share: number,
  shareAt: (serving: number) => number | null,
  of: {
    sums: CallSums;
    chance: ServingChance;
    context: ShareContext;
    callCount: number;
  },
): EstimateBounds {
  const drawn = drawnBounds(share, of);
  const low = shareAt(of.chance.low) ?? 0;
  const high = shareAt(of.chance.high) ?? share;
  return {
    low: Math.max(
      0,
      share - Math.hypot(share - drawn.low, share - Math.min(share, low)),
    ),
    high: Math.min(
      1,
      share + Math.hypot(drawn.high - share, Math.max(share, high) - share),
    ),
  };
}

function drawnBounds(
  share: number,
  {
    sums,
    chance,
    context,
    callCount,
  }: {
    sums: CallSums;
    chance: ServingChance;
    context: ShareContext;
    callCount: number;
  },
): EstimateBounds {
  const { design, rates, weightOf } = context;
  if (context.isWhole) {
    return { low: share, high: share };
  }
  const traces = [...sums.ofTraces.keys()];
  const least = Math.min(rates.servedShare ?? 1, rates.startedShare ?? 1);
  let [ofTracing, squares] = [0, 0];
  const terms = traces.map(trace => {
    const { joined, broken, starting } = sums.ofTraces.get(trace) as TraceSums;
    const failed = broken + chance.share * starting;
    const weight = weightOf(trace);
    const term = (weight * (failed * (1 - share) - share * joined)) / callCount;
    const left = Math.max(1 - least, design ? design.unread(trace) : 0);
    ofTracing += weight > 0 ? ((1 - least) * (term * term)) / weight : 0;
    squares += left * ((weight * (failed + joined)) / callCount) ** 2;
    return term;
  });
  const spread = design?.spread(traces, terms, 'share');
  const variance = Math.max(
    ofTracing + (spread?.variance ?? 0),
    share * (1 - share) * squares,
  );
  // Where all or none are broken, the terms tell nothing: their number does.
  const of = variance > 0 ? (share * (1 - share)) / variance : 1 / squares;
  return shareBounds(share, of, studentQuantile(spread?.degrees ?? Infinity));
}

function kindsOf(
  { kinds }: CallSums,
  starting: number,
  callCount: number,
): PropagationKindCount[] {
  const all: PropagationKindCount[] = [
    ...kinds.values(),
    { kind: 'no-headers', count: starting, share: 0 },
  ];
  return all
    .filter(({ count }) => Math.round(count) > 0)
    .map(one => ({
      ...one,
      count: Math.round(one.count),
      share: callCount > 0 ? Math.min(1, one.count / callCount) : 0,
    }))
    .sort((a, b) => b.count - a.count);
}
