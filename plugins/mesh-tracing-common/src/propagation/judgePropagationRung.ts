import type { EstimateBounds } from '../latency';
import type { MissingHeader, PropagationEvidence } from './model';

/** What the verdict rests on. @public */
export interface PropagationFigures {
  callCount: number;
  brokenCount: number;
  /** 0..1; null without a call. */
  share: number | null;
  shareBounds: EstimateBounds;
  requestIdLostCount: number;
  otherCount: number;
  servedCount: number;
  busyShare: number;
}

/** Why the verdict is what it is. @public */
export type PropagationCode =
  | 'headers-forwarded'
  | 'makes-no-calls'
  | 'proxy-only'
  | 'no-headers-forwarded'
  | 'trace-context-not-forwarded'
  | 'request-id-not-forwarded'
  | 'sampled-flag-lost'
  | 'wrong-parent'
  | 'perhaps-not-forwarded'
  | 'too-few-calls'
  | 'calls-without-requests'
  | 'no-traces';

/** Whether a workload hands on the headers of the requests that it serves. @public */
export interface PropagationVerdict {
  verdict: 'good' | 'broken' | 'doubtful' | 'unknown';
  code: PropagationCode;
  figures: PropagationFigures;
}

/** A share that no healthy application has: spans that were lost make less. */
const BROKEN_SHARE = 0.01;
/** Fewer calls than that tell nothing. */
const FEWEST_CALLS = 5;
/** One broken call, or two, may be one that was cut short. */
const FEWEST_BROKEN = 3;
/** Good is said only where not much more than that may be broken. */
const DOUBTFUL_SHARE = 0.25;

const CODE_OF_MISSING: Record<MissingHeader, PropagationCode> = {
  'trace-context': 'trace-context-not-forwarded',
  'request-id': 'request-id-not-forwarded',
  'sampled-flag': 'sampled-flag-lost',
};

/**
 * The verdict on header propagation. `broken` where even the lower bound is more than
 * a healthy application shows, `doubtful` where only the estimate is.
 * @public
 */
export function judgePropagationRung(
  analysis: PropagationEvidence,
): PropagationVerdict {
  const figures = figuresOf(analysis);
  const say = (
    verdict: PropagationVerdict['verdict'],
    code: PropagationCode,
  ): PropagationVerdict => ({ verdict, code, figures });
  const { callCount, brokenCount, share, shareBounds } = figures;
  if (analysis.isProxyOnly) {
    return say('good', 'proxy-only');
  }
  if (share === null || callCount === 0) {
    return sayWithoutCalls(analysis, say);
  }
  if (shareBounds.low > BROKEN_SHARE && brokenCount >= FEWEST_BROKEN) {
    return say('broken', codeOfBroken(analysis));
  }
  const lostShare = figures.requestIdLostCount / callCount;
  if (lostShare > BROKEN_SHARE && figures.requestIdLostCount >= FEWEST_BROKEN) {
    return say('broken', 'request-id-not-forwarded');
  }
  if (analysis.readCallCount < FEWEST_CALLS) {
    return say('unknown', 'too-few-calls');
  }
  return share > BROKEN_SHARE || shareBounds.high > DOUBTFUL_SHARE
    ? say('doubtful', 'perhaps-not-forwarded')
    : say('good', 'headers-forwarded');
}

function sayWithoutCalls(
  { otherCount, servedCount, rates }: PropagationEvidence,
  say: (
    verdict: PropagationVerdict['verdict'],
    code: PropagationCode,
  ) => PropagationVerdict,
): PropagationVerdict {
  if (otherCount > 0) {
    // Of a request that was not traced, no span says that it was served just then.
    return servedCount > 0 && (rates.servedShare ?? 0) < 1
      ? say('doubtful', 'perhaps-not-forwarded')
      : say('unknown', 'calls-without-requests');
  }
  return servedCount > 0
    ? say('good', 'makes-no-calls')
    : say('unknown', 'no-traces');
}

/** Of the kind that most broken calls are of. */
function codeOfBroken({ kinds }: PropagationEvidence): PropagationCode {
  const most = kinds.find(({ kind }) => kind !== 'new-trace-on-purpose');
  if (most?.missing) {
    return CODE_OF_MISSING[most.missing];
  }
  return most?.kind === 'wrong-parent'
    ? 'wrong-parent'
    : 'no-headers-forwarded';
}

function figuresOf(analysis: PropagationEvidence): PropagationFigures {
  const {
    callCount,
    brokenCount,
    share,
    shareBounds,
    requestIdLostCount,
    otherCount,
    servedCount,
    busyShare,
  } = analysis;
  return {
    callCount,
    brokenCount,
    share,
    shareBounds,
    requestIdLostCount,
    otherCount,
    servedCount,
    busyShare,
  };
}
