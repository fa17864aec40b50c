import { ServiceUnavailableError } from '@backstage/errors';
import {
  formatWorkloadRef,
  OVERRIDE_ANNOTATIONS,
  SIDE_FIELDS,
  TRACING_SIDES,
  tracesReadPermission,
  isSameWorkload,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  EffectiveTracing,
  OverrideRequest,
  PreviewResponse,
} from 'backstage-plugin-mesh-tracing-common';
import { randomUUID } from 'node:crypto';
import type { EntityContext } from '../../shared/EntityContext';
import type { WriteContext } from '../../access';
import { TtlCache } from '../../shared/TtlCache';
import { toWorkloadView, type WorkloadOwners } from '../../workloads';
import { contentHash } from '../model/canonicalJson';
import { dryRunOverride } from './dryRunOverride';
import { estimateImpact } from '../impact/estimateImpact';
import { estimateWideImpact } from '../impact/estimateWideImpact';
import type { WideImpact } from '../impact/estimateWideImpact';
import { findingsOfChange } from './findingsOfChange';
import { firstHopFindings } from '../impact/firstHopFindings';
import { gitOpsHandover } from './gitOpsHandover';
import { handover } from '../plan/handover';
import type { OverridePlanner } from '../plan/OverridePlanner';
import type { PlannedOverride } from '../model/PlannedOverride';
import { previewAction } from './previewAction';
import type { PreviewTokens } from './PreviewTokens';
import { confirmedWorkloads, reachOf } from '../model/reachOf';
import type {
  RequestRateEstimate,
  RequestRateEstimator,
} from '../impact/RequestRateEstimator';
import type { SamplingEffects } from '../impact/SamplingEffects';
import type { SamplingConfig } from '../config/SamplingConfig';
import type { TracingChange } from '../model/simulateOverride';
import { telemetryYaml } from '../model/telemetryContent';
import { tracedShare } from '../impact/tracedShare';

/**
 * Workloads whose change a wide preview lists; its totals count all of them.
 */
const MAX_WIDE_CHANGES = 50;

/**
 * Estimates are kept for a while, so that whoever tries several values asks the
 * trace store about each workload only once.
 */
const WIDE_ESTIMATES = { ttlMs: 60_000, max: 500 };

const TRACES_HIDDEN = `It is estimated from traces, which you may not read here (${tracesReadPermission.name}).`;

