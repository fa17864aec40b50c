import {
  ANNOTATION_TAIL_SAMPLING,
  MANAGED_BY_LABEL,
  MANAGED_BY_VALUE,
  OVERRIDE_ANNOTATIONS,
} from '../../shared/annotations';
import type { FindingSeverity } from '../../shared/Finding';
import { formatPercent } from '../../shared/formatPercent';
import type { Telemetry } from '../../tracing';
import { inWords, rounded } from '../numbers';
import { evidenceOf, type SetupFinding, type SetupMend } from '../SetupFinding';
import { setupFindingCatalog } from '../setupFindingCatalog';
import { lastChange, timeOf } from './lastChange';

const DAY_MS = 86_400_000;

/** Who looks for a fault with all traces is done within a day, as a rule. */
export const FULL_SAMPLING_GRACE_MS = DAY_MS;
/** A span a second is less than a gigabyte a week: nobody pays attention to it. */
export const CHEAP_SPANS_PER_SECOND = 1;
/** In its first week an override without end may still be an experiment. */
export const OVERRIDE_GRACE_MS = 7 * DAY_MS;
/** Who will remember in a quarter of a year why it is there? */
export const DISTANT_END_MS = 90 * DAY_MS;
/** The portal reverts within a minute; so long it may have been restarted. */
export const OVERDUE_MS = 10 * 60_000;
/** What is asked for by default where nothing is known of the rate. */
export const USUAL_PERCENT = 1;

/** What is known besides of the traffic that a Telemetry is for. @public */
export interface TelemetryContext {
  cluster: string;
  /** Milliseconds since the epoch. */
  nowMs: number;
  /** As measured now; absent = not known. */
  requestsPerSecond?: number;
  spansPerSecond?: number;
  /** What would do, percent; `USUAL_PERCENT` when absent. */
  suggestedPercent?: number;
}

/**
 * What a Telemetry leaves on for ever. An override with an end is none of that, and
 * neither is 100 % where a collector decides afterwards.
 * @public
 */
export function checkTelemetry(
  telemetry: Telemetry,
  context: TelemetryContext,
): SetupFinding | undefined {
  const { labels, annotations = {} } = telemetry.metadata;
  const isOverride = labels?.[MANAGED_BY_LABEL] === MANAGED_BY_VALUE;
  if (isOverride) {
    const endsAtMs = timeOf(annotations[OVERRIDE_ANNOTATIONS.expiresAt]);
    return checkOverride(telemetry, endsAtMs, context);
  }
  return fullEntryOf(telemetry) === undefined ||
    annotations[ANNOTATION_TAIL_SAMPLING] !== undefined
    ? undefined
    : fullSampling(telemetry, context);
}

/** Index of the entry that samples all requests and reports them. */
function fullEntryOf({ spec }: Telemetry): number | undefined {
  const index = (spec?.tracing ?? []).findIndex(
    entry =>
      entry !== null &&
      (entry.randomSamplingPercentage ?? 0) >= 100 &&
      entry.disableSpanReporting !== true,
  );
  return index < 0 ? undefined : index;
}

function fullSampling(
  telemetry: Telemetry,
  context: TelemetryContext,
): SetupFinding {
  const { atMs, by } = lastChange(telemetry.metadata);
  const { nowMs, spansPerSecond, requestsPerSecond } = context;
  const ageMs = atMs === undefined ? undefined : Math.max(0, nowMs - atMs);
  const isCheap =
    spansPerSecond !== undefined && spansPerSecond < CHEAP_SPANS_PER_SECOND;
  const isNew = ageMs !== undefined && ageMs < FULL_SAMPLING_GRACE_MS;
  const since = ageMs === undefined ? '' : ` for ${inWords(ageMs)}`;
  const who = by === undefined ? '' : `, set by ${by}`;
  const cost =
    spansPerSecond === undefined
      ? ''
      : ` It makes about ${rounded(spansPerSecond)} spans a second.`;
  return finding('full-sampling-without-end', telemetry, context, {
    severity: isCheap || isNew ? 'info' : 'warning',
    what: `Telemetry ${idOf(
      telemetry,
    )} has sampled all requests${since}${who}, and nothing ends it.${cost}`,
    evidence: evidenceOf(
      ['sampling-percent', 100, 'percent'],
      ['set-at', atMs, 'time-ms'],
      ['age', ageMs, 'duration-ms'],
      ['set-by', by, 'text'],
      ['requests-per-second', requestsPerSecond, 'per-second'],
      ['spans-per-second', spansPerSecond, 'per-second'],
    ),
    mends: lowerIt(telemetry, context),
  });
}

