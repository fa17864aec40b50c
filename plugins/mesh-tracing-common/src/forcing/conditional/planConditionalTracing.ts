import { proveSelector } from '../../sampling';
import {
  decidingSide,
  parseIstioVersion,
  SINCE,
  type EffectiveTracing,
} from '../../tracing';
import type { Workload, WorkloadRef } from '../../workloads';
import { formatYaml } from '../../yaml';
import { conditionalFilter } from './conditionalFilter';
import type { ConditionalMark } from './ConditionalMark';
import type {
  ConditionalPlan,
  ConditionalRefusal,
  ConditionalRisk,
} from './ConditionalPlan';
import { riskTexts } from './riskTexts';

/** What is known where a filter is to work. @public */
export interface ConditionalTracingInput {
  /** Checked by `checkMark`. */
  mark: ConditionalMark;
  workload: Workload;
  effective: EffectiveTracing;
  /** All workloads of the cluster. */
  workloads: readonly Workload[];
}

/**
 * Makes the configuration by which the proxies of a workload trace every marked
 * request, with what it reaches and what comes with it. It is for people to apply: the
 * product writes none.
 * @public
 */
export function planConditionalTracing(
  input: ConditionalTracingInput,
): ConditionalPlan {
  const { mark, workload, workloads } = input;
  const refusal = refusalOf(input);
  const proof = proveSelector(workload, workloads);
  if (refusal || !proof) {
    return { refusal: refusal ?? 'no-label', reaches: [], risks: [] };
  }
  const others = proof.others.filter(({ proxy }) => proxy === workload.proxy);
  const risks = risksOf(input, {
    hasOthers: others.length > 0,
    isVolatile: proof.volatileLabels.length > 0,
  });
  const filter = conditionalFilter(mark, {
    proxy: workload.proxy === 'gateway' ? 'gateway' : 'sidecar',
    namespace: workload.namespace,
    matchLabels: proof.matchLabels,
  });
  return {
    yaml: `${commentsOf(mark, risks)}${formatYaml(filter)}`,
    reaches: [workload, ...others].map(refOf),
    risks,
  };
}

function refOf({ cluster, namespace, kind, name }: WorkloadRef): WorkloadRef {
  return { cluster, namespace, kind, name };
}

function refusalOf({
  workload,
  effective,
}: ConditionalTracingInput): ConditionalRefusal | undefined {
  if (workload.proxy === 'none' || workload.proxy === 'waypoint') {
    return workload.proxy === 'none' ? 'no-proxy' : 'waypoint';
  }
  const reporting = decidingSide(effective)?.spanReporting;
  return reporting === 'reported' ? undefined : reporting ?? 'no-proxy';
}

function risksOf(
  { mark, workload }: ConditionalTracingInput,
  { hasOthers, isVolatile }: { hasOthers: boolean; isVolatile: boolean },
): ConditionalRisk[] {
  // An unknown version is not one that the form was proven with.
  const isProven =
    workload.proxyVersion !== undefined &&
    parseIstioVersion(workload.proxyVersion) >= SINCE.localDecisionMayDrop;
  const risks: Array<[boolean, ConditionalRisk]> = [
    [hasOthers, 'reaches-others'],
    [true, 'spoofable'],
    [true, 'load'],
    [mark.value !== undefined, 'identity-in-clear'],
    [true, 'strip-at-edge'],
    [true, 'before-authentication'],
    [true, 'decided-before'],
    [!isProven, 'unproven-version'],
    [isVolatile, 'volatile-labels'],
    [true, 'breaks-with-upgrades'],
  ];
  return risks.flatMap(([holds, risk]) => (holds ? [risk] : []));
}

/** The risks travel with the file, where the next reader finds them. */
function commentsOf(
  { header, value }: ConditionalMark,
  risks: readonly ConditionalRisk[],
): string {
  const what =
    value === undefined
      ? `that has the header ${header}`
      : `whose header ${header} is ${value}`;
  return [
    `Traces every request ${what}, whatever the sampling.`,
    ...risks.map(risk => `- ${riskTexts[risk]}`),
  ]
    .map(line => `# ${line}\n`)
    .join('');
}
