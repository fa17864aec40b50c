import {
  formatWorkloadRef,
  OVERRIDE_ANNOTATIONS,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  OverrideRequest,
  PreviewResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { randomUUID } from 'node:crypto';
import type { EntityContext, WriteAccess } from '../access/EntityContext';
import { toWorkloadView } from '../shared/workloadViews';
import { contentHash } from './canonicalJson';
import { dryRunOverride } from './dryRunOverride';
import { estimateImpact } from './estimateImpact';
import { gitOpsHandover } from './gitOpsHandover';
import { handover } from './handover';
import { isSameWorkload } from './isSameWorkload';
import type { OverridePlanner } from './OverridePlanner';
import type { PlannedOverride } from './PlannedOverride';
import { previewAction } from './previewAction';
import type { PreviewTokens } from './PreviewTokens';
import { confirmedWorkloads, reachOf } from './reachOf';
import type { RequestRateEstimator } from './RequestRateEstimator';
import type { SamplingConfig } from './SamplingConfig';
import { telemetryYaml } from './telemetryContent';
import type { WorkloadOwners } from './WorkloadOwners';

/** Of a wide change; the answer counts all. */
const MAX_WIDE_CHANGES = 50;

/** Shows what a change would do, and signs what was shown. */
export class OverridePreviewer {
  readonly #planner: OverridePlanner;
  readonly #tokens: PreviewTokens;
  readonly #gitOps: SamplingConfig['gitOps'];
  readonly #estimator?: RequestRateEstimator;
  readonly #owners?: WorkloadOwners;

  static create(options: {
    planner: OverridePlanner;
    tokens: PreviewTokens;
    gitOps: SamplingConfig['gitOps'];
    estimator?: RequestRateEstimator;
    owners?: WorkloadOwners;
  }): OverridePreviewer {
    return new OverridePreviewer(options);
  }

  private constructor(options: {
    planner: OverridePlanner;
    tokens: PreviewTokens;
    gitOps: SamplingConfig['gitOps'];
    estimator?: RequestRateEstimator;
    owners?: WorkloadOwners;
  }) {
    this.#planner = options.planner;
    this.#tokens = options.tokens;
    this.#gitOps = options.gitOps;
    this.#estimator = options.estimator;
    this.#owners = options.owners;
  }

  async preview(
    context: EntityContext,
    access: WriteAccess,
    request: OverrideRequest,
    now: Date,
  ): Promise<PreviewResponse> {
    const changeId = randomUUID();
    const planned = await this.#planner.plan({
      context,
      access,
      request,
      changeId,
      now,
    });
    const { current, occupant, plan, workload } = planned;
    const existing = current ?? occupant;
    const [dryRun, impact, reach] = await Promise.all([
      dryRunOverride(planned),
      this.#impact(context, planned),
      reachOf(context, planned, this.#owners),
    ]);
    const byHand = handover(planned);
    const action = previewAction(plan.telemetry, current);
    const gitOps = gitOpsHandover(planned, { context, request }, this.#gitOps);
    const isApplicable =
      action !== 'none' &&
      dryRun.outcome === 'accepted' &&
      planned.verdicts.every(verdict => verdict.allowed);
    return {
      ...(isApplicable && this.#token(context, request, planned, now)),
      action,
      yaml: telemetryYaml(plan.telemetry),
      ...(existing && { currentYaml: telemetryYaml(existing) }),
      changes: shownChanges(planned).map(change => ({
        ...change,
        workload: toWorkloadView(change.workload),
        intended:
          planned.scope !== 'workload' ||
          isSameWorkload(change.workload, workload),
      })),
      verdicts: planned.verdicts,
      dryRun,
      findings: planned.findings,
      ...(gitOps && { gitOps }),
      ...(byHand && { handover: byHand }),
      ...(reach && { reach }),
      impact,
    };
  }

  #token(
    context: EntityContext,
    request: OverrideRequest,
    planned: PlannedOverride,
    now: Date,
  ): { token: string; tokenExpiresAt: string } {
    const { current, plan } = planned;
    const { token, expMs } = this.#tokens.issue(
      {
        user: context.userRef,
        entity: context.entityRef,
        workload: formatWorkloadRef(request.workload),
        form: contentHash(request),
        content: plannedHash(planned),
        change:
          plan.telemetry.metadata.annotations?.[OVERRIDE_ANNOTATIONS.change] ??
          '',
        base: current
          ? {
              uid: current.metadata.uid ?? '',
              resourceVersion: current.metadata.resourceVersion ?? '',
            }
          : null,
        ...(current && { baseYaml: telemetryYaml(current) }),
      },
      now.getTime(),
    );
    return { token, tokenExpiresAt: new Date(expMs).toISOString() };
  }

  /**
   * Traffic of one workload says nothing of a namespace. An estimate that fails
   * is no reason to show no preview.
   */
  async #impact(
    context: EntityContext,
    { workload, scope, before, after }: PlannedOverride,
  ): Promise<PreviewResponse['impact']> {
    if (scope !== 'workload') {
      return null;
    }
    try {
      const estimate = await this.#estimator?.estimate(
        context,
        workload,
        before,
      );
      return estimateImpact(estimate ?? null, before, after);
    } catch {
      return null;
    }
  }
}

function shownChanges({ changes, scope }: PlannedOverride) {
  return scope === 'workload' ? changes : changes.slice(0, MAX_WIDE_CHANGES);
}

/** Everything that a confirmation stands for, as one hash. */
export function plannedHash(planned: PlannedOverride): string {
  const { plan } = planned;
  const { name, namespace, labels, annotations } = plan.telemetry.metadata;
  return contentHash({
    metadata: { name, namespace, labels, annotations },
    spec: plan.telemetry.spec,
    others: confirmedWorkloads(planned).map(formatWorkloadRef).sort(),
  });
}