function checkOverride(
  telemetry: Telemetry,
  endsAtMs: number | undefined,
  context: TelemetryContext,
): SetupFinding | undefined {
  const { nowMs } = context;
  if (endsAtMs !== undefined && nowMs - endsAtMs > OVERDUE_MS) {
    return finding('override-past-its-end', telemetry, context, {
      severity: 'warning',
      what: `Override ${idOf(telemetry)} should have ended ${inWords(
        nowMs - endsAtMs,
      )} ago and is still there.`,
      evidence: evidenceOf(['ends-at', endsAtMs, 'time-ms']),
      mends: [deletion(telemetry)],
    });
  }
  if (endsAtMs !== undefined && endsAtMs - nowMs <= DISTANT_END_MS) {
    return undefined;
  }
  const { atMs, by } = lastChange(telemetry.metadata);
  const ageMs = atMs === undefined ? undefined : Math.max(0, nowMs - atMs);
  const isOld = ageMs !== undefined && ageMs >= OVERRIDE_GRACE_MS;
  const isFull = fullEntryOf(telemetry) !== undefined;
  const end =
    endsAtMs === undefined
      ? 'has no end'
      : `ends only in ${inWords(endsAtMs - nowMs)}`;
  return finding('override-without-end', telemetry, context, {
    severity: isOld || isFull ? 'warning' : 'info',
    what: `Override ${idOf(telemetry)} ${end}${
      by === undefined ? '' : `; it was set by ${by}`
    }${isFull ? ', and it samples all requests' : ''}.`,
    evidence: evidenceOf(
      ['set-at', atMs, 'time-ms'],
      ['age', ageMs, 'duration-ms'],
      ['set-by', by, 'text'],
      ['ends-at', endsAtMs, 'time-ms'],
      ['sampling-percent', isFull ? 100 : undefined, 'percent'],
    ),
    mends: [openSampling()],
  });
}

function lowerIt(
  telemetry: Telemetry,
  { suggestedPercent = USUAL_PERCENT }: TelemetryContext,
): SetupMend[] {
  if (suggestedPercent >= 100) {
    return [openSampling()];
  }
  const { namespace, name } = telemetry.metadata;
  const path = `/spec/tracing/${fullEntryOf(
    telemetry,
  )}/randomSamplingPercentage`;
  const patch = JSON.stringify([
    { op: 'replace', path, value: suggestedPercent },
  ]);
  return [
    {
      kind: 'command',
      title: `Lower it to ${formatPercent(suggestedPercent)}`,
      text: `kubectl -n ${namespace} patch telemetries.telemetry.istio.io ${name} --type=json -p '${patch}'`,
    },
    openSampling(suggestedPercent),
  ];
}

function deletion({ metadata }: Telemetry): SetupMend {
  return {
    kind: 'command',
    title: 'Remove it by hand',
    text: `kubectl -n ${metadata.namespace} delete telemetries.telemetry.istio.io ${metadata.name}`,
  };
}

/** To where an entity's sampling is changed, with an end. */
export function openSampling(samplingPercent?: number): SetupMend {
  return {
    kind: 'action',
    title: 'Set an override with an end',
    view: 'sampling',
    ...(samplingPercent === undefined ? {} : { samplingPercent }),
  };
}

function idOf({ metadata }: Telemetry): string {
  return `${metadata.namespace}/${metadata.name}`;
}

function finding(
  code: keyof typeof setupFindingCatalog,
  telemetry: Telemetry,
  { cluster }: TelemetryContext,
  rest: Pick<SetupFinding, 'what' | 'evidence' | 'mends'> & {
    severity: FindingSeverity;
  },
): SetupFinding {
  return {
    code,
    whatToDo: setupFindingCatalog[code].whatToDo,
    resources: [idOf(telemetry)],
    cluster,
    ...rest,
  };
}