/** Shows what a change would do, and signs what was shown. */
export class OverridePreviewer {
  readonly #planner: OverridePlanner;
  readonly #tokens: PreviewTokens;
  readonly #gitOps: SamplingConfig['gitOps'];
  readonly #estimator?: RequestRateEstimator;
  readonly #owners?: WorkloadOwners;
  readonly #effects: SamplingEffects;
  readonly #wideEstimates = TtlCache.create<RequestRateEstimate | null>(
    WIDE_ESTIMATES,
  );

  static create(options: {
    planner: OverridePlanner;
    tokens: PreviewTokens;
    gitOps: SamplingConfig['gitOps'];
    estimator?: RequestRateEstimator;
    owners?: WorkloadOwners;
    effects: SamplingEffects;
  }): OverridePreviewer {
    return new OverridePreviewer(options);
  }

  private constructor(options: {
    planner: OverridePlanner;
    tokens: PreviewTokens;
    gitOps: SamplingConfig['gitOps'];
    estimator?: RequestRateEstimator;
    owners?: WorkloadOwners;
    effects: SamplingEffects;
  }) {
    this.#planner = options.planner;
    this.#tokens = options.tokens;
    this.#gitOps = options.gitOps;
    this.#estimator = options.estimator;
    this.#owners = options.owners;
    this.#effects = options.effects;
  }

  async preview(
    write: WriteContext<'preview'>,
    now: Date,
  ): Promise<PreviewResponse> {
    const { entity: context, wish: request } = write;
    const changeId = randomUUID();
    const planned = await this.#planner.plan({
      write,
      request,
      changeId,
      now,
    });
    const { current, occupant, plan, workload } = planned;
    const existing = current ?? occupant;
    const [dryRun, { impact, unknown }, firstHop, reach] = await Promise.all([
      dryRunOverride(planned),
      this.#impact(context, planned),
      request.samplingPercent === null
        ? []
        : firstHopFindings(planned, this.#observation(context, planned)),
      reachOf(context, planned, this.#owners),
    ]);
    const byHand = handover(planned);
    const action = previewAction(plan.telemetry, current);
    const gitOps = gitOpsHandover(planned, write, this.#gitOps);
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
      findings: [
        ...planned.findings,
        ...findingsOfChange(planned),
        ...firstHop,
      ],
      effect: this.#effects.effect(context, workload, planned),
      ...(gitOps && { gitOps }),
      ...(byHand && { handover: byHand }),
      ...(reach && { reach }),
      impact,
      ...(unknown !== undefined && { impactWithheld: unknown }),
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

  #observation(context: EntityContext, { workload }: PlannedOverride) {
    return this.#effects.canObserve(context)
      ? () => this.#effects.observe(context, workload)
      : undefined;
  }

  /**
   * The estimated impact. A failure leaves it out, since the preview is worth
   * showing without.
   */
  async #impact(
    context: EntityContext,
    { after, before, changes, scope, workload }: PlannedOverride,
  ): Promise<WideImpact> {
    const estimator = this.#estimator;
    if (context.tracesHidden) {
      return { impact: null, unknown: TRACES_HIDDEN };
    }
    if (!estimator) {
      return { impact: null };
    }
    try {
      if (scope !== 'workload') {
        return await estimateWideImpact({
          changes,
          estimate: (change, signal) =>
            this.#wideEstimate(estimator, { ...context, signal }, change),
          signal: context.signal,
        });
      }
      const rate = await estimator.estimate(context, workload, before);
      return { impact: estimateImpact(rate, before, after) };
    } catch {
      return { impact: null };
    }
  }

  #wideEstimate(
    estimator: RequestRateEstimator,
    context: EntityContext,
    { before, workload }: TracingChange,
  ): Promise<RequestRateEstimate | null> {
    // The entity's annotations say which store is asked, and by what names.
    const key = JSON.stringify([
      context.entityRef,
      formatWorkloadRef(workload),
      tracedShare(before),
    ]);
    const load = async (signal: AbortSignal) => {
      const rate = await estimator.estimate(
        { ...context, signal },
        workload,
        before,
      );
      if (rate?.tracesUnread) {
        // An upper bound can't be part of a sum. An error, unlike an answer, is
        // not remembered, so that the next preview asks again.
        throw new ServiceUnavailableError('Traces could not be read');
      }
      return rate;
    };
    return this.#wideEstimates.get(key, load, context.signal);
  }
}

function shownChanges({ changes, scope }: PlannedOverride) {
  return scope === 'workload' ? changes : changes.slice(0, MAX_WIDE_CHANGES);
}

/** A hash of everything that a confirmation stands for. */
export function plannedHash(planned: PlannedOverride): string {
  const { plan } = planned;
  const { name, namespace, labels, annotations } = plan.telemetry.metadata;
  const others = confirmedWorkloads(planned).map(formatWorkloadRef);
  const confirmed = new Set([formatWorkloadRef(planned.workload), ...others]);
  return contentHash({
    metadata: { name, namespace, labels, annotations },
    spec: plan.telemetry.spec,
    others: others.sort(),
    effects: planned.changes
      .filter(({ workload }) => confirmed.has(formatWorkloadRef(workload)))
      .map(effectOf)
      .sort(),
  });
}

/** What was shown of a workload, before and after. */
function effectOf({ workload, before, after }: TracingChange): string {
  const valuesOf = (tracing: EffectiveTracing) =>
    TRACING_SIDES.map(side =>
      SIDE_FIELDS.map(field => tracing[side]?.[field].value ?? null),
    );
  return `${formatWorkloadRef(workload)} ${contentHash([
    valuesOf(before),
    valuesOf(after),
  ])}`;
}
