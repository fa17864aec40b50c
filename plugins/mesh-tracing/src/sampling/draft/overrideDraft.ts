import type {
  CustomTag,
  OverrideRequest,
  OverrideScope,
  OverrideView,
  WorkloadTracing,
} from 'backstage-plugin-mesh-tracing-common';
import { mainSide } from '../../tracing';
import { narrowerThan, valueWithout } from './valueWithout';

/** The kinds of a custom tag. */
export const TAG_KINDS = [
  'literal',
  'header',
  'environment',
  'formatter',
] as const;

/** One kind of custom tag. */
export type TagKind = (typeof TAG_KINDS)[number];

/** A custom tag while it is being edited. */
export interface TagDraft {
  /** Stable while rows come and go. */
  id: number;
  name: string;
  kind: TagKind;
  /** The constant, the header's or variable's name, or the format string. */
  value: string;
  /** For headers and variables that are absent. */
  defaultValue: string;
}

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

/** The override of a scope that is in force where a workload is. */
export function overrideOfScope(
  { override, wideOverrides }: WorkloadTracing,
  scope: OverrideScope,
): OverrideView | null | undefined {
  return scope === 'workload'
    ? override
    : wideOverrides?.find(wide => wide.scope === scope);
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
  const side = mainSide(item.effective);
  const ignored = [gone, ...narrowerThan(item, scope)].flatMap(
    other => other ?? [],
  );
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

/** Whether tags are set, be it to none; an empty map takes the inherited ones away. */
export function setsTagsOf({
  customTags,
  setsCustomTags,
}: Pick<OverrideView, 'customTags' | 'setsCustomTags'>): boolean {
  return setsCustomTags ?? Object.keys(customTags).length > 0;
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

/** Tags of a map, ready to be edited. */
export function tagDrafts(tags: Record<string, CustomTag> = {}): TagDraft[] {
  return Object.entries(tags).map(([name, tag], id) => {
    const kind = TAG_KINDS.find(candidate => tag[candidate]) ?? 'literal';
    const named = tag.header ?? tag.environment;
    return {
      id,
      name,
      kind,
      value: named?.name ?? tag.literal?.value ?? tag.formatter?.value ?? '',
      defaultValue: named?.defaultValue ?? '',
    };
  });
}

/** The request that a valid draft stands for. */
export function requestOf(
  item: WorkloadTracing,
  draft: OverrideDraft,
  nowMs: number,
): OverrideRequest {
  const { cluster, namespace, kind, name } = item.workload;
  const endMs = endOf(draft, nowMs);
  return {
    workload: { cluster, namespace, kind, name },
    ...(draft.scope !== 'workload' && { scope: draft.scope }),
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

/** Said only where set: `false` switches on what is inherited as off. */
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
  const { cluster, namespace, kind, name } = item.workload;
  return {
    workload: { cluster, namespace, kind, name },
    ...(override.scope &&
      override.scope !== 'workload' && { scope: override.scope }),
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

/** Epoch milliseconds of the end; null = permanent, NaN = not chosen. */
export function endOf(draft: OverrideDraft, nowMs: number): number | null {
  if (draft.end === 'permanent') {
    return null;
  }
  return draft.end === 'custom'
    ? draft.customEndMs ?? NaN
    : nowMs + DURATIONS[draft.end];
}

type RequestTags = NonNullable<OverrideRequest['customTags']>;

function tagsOf(tags: TagDraft[]): RequestTags {
  return Object.fromEntries(
    tags.map(tag => [tag.name.trim(), customTagOf(tag)]),
  );
}

function customTagOf({
  kind,
  value,
  defaultValue,
}: TagDraft): RequestTags[string] {
  if (kind === 'literal' || kind === 'formatter') {
    return { [kind]: { value } };
  }
  return {
    [kind]: { name: value.trim(), ...(defaultValue && { defaultValue }) },
  };
}
