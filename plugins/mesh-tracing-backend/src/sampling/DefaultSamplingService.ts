import {
  DENIED_HEADERS,
  findOverride,
  findWideOverride,
  OVERRIDE_SCOPES,
  overrideView,
  rootNamespaceOf,
  tracingProviderNames,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  ApplyResponse,
  HistoryPageQuery,
  HistoryQuery,
  HistoryResponse,
  OverrideScope,
  OverrideView,
  PreviewResponse,
  SamplingAbility,
  SamplingEffect,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';
import type { EntityContext } from '../shared/EntityContext';
import type {
  ReadableRefs,
  ScopeAccess,
  WriteAccess,
  WriteContext,
} from '../access';
import type { OverrideApplier } from './change/OverrideApplier';
import type { OverridePreviewer } from './preview/OverridePreviewer';
import type { OverrideReverter } from './change/OverrideReverter';
import type { PreviewLimit } from './preview/PreviewLimit';
import type { SamplingEffects } from './impact/SamplingEffects';
import { TelemetriesByNamespace } from './model/TelemetriesByNamespace';
import { simulateOverride } from './model/simulateOverride';
import type { SamplingConfig } from './config/SamplingConfig';
import type {
  HistorySubject,
  SamplingHistory,
} from './history/SamplingHistory';
import type { SamplingService } from './SamplingService';
import type { ChangeAttempt, SamplingAudit } from '../audit';
import { configuredScope } from './rules/scopeVerdicts';
import { withoutOtherEntity } from './model/withoutOtherEntity';

/** What DefaultSamplingService works with. */
export interface DefaultSamplingServiceOptions {
  config: SamplingConfig;
  audit: Pick<SamplingAudit, 'attempt'>;
  previewLimit: PreviewLimit;
  history: SamplingHistory;
  previewer: OverridePreviewer;
  applier: OverrideApplier;
  reverter: OverrideReverter;
  effects: SamplingEffects;
  now?: () => Date;
}

/**
 * Previews, applies and reverts overrides. The intent is stored before each
 * write and its outcome after it, so that a crash in between can be settled.
 */
export class DefaultSamplingService implements SamplingService {
  readonly #options: DefaultSamplingServiceOptions;
  readonly #now: () => Date;

  static create(
    options: DefaultSamplingServiceOptions,
  ): DefaultSamplingService {
    return new DefaultSamplingService(options);
  }

  private constructor(options: DefaultSamplingServiceOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => new Date());
  }

  ability(context: EntityContext, access: ScopeAccess): SamplingAbility {
    const { config } = this.#options;
    const { workload } = access;
    return {
      allowed: workload.allowed,
      ...(workload.allowed
        ? workload.onBehalfOf && { onBehalfOf: workload.onBehalfOf }
        : { reason: workload.reason }),
      scopes: OVERRIDE_SCOPES.map(scope => scopeAbility(config, access, scope)),
      providers: Object.fromEntries(
        context.snapshots.map(({ cluster, inputs }) => [
          cluster,
          tracingProviderNames(inputs.meshConfig),
        ]),
      ),
      maxPercent: config.maxPercentage,
      maxDurationMs: config.maxDurationMs,
      permanentAllowed: config.allowPermanent,
      reasonRequired: config.reasonRequired,
      maxCustomTags: config.customTags.max,
      customTagKinds: config.customTags.kinds,
      fields: config.fields,
      denyHeaders: [
        ...new Set([...DENIED_HEADERS, ...config.customTags.denyHeaders]),
      ],
      allowHeaders: [...(config.customTags.allowHeaders ?? [])],
      allowEnvironment: [...(config.customTags.allowEnvironment ?? [])],
    };
  }

  overrideOf(snapshot: MeshSnapshot, workload: Workload): OverrideView | null {
    const { telemetries } = snapshot.inputs;
    const nearby = TelemetriesByNamespace.of(telemetries);
    const telemetry = findOverride(nearby.in(workload.namespace), workload);
    return telemetry ? overrideView(telemetry, true) : null;
  }

  wideOverridesOf(snapshot: MeshSnapshot, workload: Workload): OverrideView[] {
    const { telemetries, meshConfig } = snapshot.inputs;
    const nearby = TelemetriesByNamespace.of(telemetries);
    const root = rootNamespaceOf(meshConfig);
    return (['namespace', 'mesh'] as const).flatMap(scope => {
      const where = scope === 'mesh' ? root : workload.namespace;
      const telemetry = findWideOverride(
        { meshConfig, telemetries: [...nearby.in(where)] },
        scope,
        workload.namespace,
      );
      return telemetry ? [overrideView(telemetry, true)] : [];
    });
  }

  overrideEffect(
    context: EntityContext,
    snapshot: MeshSnapshot,
    workload: Workload,
  ): SamplingEffect | undefined {
    const { inputs } = snapshot;
    const telemetry = findOverride(inputs.telemetries, workload);
    const [change] = telemetry
      ? simulateOverride(inputs, [workload], {
          delete: telemetry.metadata,
        })
      : [];
    return (
      change &&
      this.#options.effects.effect(context, workload, {
        before: change.after,
        after: change.before,
      })
    );
  }

  async preview(write: WriteContext<'preview'>): Promise<PreviewResponse> {
    const { entityRef, userRef } = write.entity;
    const now = this.#now();
    this.#options.previewLimit.take(userRef, now);
    const preview = await this.#options.previewer.preview(write, now);
    const { currentYaml } = preview;
    return {
      ...preview,
      ...(currentYaml !== undefined && {
        currentYaml: withoutOtherEntity(currentYaml, entityRef),
      }),
    };
  }

  async apply(write: WriteContext<'apply'>): Promise<ApplyResponse> {
    const { applier } = this.#options;
    const { entity: context, wish } = write;
    return this.#counted(
      { eventId: 'sampling-apply', context, ...wish.override },
      now => applier.apply(write, now),
    );
  }

  async revert(write: WriteContext<'revert'>): Promise<void> {
    const { reverter } = this.#options;
    const { entity: context, wish } = write;
    await this.#counted({ eventId: 'sampling-revert', context, ...wish }, now =>
      reverter.revert(write, now),
    );
  }

  /**
   * Counts a change against the limit of previews while it is under way, and
   * for good if it fails: what is refused costs as much as a preview and is in
   * no history.
   */
  async #counted<T>(
    attempt: ChangeAttempt,
    act: (now: Date) => Promise<T>,
  ): Promise<T> {
    const { audit, previewLimit } = this.#options;
    const now = this.#now();
    const giveBack = await audit.attempt(attempt, async () =>
      previewLimit.reserve(attempt.context.userRef, now),
    );
    const result = await act(now);
    giveBack();
    return result;
  }

  async history(
    context: EntityContext,
    query: HistoryQuery = {},
    readable: ReadableRefs = async () => new Set(),
  ): Promise<HistoryResponse> {
    return this.#options.history.ofEntity(context, query, readable);
  }

  async historyOf(
    subjects: HistorySubject[],
    query: HistoryPageQuery,
    readable: ReadableRefs,
  ): Promise<HistoryResponse> {
    return this.#options.history.ofEntities(subjects, query, readable);
  }
}

function scopeAbility(
  config: SamplingConfig,
  access: ScopeAccess,
  scope: OverrideScope,
) {
  const configured = configuredScope(config, scope);
  const reason = !configured.allowed
    ? configured.message
    : reasonOf(access[scope]);
  return {
    scope,
    allowed: reason === undefined,
    reason,
  };
}

function reasonOf(access: WriteAccess): string | undefined {
  return access.allowed ? undefined : access.reason;
}
