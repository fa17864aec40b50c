import type {
  EffectiveTracing,
  EffectiveTracingSide,
  PolicyVerdictView,
} from 'backstage-plugin-mesh-tracing-common';
import type { TracingChange } from './simulateOverride';

const SIDES = ['client', 'server'] as const;

/**
 * The limit of the percentage holds for what comes into force, too: a provider,
 * or reporting that is switched on again, brings an inherited percentage to life
 * that nobody asked for by number. What the workload would have without the
 * override is never refused. No verdict where the limit is kept.
 */
export function percentageVerdicts(options: {
  maxPercentage: number;
  /** Effective tracing of the first of `changes` without the override. */
  inherited: EffectiveTracing;
  changes: TracingChange[];
}): PolicyVerdictView[] {
  const { maxPercentage, inherited, changes } = options;
  const risen = changes.flatMap(({ workload, before, after }, index) => {
    const percent = Math.max(
      ...SIDES.map(side => {
        const is = percentOf(after[side]);
        const was = Math.max(
          percentOf(before[side]),
          index === 0 ? percentOf(inherited[side]) : 0,
        );
        return is > was ? is : 0;
      }),
    );
    return percent > maxPercentage ? [{ workload, percent }] : [];
  });
  const [first] = risen;
  return first
    ? [
        {
          rule: 'max-percentage',
          allowed: false,
          message: `${first.workload.name}${
            risen.length > 1 ? ` and ${risen.length - 1} more` : ''
          } would be traced at ${
            first.percent
          } %, more than the ${maxPercentage} % that are allowed here; set a percentage`,
          field: 'samplingPercent',
        },
      ]
    : [];
}

function percentOf(side: EffectiveTracingSide | undefined): number {
  return side?.enabled.value ? side.samplingPercent.value : 0;
}
