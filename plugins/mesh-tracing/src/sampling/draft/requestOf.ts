import type {
  OverrideRequest,
  OverrideView,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { setsTagsOf } from './overrideContent';
import { endOf, type OverrideDraft } from './overrideDraft';
import { tagDrafts, tagsOf } from './tagDraft';
import { targetOf } from './targetOf';

/** The request that a valid draft stands for. */
export function requestOf(
  item: WorkloadTracing,
  draft: OverrideDraft,
  nowMs: number,
): OverrideRequest {
  const endMs = endOf(draft, nowMs);
  return {
    ...targetOf(item, draft.scope),
    ...(draft.provider && { provider: draft.provider }),
    ...switchesOf(draft),
    samplingPercent: draft.changesSampling ? draft.samplingPercent : null,
    ...(draft.changesTags && { customTags: tagsOf(draft.tags) }),
    expiresAt: endMs === null ? null : new Date(endMs).toISOString(),
    ...(draft.reason.trim() && { reason: draft.reason.trim() }),
  };
}

type Switches = Pick<
  OverrideRequest,
  'disableContextPropagation' | 'disableSpanReporting'
>;

/**
 * Absent where the switch is inherited; `false` switches on what is inherited as
 * off.
 */
function switchesOf({
  disableSpanReporting,
  disableContextPropagation,
}: Switches): Switches {
  return {
    ...(disableSpanReporting !== undefined && { disableSpanReporting }),
    ...(disableContextPropagation !== undefined && {
      disableContextPropagation,
    }),
  };
}

/** The request that keeps an override as it is and only moves its end. */
export function extensionOf(
  item: WorkloadTracing,
  override: OverrideView,
  endMs: number,
): OverrideRequest {
  return {
    ...targetOf(item, override.scope),
    ...(override.provider && { provider: override.provider }),
    ...switchesOf(override),
    samplingPercent: override.samplingPercent,
    ...(setsTagsOf(override) && {
      customTags: tagsOf(tagDrafts(override.customTags)),
    }),
    expiresAt: new Date(endMs).toISOString(),
    ...(override.reason && { reason: override.reason }),
  };
}
