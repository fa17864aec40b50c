import type { AlertSeverity } from '../api';
import type { LeftOutBurnRate } from './AlertRule';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A pair of windows over which failures are counted. */
export interface BurnRate {
  longSeconds: number;
  /** Ends the alert soon after the failures end. */
  shortSeconds: number;
  severity: AlertSeverity;
  /** So many times the rate at which the budget lasts exactly the period. */
  burnRate: number;
  /** Share of failures, 0..1, that burns so fast. */
  ratio: number;
}

/**
 * Pairs of windows and the share of the period's budget that is spent in the longer
 * one when the alert begins. Over 30 days these are burn rates of 14.4, 6, 3 and 1.
 * Source: Google, "The Site Reliability Workbook", chapter 5, "Alerting on SLOs".
 */
const PAIRS = [
  [HOUR, 5 * MINUTE, 2, 'critical'],
  [6 * HOUR, 30 * MINUTE, 5, 'critical'],
  [DAY, 2 * HOUR, 10, 'warning'],
  [3 * DAY, 6 * HOUR, 10, 'warning'],
] as const;

/** The pairs of an objective, and those that would never fire or cry wolf. */
export function burnRates(objective: {
  objectivePercent: number;
  periodDays: number;
}): { rates: BurnRate[]; leftOut: LeftOutBurnRate[] } {
  const budget = (100 - objective.objectivePercent) / 100;
  const rates: BurnRate[] = [];
  const leftOut: LeftOutBurnRate[] = [];
  for (const [longSeconds, shortSeconds, spentPercent, severity] of PAIRS) {
    const burnRate =
      (spentPercent * objective.periodDays * DAY) / (100 * longSeconds);
    const ratio = burnRate * budget;
    if (ratio >= 1) {
      leftOut.push({ burnRate, reason: 'unreachable' });
    } else if (burnRate < 1) {
      leftOut.push({ burnRate, reason: 'within-budget' });
    } else {
      rates.push({ longSeconds, shortSeconds, severity, burnRate, ratio });
    }
  }
  return { rates, leftOut };
}
