import {
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  attachmentFindings,
  buildOverride,
  formatWorkloadRef,
  overrideTarget,
  isSameWorkload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  EffectiveTracing,
  OverridePlan,
  Telemetry,
  Workload,
  WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshCluster,
  MeshSnapshot,
  SamplingPolicy,
} from 'backstage-plugin-mesh-tracing-node';
import type { EntityContext } from '../../shared/EntityContext';
import type { MeshClusters } from '../../clusters';
import { groupFindings, groupVerdicts } from './groupEqual';
import { handedOver } from './handover';
import type {
  PlanInput,
  PlannedOverride,
  ReadObject,
} from '../model/PlannedOverride';
import { planFindings } from './planFindings';
import { planVerdicts } from '../rules/planVerdicts';
import {
  inOrder,
  isTraced,
  touchedWorkloads,
  withinReach,
} from '../model/reachOf';
import type { RateLimit } from '../rules/RateLimit';
import { readOverrideObject } from './readOverrideObject';
import { repositoryRule } from '../model/repositoryRule';
import type { SamplingConfig } from '../config/SamplingConfig';
import { simulateOverride } from '../model/simulateOverride';
import type { TracingChange } from '../model/simulateOverride';

/**
 * Works out what a change would be: the object, its effect, whether it is
 * allowed.
 */
export class OverridePlanner {
  readonly #clusters: MeshClusters;
  readonly #config: SamplingConfig;
  readonly #policies: SamplingPolicy[];
  readonly #rateLimit: RateLimit;

  static create(options: {
    clusters: MeshClusters;
    config: SamplingConfig;
    policies: SamplingPolicy[];
    rateLimit: RateLimit;
  }): OverridePlanner {
    return new OverridePlanner(options);
  }

  private constructor(options: {
    clusters: MeshClusters;
    config: SamplingConfig;
    policies: SamplingPolicy[];
    rateLimit: RateLimit;
  }) {
    this.#clusters = options.clusters;
    this.#config = options.config;
    this.#policies = options.policies;
    this.#rateLimit = options.rateLimit;
  }

  /**
   * @throws NotAllowedError for a workload that is not of the entity;
   *   ServiceUnavailableError for a cluster that was never read.
   */
  async plan(input: PlanInput): Promise<PlannedOverride> {
    const { request } = input;
    const context = input.write.entity;
    const { scope = 'workload' } = request;
    const { cluster, snapshot, workload } = this.locate(
      context,
      request.workload,
    );
    const object = await readOverrideObject(
      cluster,
      snapshot,
      workload,
      scope,
      context.signal,
    );
    const simulation = simulate(input, { snapshot, workload, object });
    const { changes, plan, target } = simulation;
    const { namespace } = plan.telemetry.metadata;
    const repository = repositoryRule(namespace, snapshot, this.#config.gitOps);
    const verdicts = await planVerdicts({
      ...input,
      ...simulation,
      config: this.#config,
      policies: this.#policies,
      rateLimit: this.#rateLimit,
      snapshot,
      repository,
      workload,
      object,
    });
    return {
      cluster,
      workload,
      scope,
      target: overrideTarget(scope, workload, object.inputs.meshConfig),
      current: object.current,
      occupant: object.occupant,
      rival: object.rival,
      repository,
      plan,
      before: target.before,
      after: target.after,
      changes,
      verdicts: groupVerdicts(verdicts),
      findings: groupFindings([
        ...attachedFindings(request, simulation, object),
        ...planFindings({
          snapshot,
          inputs: object.inputs,
          namespace,
          repository,
          touched: touchedWorkloads({ scope, workload, plan, changes }),
          request,
          after: target.after,
          config: this.#config,
        }),
      ]),
      unreadable: object.unreadable,
    };
  }

  /** The workload of the entity that a request names, and its cluster. */
  locate(
    context: EntityContext,
    ref: WorkloadRef,
  ): { cluster: MeshCluster; snapshot: MeshSnapshot; workload: Workload } {
    if (
      !context.match.workloads.some(candidate => isSameWorkload(candidate, ref))
    ) {
      throw new NotAllowedError(
        `${formatWorkloadRef(ref)} is not a workload of ${context.entityRef}`,
      );
    }
    const cluster = this.#clusters.get(ref.cluster);
    const snapshot = cluster.snapshot();
    if (snapshot.state === 'syncing') {
      throw new ServiceUnavailableError(
        `Cluster '${ref.cluster}' has not been read yet; try again in a moment`,
      );
    }
    const workload = snapshot.workloads.find(candidate =>
      isSameWorkload(candidate, ref),
    );
    if (!workload) {
      throw new InputError(
        `workload: ${formatWorkloadRef(ref)} does not exist any more`,
      );
    }
    return { cluster, snapshot, workload };
  }
}

/** What an override would be, and what it would make of the workloads in its reach. */
interface Simulation {
  plan: OverridePlan;
  /** The change at the workload that the request names. */
  target: TracingChange;
  /** Effective tracing of that workload if there were no override. */
  inherited: EffectiveTracing;
  /** Of every workload within reach: tracing now, and without the override. */
  withoutOverride: TracingChange[];
  changes: TracingChange[];
}

/**
 * Findings on the object itself. What it attaches to is left out where the
 * change is handed over, since the portal then creates no object.
 */
function attachedFindings(
  request: PlanInput['request'],
  { plan, target }: Simulation,
  { rival }: ReadObject,
) {
  return rival
    ? plan.findings
    : [
        ...plan.findings,
        ...attachmentFindings(plan.telemetry, target.after, request),
      ];
}

/** Builds the object that a request asks for, and resolves its effect. */
function simulate(
  { changeId, now, request, write }: PlanInput,
  {
    snapshot,
    workload,
    object,
  }: { snapshot: MeshSnapshot; workload: Workload; object: ReadObject },
): Simulation {
  const { entityRef, userRef } = write.entity;
  const { scope = 'workload' } = request;
  const { inputs, current, rival } = object;
  const reached = withinReach(snapshot, workload, scope);
  const withoutOverride = simulateOverride(inputs, reached, {
    delete: current?.metadata,
  });
  const inherited = targetOf(withoutOverride, workload).after;
  const plan = buildOverride({
    workload,
    workloads: snapshot.workloads,
    request,
    current,
    inherited,
    inputs,
    entityRef,
    changedBy: userRef,
    changeId,
    ...(scope !== 'workload' && {
      touched: reached.filter(isTraced),
    }),
  });
  const simulated = simulateOverride(inputs, reached, {
    put: rival ? handedOver(rival, plan) : withCreation(plan.telemetry, now),
  });
  const target = targetOf(simulated, workload);
  const changes = inOrder(target, simulated, {
    scope,
    matched: plan.otherWorkloads,
  });
  return { plan, target, inherited, withoutOverride, changes };
}

/**
 * The object with the creation time that the API server would give it, by which
 * Istio chooses between equals: a new object is the newest, an existing one
 * keeps its time.
 */
function withCreation(telemetry: Telemetry, now: Date): Telemetry {
  return {
    ...telemetry,
    metadata: {
      ...telemetry.metadata,
      creationTimestamp:
        telemetry.metadata.creationTimestamp ??
        `${now.toISOString().slice(0, 19)}Z`,
    },
  };
}

function targetOf(changes: TracingChange[], workload: Workload): TracingChange {
  const target = changes.find(change =>
    isSameWorkload(change.workload, workload),
  );
  if (!target) {
    throw new Error('The simulation left out the workload that was asked for');
  }
  return target;
}
