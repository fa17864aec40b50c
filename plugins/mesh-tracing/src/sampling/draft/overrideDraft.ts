import { decidingSide } from 'backstage-plugin-mesh-tracing-common';
import type {
  OverrideScope,
  OverrideView,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { setsTagsOf } from './overrideContent';
import { narrowerThan, overrideOfScope } from './overridesOf';
import { type TagDraft, tagDrafts } from './tagDraft';
import { valueWithout } from './valueWithout';

/** Ends to choose from, with their lengths in milliseconds. */
export const DURATIONS = {
  '15m': 15 * 60_000,
  '1h': 60 * 60_000,
  '4h': 4 * 60 * 60_000,
} as const;

/** When the override ends. */
export type EndChoice = keyof typeof DURATIONS | 'custom' | 'permanent';

/** What the form holds. */
export interface OverrideDraft {
  /** How far it reaches. */
  scope: OverrideScope;
  /** Name of a provider; empty = as inherited. */
  provider: string;
  /** Undefined = as inherited. */
  disableSpanReporting?: boolean;
  /** Undefined = as inherited. */
  disableContextPropagation?: boolean;
  changesSampling: boolean;
  /** Percent; NaN while the field is empty. */
  samplingPercent: number;
  changesTags: boolean;
  tags: TagDraft[];
  end: EndChoice;
  customEndMs?: number;
  reason: string;
}

/**
 * A form as it starts: from the override of that scope in force, else from what
 * is in force, without the overrides that reach less far.
 *
 * @param gone - an override whose values are in force no more
 */
export function draftOf(
  item: WorkloadTracing,
  scope: OverrideScope = 'workload',
  gone?: OverrideView | null,
): OverrideDraft {
  const override = overrideOfScope(item, scope);
  const side = decidingSide(item.effective);
  const ignored = [...(gone ? [gone] : []), ...narrowerThan(item, scope)];
  const setsTags = override ? setsTagsOf(override) : false;
  return {
    scope,
    provider: override?.provider ?? '',
    disableSpanReporting: override?.disableSpanReporting,
    disableContextPropagation: override?.disableContextPropagation,
    changesSampling: override ? override.samplingPercent !== null : true,
    samplingPercent:
      override?.samplingPercent ??
      (side && valueWithout(side.samplingPercent, ignored)) ??
      1,
    changesTags: setsTags,
    tags: tagDrafts(
      setsTags
        ? override?.customTags
        : side && valueWithout(side.customTags, ignored),
    ),
    end: '1h',
    reason: override?.reason ?? '',
  };
}

/**
 * A draft that reaches further or less far. What a person has entered stays; a
 * form that is as it started starts anew for the other scope.
 */
export function withScope(
  item: WorkloadTracing,
  draft: OverrideDraft,
  scope: OverrideScope,
): OverrideDraft {
  const { end, customEndMs } = draft;
  const started = { ...draftOf(item, draft.scope), end, customEndMs };
  return isSameDraft(draft, started)
    ? { ...draftOf(item, scope), end, customEndMs }
    : { ...draft, scope };
}

function isSameDraft(a: OverrideDraft, b: OverrideDraft): boolean {
  const fields = Object.keys({ ...a, ...b }) as Array<keyof OverrideDraft>;
  return fields.every(
    field => JSON.stringify(a[field]) === JSON.stringify(b[field]),
  );
}

/** Epoch milliseconds of the end; null = permanent, NaN = not chosen. */
export function endOf(draft: OverrideDraft, nowMs: number): number | null {
  if (draft.end === 'permanent') {
    return null;
  }
  return draft.end === 'custom'
    ? draft.customEndMs ?? NaN
    : nowMs + DURATIONS[draft.end];
}
