import type {
  DiagnosisEvidence,
  DiagnosisMend,
  DiagnosisRung,
} from '../model/Diagnosis';
import { rungsOf } from '../model/rungsOf';
import { durationText } from './judgeStore';
import { advice } from './storeMends';
import { storeRungCatalog } from './storeRungCatalog';

/** What is known of clocks, delays and limits, from traces. @public */
export interface LimitsFacts {
  store: string;
  atMs: number;
  /** Start and end of the window, milliseconds since the epoch. */
  startTimeMs: number;
  endTimeMs: number;
  /** Traces of the window that were read. */
  readCount: number;
  /** Start of the newest and the oldest of them. */
  newestMs?: number;
  oldestMs?: number;
  /** Usual distance from one trace to the next, in the window. */
  distanceMs?: number;
  /** Whether all traces of the window are known, or a sample of all of it. */
  isWhole: boolean;
  /** Start of a trace after the window, where there is one. */
  afterMs?: number;
  /**
   * How far spans of the workload lie outside of what called them, the middle one
   * of those that were compared; positive where they are ahead.
   */
  skewMs?: number;
  /** Calls that were compared. */
  comparedCount: number;
  /** Of the traces before the window, the same. */
  beforeSkewMs?: number;
  /** Requests a second in the first quarter of the window, by metrics of all requests. */
  earlyRequestsPerSecond?: number;
  /** What cut answers short, in words of the store; empty where nothing did. */
  cuts: string[];
}

const SKEW_MS = 1_000;
/** A clock that is so far off takes spans out of windows. */
const OUTSIDE_MS = 60_000;
/** Ahead of the portal by less may be the portal's own clock. */
const FUTURE_MS = 60_000;
const LATE_MS = 5 * 60_000;
const LATE_DISTANCES = 30;
/** Part of the window that counts as its beginning. @public */
export const EARLY_PART = 0.25;

const rungs = rungsOf(storeRungCatalog);

const SET_CLOCK: DiagnosisMend[] = [
  {
    kind: 'command',
    what: 'Compare the clock of the node with the right time, on the node of each pod',
    command: 'timedatectl status',
  },
  advice('Set the clock of the node by NTP; the next spans are right.'),
];

/** The rung of clocks, delays and limits. @public */
export function judgeLimits(facts: LimitsFacts): DiagnosisRung {
  const evidence = evidenceOf(facts);
  const of = judgeClocks(facts, evidence) ?? judgeTimes(facts, evidence);
  if (of) {
    return of;
  }
  if (facts.readCount === 0) {
    return rungs.of('limits-unread', {
      cause: 'There are no traces in the window to judge clocks and limits by.',
      evidence,
    });
  }
  return rungs.good('limits', {
    cause:
      'Clocks agree, spans arrive in time, and the store holds the window.',
    evidence,
  });
}

/** The rung where no trace could be read. @public */
export function limitsUnread(
  why: string,
  atMs: number,
  needs?: string,
): DiagnosisRung {
  return rungs.of('limits-unread', {
    cause: 'Clocks and limits could not be judged.',
    evidence: [{ source: 'Traces of the window', seen: why, atMs }],
    needs,
  });
}

function judgeClocks(
  facts: LimitsFacts,
  evidence: DiagnosisEvidence[],
): DiagnosisRung | undefined {
  const { afterMs, atMs, beforeSkewMs, skewMs } = facts;
  const parts = (cause: string) => ({ cause, evidence, mends: SET_CLOCK });
  if (afterMs !== undefined && afterMs - atMs >= FUTURE_MS) {
    return rungs.of(
      'limits-spans-in-future',
      parts(
        `Spans of this workload are dated ${durationText(
          afterMs - atMs,
        )} in the future.`,
      ),
    );
  }
  if (
    facts.readCount === 0 &&
    beforeSkewMs !== undefined &&
    beforeSkewMs <= -OUTSIDE_MS
  ) {
    return rungs.of(
      'limits-spans-in-past',
      parts(
        `Spans of this workload are dated ${durationText(
          -beforeSkewMs,
        )} before the calls that they serve.`,
      ),
    );
  }
  if (skewMs !== undefined && Math.abs(skewMs) >= SKEW_MS) {
    return rungs.of(
      Math.abs(skewMs) >= OUTSIDE_MS ? 'limits-clock-off' : 'limits-clock-skew',
      parts(
        `The clock of this workload is ${durationText(Math.abs(skewMs))} ${
          skewMs > 0 ? 'ahead of' : 'behind'
        } that of its callers.`,
      ),
    );
  }
  return undefined;
}

function judgeTimes(
  facts: LimitsFacts,
  evidence: DiagnosisEvidence[],
): DiagnosisRung | undefined {
  const { atMs, distanceMs, endTimeMs, newestMs, oldestMs, startTimeMs } =
    facts;
  const isNow = Math.abs(endTimeMs - atMs) < LATE_MS;
  if (newestMs !== undefined && distanceMs !== undefined && isNow) {
    const agoMs = atMs - newestMs;
    if (agoMs > LATE_MS && agoMs > LATE_DISTANCES * distanceMs) {
      return rungs.of('limits-spans-late', {
        cause: `The newest span is ${durationText(
          agoMs,
        )} old, while one came about every ${durationText(distanceMs)} before.`,
        evidence,
        mends: [
          advice(
            'Look at the sending queue of the collector and at the load of the storage; if both are idle, requests ended.',
          ),
        ],
      });
    }
  }
  const earlyEndMs = startTimeMs + (endTimeMs - startTimeMs) * EARLY_PART;
  if (
    facts.isWhole &&
    oldestMs !== undefined &&
    oldestMs > earlyEndMs &&
    (facts.earlyRequestsPerSecond ?? 0) > 0
  ) {
    return rungs.of('limits-retention', {
      cause: `Requests were counted from the start of the window on, and the oldest trace is ${durationText(
        oldestMs - startTimeMs,
      )} younger: the store may keep traces for ${durationText(
        atMs - oldestMs,
      )} only.`,
      evidence,
      mends: [
        {
          kind: 'action',
          what: 'Choose a shorter window',
          action: 'choose-window',
        },
        advice(
          "Let the store keep traces longer; Jaeger's memory storage keeps max_traces of them, whatever their age.",
        ),
      ],
    });
  }
  return undefined;
}

function evidenceOf(facts: LimitsFacts): DiagnosisEvidence[] {
  const { atMs, cuts, newestMs, oldestMs, skewMs, store } = facts;
  const source = `Traces in store ${store}`;
  const seen = [
    `${facts.readCount} traces of the window were read${
      newestMs === undefined
        ? ''
        : `, the newest ${durationText(Math.max(0, atMs - newestMs))} old`
    }${
      oldestMs === undefined
        ? ''
        : `, the oldest ${durationText(Math.max(0, atMs - oldestMs))}`
    }.`,
    ...(skewMs === undefined
      ? []
      : [
          `In ${
            facts.comparedCount
          } calls, spans of this workload lie ${durationText(
            Math.abs(skewMs),
          )} ${skewMs < 0 ? 'before' : 'after'} those of its callers.`,
        ]),
    ...cuts.map(cut => `Answers were cut: ${cut}.`),
  ];
  return seen.map(sentence => ({ source, seen: sentence, atMs }));
}
