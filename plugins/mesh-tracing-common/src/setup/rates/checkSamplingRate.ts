import { formatPercent } from '../../shared/formatPercent';
import { openSampling } from '../configuration/checkTelemetry';
import { inWords, rounded } from '../numbers';
import { evidenceOf, type SetupFinding, type SetupMend } from '../SetupFinding';
import { setupFindingCatalog } from '../setupFindingCatalog';
import { secondsBetweenFailures, suggestPercentage } from './suggestPercentage';

/**
 * Who is woken by an alert looks for a failing trace at once: with one every half
 * hour, most short incidents leave none at all.
 */
export const RAREST_FAILURE_S = 30 * 60;
/** What is suggested: a failing trace is there when somebody looks. */
export const WANTED_FAILURE_S = 5 * 60;
/** More traces a second than anybody looks at; a store feels them. */
export const MANY_TRACES_PER_SECOND = 100;
/** Less than an order of magnitude is not worth a change. */
export const WORTHWHILE_FACTOR = 10;
/**
 * Where a team names no objective: the usual 99.9 %. Only ever used to say that less
 * would do, never that more is needed.
 */
const USUAL_OBJECTIVE_PERCENT = 0.1;

/** What a percentage is judged by. @public */
export interface SamplingRateInput {
  /** In force, percent. */
  samplingPercent: number;
  /** From metrics that count every request. */
  requestsPerSecond: number;
  /** Share of failing requests, percent, that the team wants to notice. */
  errorObjectivePercent?: number;
  /** A policy of a collector that keeps failed traces. */
  mends: readonly SetupMend[];
}

/**
 * Whether the percentage shows the failures that a team cares about soon enough, and
 * whether far less would. Without an objective nothing is called too low.
 * @public
 */
export function checkSamplingRate(
  input: SamplingRateInput,
): SetupFinding | undefined {
  const { errorObjectivePercent, samplingPercent } = input;
  if (samplingPercent <= 0 || input.requestsPerSecond <= 0) {
    // Whoever samples nothing has been told so elsewhere.
    return undefined;
  }
  return (
    (errorObjectivePercent === undefined
      ? undefined
      : tooLow(input, errorObjectivePercent)) ??
    tooHigh(input, errorObjectivePercent ?? USUAL_OBJECTIVE_PERCENT)
  );
}

function tooLow(
  input: SamplingRateInput,
  objective: number,
): SetupFinding | undefined {
  const { samplingPercent, requestsPerSecond, mends } = input;
  const everyS = secondsBetweenFailures({
    requestsPerSecond,
    percent: samplingPercent,
    errorRate: objective / 100,
  });
  const percent = percentFor(requestsPerSecond, objective);
  // Where even all requests hold too few failures, the sampling is not to blame.
  const atBestS = everyS === undefined ? 0 : everyS * (samplingPercent / 100);
  if (
    everyS === undefined ||
    everyS <= RAREST_FAILURE_S ||
    atBestS > RAREST_FAILURE_S
  ) {
    return undefined;
  }
  return {
    severity: 'warning',
    code: 'sampling-too-low-for-objective',
    what: `At ${formatPercent(
      samplingPercent,
    )} you see one failing trace in ${inWords(
      everyS * 1000,
    )} while ${formatPercent(objective)} of ${rounded(
      requestsPerSecond,
    )} requests a second fail.`,
    whatToDo: setupFindingCatalog['sampling-too-low-for-objective'].whatToDo,
    evidence: facts(input, objective, { percent, everyS }),
    mends: [openSampling(percent), ...mends],
  };
}

function tooHigh(
  input: SamplingRateInput,
  objective: number,
): SetupFinding | undefined {
  const { samplingPercent, requestsPerSecond } = input;
  const tracesPerSecond = (requestsPerSecond * samplingPercent) / 100;
  const percent = percentFor(requestsPerSecond, objective);
  if (
    tracesPerSecond < MANY_TRACES_PER_SECOND ||
    percent * WORTHWHILE_FACTOR > samplingPercent
  ) {
    return undefined;
  }
  return {
    severity: 'info',
    code: 'sampling-higher-than-needed',
    what: `${formatPercent(samplingPercent)} make about ${rounded(
      tracesPerSecond,
    )} traces a second; ${formatPercent(
      percent,
    )} would still show a failing one every ${inWords(
      WANTED_FAILURE_S * 1000,
    )} while ${formatPercent(objective)} of the requests fail.`,
    whatToDo: setupFindingCatalog['sampling-higher-than-needed'].whatToDo,
    evidence: facts(input, objective, { percent }),
    mends: [openSampling(percent)],
  };
}

/** What shows a failing trace as often as wanted, percent. */
function percentFor(requestsPerSecond: number, objective: number): number {
  const failuresPerTrace = objective / 100;
  const suggestion = suggestPercentage({
    requestsPerSecond,
    tracesPerMinute: 60 / WANTED_FAILURE_S / failuresPerTrace,
    maxPercent: 100,
  });
  return suggestion?.percent ?? 100;
}

function facts(
  { samplingPercent, requestsPerSecond }: SamplingRateInput,
  objective: number,
  { percent, everyS }: { percent: number; everyS?: number },
) {
  return evidenceOf(
    ['sampling-percent', samplingPercent, 'percent'],
    ['requests-per-second', requestsPerSecond, 'per-second'],
    ['error-objective', objective, 'percent'],
    [
      'time-between-failures',
      everyS === undefined ? undefined : everyS * 1000,
      'duration-ms',
    ],
    [
      'traces-per-minute',
      (requestsPerSecond * 60 * samplingPercent) / 100,
      'per-minute',
    ],
    ['suggested-percent', percent, 'percent'],
  );
}
