import {
  formatWorkloadRef,
  isSameWorkload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  OverridePlan,
  PolicyVerdictView,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import { standingOn } from '../../workloads';
import type { SamplingConfig } from '../config/SamplingConfig';
import type { PlanInput } from '../model/PlannedOverride';

type Options = PlanInput & { config: SamplingConfig; plan: OverridePlan };

/**
 * Whether the change of one workload may concern others, too. Where a service or a
 * waypoint that stands before all of them is changed, and others than the entity
 * stand for some, that is as wide as the change of a namespace, and needs the same.
 */
export async function otherWorkloadsVerdict(
  options: Options,
): Promise<PolicyVerdictView> {
  const { plan, request } = options;
  const others = plan.otherWorkloads;
  if (others.length === 0) {
    return verdict(true, 'Only this workload is matched');
  }
  const refusal =
    plan.target === undefined
      ? selectorRefusal(options)
      : await targetRefusal(options, plan.target);
  if (refusal !== undefined) {
    return verdict(false, refusal);
  }
  const list = listOf(others);
  return request.acceptOtherWorkloads
    ? verdict(true, `With your consent this changes ${list} too`)
    : verdict(false, `This changes ${list} too; it needs your consent`);
}

function selectorRefusal(options: Options): string | undefined {
  const { config, plan } = options;
  const begin = "Labels can't tell this workload from";
  if (config.otherWorkloads === 'none') {
    return `${begin} ${listOf(
      plan.otherWorkloads,
    )}; give it a label of its own`;
  }
  const foreign = foreignOf(options);
  return config.otherWorkloads === 'entity' && foreign.length > 0
    ? `${begin} ${listOf(
        foreign,
      )}, which belong to others; give it a label of its own`
    : undefined;
}

async function targetRefusal(
  options: Options,
  target: string,
): Promise<string | undefined> {
  const { config, plan, write } = options;
  if (config.otherWorkloads === 'none') {
    return `${target} stands before ${listOf(
      plan.otherWorkloads,
    )} too, and one change of several workloads is not allowed here (meshTracing.sampling.otherWorkloads)`;
  }
  const foreign = foreignOf(options);
  if (foreign.length === 0) {
    return undefined;
  }
  const begin = `${target} stands before ${listOf(
    foreign,
  )} too, which belong to others: the change reaches as far as that of a namespace.`;
  if (!config.scopes.includes('namespace')) {
    return `${begin} Such changes are not switched on here (meshTracing.sampling.scopes)`;
  }
  const wide = await write.askWide();
  return wide.allowed ? undefined : `${begin} ${wide.reason}`;
}

/** Those that the entity may not stand for. */
function foreignOf({ plan, write }: Options): Workload[] {
  const { binding, match } = write.entity;
  return plan.otherWorkloads.filter(
    other =>
      standingOn(binding, other).state !== 'holds' ||
      !match.workloads.some(own => isSameWorkload(own, other)),
  );
}

function listOf(workloads: readonly Workload[]): string {
  return workloads.map(formatWorkloadRef).join(', ');
}

function verdict(allowed: boolean, message: string): PolicyVerdictView {
  return {
    rule: 'other-workloads',
    allowed,
    message,
    field: 'acceptOtherWorkloads',
  };
}
