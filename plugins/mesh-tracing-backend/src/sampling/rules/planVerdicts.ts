import {
  gitOpsOwner,
  overrideTarget,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  EffectiveTracing,
  OverridePlan,
  OverrideScope,
  PolicyVerdictView,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshSnapshot,
  SamplingPolicy,
} from 'backstage-plugin-mesh-tracing-node';
import type { WriteContext } from '../../access';
import { explanationOf, standingOn } from '../../workloads';
import { describeOwner, toolName } from '../model/describeOwner';
import { fieldVerdicts } from './fieldVerdicts';
import { otherWorkloadsVerdict } from './otherWorkloadsVerdict';
import { percentageVerdicts } from './percentageVerdicts';
import type { PlanInput, ReadObject } from '../model/PlannedOverride';
import type { RateLimit } from './RateLimit';
import { isTraced, touchedWorkloads } from '../model/reachOf';
import { repositoryVerdicts } from '../model/repositoryRule';
import type { RepositoryRule } from '../model/repositoryRule';
import type { SamplingConfig } from '../config/SamplingConfig';
import { scopeVerdicts } from './scopeVerdicts';
import type { TracingChange } from '../model/simulateOverride';
import { validationVerdicts } from './validationVerdicts';

/** What {@link planVerdicts} judges. */
type JudgedPlan = PlanInput & {
  config: SamplingConfig;
  policies: SamplingPolicy[];
  rateLimit: RateLimit;
  snapshot: MeshSnapshot;
  repository: RepositoryRule | undefined;
  workload: Workload;
  plan: OverridePlan;
  object: ReadObject;
  inherited: EffectiveTracing;
  /** Of every workload within reach: tracing now, and without the override. */
  withoutOverride: readonly TracingChange[];
  changes: TracingChange[];
};

/** All rules that a change must keep, one by one, kept ones included. */
export async function planVerdicts(
  options: JudgedPlan,
): Promise<PolicyVerdictView[]> {
  const { write, request, workload, plan, object, now } = options;
  const { entityRef, userRef } = write.entity;
  const { scope = 'workload' } = request;
  const byPolicies = await policyVerdicts(options);
  const judged = [...plan.problems, ...byPolicies];
  return [
    ...accessVerdicts(write, workload),
    ...scopeVerdicts({ ...options, rival: object.rival }),
    inMesh(scope, scope === 'workload' ? [workload] : reachedBy(options)),
    ...plan.problems,
    ...(scope === 'workload' ? [await otherWorkloadsVerdict(options)] : []),
    ownership(object),
    ...repositoryVerdicts({
      ...options,
      namespace: plan.telemetry.metadata.namespace,
    }),
    ...byPolicies,
    ...percentageVerdicts({
      ...options,
      maxPercentage: options.config.maxPercentage,
    }),
    ...fieldVerdicts(options),
    ...validationVerdicts(plan.telemetry, object.inputs, judged),
    await options.rateLimit.verdict(
      {
        actor: userRef,
        entityRef,
        workload: overrideTarget(scope, workload, object.inputs.meshConfig),
      },
      now,
    ),
  ];
}

/** What the site's own policies and the configured guard rails say. */
async function policyVerdicts(
  options: JudgedPlan,
): Promise<PolicyVerdictView[]> {
  const { now, plan, policies, request, write } = options;
  const { scope = 'workload' } = request;
  const change = {
    entity: write.entity.entity,
    scope,
    workloads: touchedWorkloads({ ...options, scope }),
    tracing: plan.telemetry.spec?.tracing?.[0] ?? {},
    expiresAt:
      request.expiresAt === null ? undefined : new Date(request.expiresAt),
    reason: request.reason,
    now,
  };
  const verdicts = await Promise.all(
    policies.map(policy => policy.evaluate(change)),
  );
  return verdicts.flat();
}

/** Whether the caller may write, and whether the entity may stand for the workload. */
function accessVerdicts(
  { answer: access, entity, onBehalfOf }: WriteContext,
  workload: Workload,
): PolicyVerdictView[] {
  const { binding, entityRef } = entity;
  const isRefusedByBinding = !access.allowed && access.refusedBy === 'binding';
  const standing = standingOn(binding, workload);
  return [
    {
      rule: 'write-access',
      allowed: access.allowed || isRefusedByBinding,
      message:
        access.allowed || isRefusedByBinding
          ? `You may change sampling here${
              onBehalfOf ? `, on behalf of ${onBehalfOf.join(' and ')}` : ''
            }`
          : access.reason,
    },
    {
      rule: 'binding',
      allowed: !isRefusedByBinding,
      message:
        !access.allowed && isRefusedByBinding
          ? access.reason
          : explanationOf({ entityRef }, standing, new Set()),
      field: 'workload',
    },
  ];
}

function reachedBy({ changes }: { changes: TracingChange[] }): Workload[] {
  return changes.map(({ workload }) => workload);
}

function inMesh(
  scope: OverrideScope,
  workloads: Workload[],
): PolicyVerdictView {
  const allowed = workloads.some(isTraced);
  const where = scope === 'workload' ? 'The workload' : `The ${scope}`;
  const isAmbient = workloads.some(({ ambient }) => ambient);
  return {
    rule: 'in-mesh',
    allowed,
    message: allowed
      ? `${where} has a proxy, or a waypoint before it`
      : `${where} has no proxy${
          isAmbient ? ' and no waypoint before it' : ''
        }, so no Telemetry has an effect on it`,
    field: 'workload',
  };
}

function ownership({ current, occupant }: ReadObject): PolicyVerdictView {
  const object = current ?? occupant;
  const owner = object && gitOpsOwner(object.metadata);
  const name = object && `${object.metadata.namespace}/${object.metadata.name}`;
  if (owner) {
    return {
      rule: 'gitops',
      allowed: false,
      message: `${name} is managed by ${describeOwner(
        owner,
      )}, which would undo the change. Take the YAML to where ${toolName(
        owner,
      )} gets it from`,
    };
  }
  if (occupant) {
    return {
      rule: 'name-taken',
      allowed: false,
      message: `${name} exists and is not the portal's; it is left as it is. Rename or remove it, or change it where it comes from`,
    };
  }
  return {
    rule: 'gitops',
    allowed: true,
    message: "The object is the portal's own",
  };
}
