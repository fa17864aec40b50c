import {
  TRACING_SIDES,
  isSameWorkload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  EffectiveTracingSide,
  OverrideRequest,
  PolicyVerdictView,
  TracingSource,
} from 'backstage-plugin-mesh-tracing-common';
import type { TracingChange } from '../model/simulateOverride';

/** A side of a workload that would be traced at more than is allowed. */
interface Risen {
  change: TracingChange;
  percent: number;
  source: TracingSource;
}

/**
 * Refuses a change that brings a percentage above the limit into force without
 * asking for it by number: by naming a provider, or by switching reporting on
 * again, even where a workload's own Telemetry sets that percentage. What a
 * workload has now, or would have without the override, is never refused. A
 * request whose own number exceeds the limit is refused elsewhere and gets no
 * second verdict here; none is given either where the limit is kept.
 */
export function percentageVerdicts(options: {
  maxPercentage: number;
  request: Pick<OverrideRequest, 'samplingPercent' | 'scope'>;
  /** What each workload of `changes` has, and would have without the override. */
  withoutOverride: readonly TracingChange[];
  changes: readonly TracingChange[];
}): PolicyVerdictView[] {
  const { maxPercentage, request } = options;
  if ((request.samplingPercent ?? 0) > maxPercentage) {
    return [];
  }
  const [first, ...more] = options.changes.flatMap(change =>
    risenAbove(maxPercentage, change, options.withoutOverride),
  );
  return first
    ? [
        {
          rule: 'max-percentage',
          allowed: false,
          message: `${first.change.workload.name}${
            more.length > 0 ? ` and ${more.length} more` : ''
          } would be traced at ${
            first.percent
          } %, more than the ${maxPercentage} % that are allowed here; ${advice(
            first,
            request,
          )}`,
          field: 'samplingPercent',
        },
      ]
    : [];
}

/**
 * The side of the workload that would be furthest above the limit, if any is.
 */
function risenAbove(
  maxPercentage: number,
  change: TracingChange,
  withoutOverride: readonly TracingChange[],
): Risen[] {
  const { after, before, workload } = change;
  const risen = TRACING_SIDES.flatMap(side => {
    const is = after[side];
    const percent = percentOf(is);
    if (!is || percent <= maxPercentage || percent <= percentOf(before[side])) {
      return [];
    }
    const without = withoutOverride.find(other =>
      isSameWorkload(other.workload, workload),
    )?.after;
    return percent > percentOf(without?.[side])
      ? [{ change, percent, source: is.samplingPercent.source }]
      : [];
  });
  return risen.sort((a, b) => b.percent - a.percent).slice(0, 1);
}

/**
 * What to do about it. A percentage in the override doesn't help where a nearer
 * Telemetry sets one.
 */
function advice(
  { source }: Risen,
  {
    samplingPercent,
    scope,
  }: Pick<OverrideRequest, 'samplingPercent' | 'scope'>,
): string {
  if (
    source.kind === 'telemetry' &&
    (samplingPercent !== null ||
      (scope === 'namespace' && source.level === 'workload') ||
      (scope === 'mesh' && source.level !== 'root'))
  ) {
    return `Telemetry ${source.namespace}/${source.name} sets that, and this change leaves it as it is: lower it there first`;
  }
  return 'set a percentage';
}

function percentOf(side: EffectiveTracingSide | undefined): number {
  return side?.enabled.value ? side.samplingPercent.value : 0;
}
