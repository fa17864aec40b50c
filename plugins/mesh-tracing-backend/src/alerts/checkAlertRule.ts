import type {
  AlertCheck,
  AlertRule,
} from 'backstage-plugin-mesh-tracing-common';
import { errorText } from '../shared/errorText';
import { sanitizeMessage } from '../shared/sanitizeMessage';
import { firingsOf } from './firingsOf';
import type { LiveMetrics } from './LiveMetrics';
import { missingSeries } from './missingSeries';
import { BudgetSpentError } from './QuestionBudget';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Of the course of a day. */
const STEP_MS = 5 * MINUTE_MS;
/** The same for a rule that looks hours back each time. */
const COARSE_STEP_MS = 30 * MINUTE_MS;
const COARSE_FROM_SECONDS = 6 * 3_600;

/**
 * Asks the live metrics whether a rule's series are there, what its value is, and how
 * often it would have fired in the last day. Never throws: what could not be asked is
 * said in the answer.
 */
export async function checkAlertRule(
  rule: AlertRule,
  live: LiveMetrics,
): Promise<AlertCheck> {
  try {
    const missing = await missingSeries(rule.needs, live);
    return missing.length > 0
      ? { state: 'no-series', missing }
      : await verified(rule, live);
  } catch (error) {
    return uncheckedBy(error);
  }
}

/** What a failed question says of a rule. */
export function uncheckedBy(error: unknown): AlertCheck {
  return error instanceof BudgetSpentError
    ? { state: 'unchecked', reason: 'too-many' }
    : {
        state: 'unchecked',
        reason: 'unavailable',
        message: sanitizeMessage(errorText(error)),
      };
}

async function verified(
  rule: AlertRule,
  live: LiveMetrics,
): Promise<AlertCheck> {
  const [[value], [held], firings, largestBoundMs] = await Promise.all([
    live.at(rule.value),
    // Counted, since a share of lost spans may be infinite, which is no number.
    live.at(`count(${rule.condition})`),
    lastDay(rule, live),
    largestBound(rule, live),
  ]);
  return {
    state: 'verified',
    atMs: live.nowMs,
    value: value?.value ?? null,
    holdsNow: held !== undefined,
    firedCount: firings?.count ?? null,
    firedMinutes: firings?.minutes ?? null,
    ...(largestBoundMs !== undefined &&
      largestBoundMs <= rule.threshold && { largestBoundMs }),
  };
}

/** Undefined where a day is more than the metrics can tell. */
async function lastDay(rule: AlertRule, live: LiveMetrics) {
  const stepMs =
    rule.longestWindowSeconds >= COARSE_FROM_SECONDS ? COARSE_STEP_MS : STEP_MS;
  try {
    const held = await live.over(`count(${rule.condition})`, {
      firstMs: live.nowMs - DAY_MS,
      lastMs: live.nowMs,
      stepMs,
    });
    return firingsOf(
      [...held.keys()].sort((a, b) => a - b),
      { stepMs, forMinutes: rule.forMinutes },
    );
  } catch {
    return undefined;
  }
}

/**
 * A classic histogram tells no duration above its last bound, so that a quantile
 * never passes it.
 */
async function largestBound(
  { bounds }: AlertRule,
  live: LiveMetrics,
): Promise<number | undefined> {
  if (!bounds) {
    return undefined;
  }
  const samples = await live.at(bounds.expression);
  const limits = samples
    .map(({ labels }) => Number(labels.le) * bounds.boundMs)
    .filter(Number.isFinite);
  return limits.length > 0 ? Math.max(...limits) : undefined;
}
