import type {
  OverrideRequest,
  OverrideView,
} from 'backstage-plugin-mesh-tracing-common';

/** What an override says, field by field, in the order people ask for it. */
export const CONTENT_FIELDS = [
  'samplingPercent',
  'customTags',
  'provider',
  'disableSpanReporting',
  'disableContextPropagation',
  'expiresAt',
  'reason',
] as const;

/** Name of a field of an override. */
export type ContentField = (typeof CONTENT_FIELDS)[number];

/** What an override says, without which object it is. */
export type OverrideContent = Pick<
  OverrideView,
  ContentField | 'setsCustomTags'
>;

/**
 * Whether tags are set, be it to none; an empty map takes the inherited ones away.
 */
export function setsTagsOf({
  customTags,
  setsCustomTags,
}: Pick<OverrideView, 'customTags' | 'setsCustomTags'>): boolean {
  return setsCustomTags ?? Object.keys(customTags).length > 0;
}

/** What a request would make the override say. */
export function contentOfRequest(request: OverrideRequest): OverrideContent {
  return {
    ...request,
    customTags: request.customTags ?? {},
    setsCustomTags: request.customTags !== undefined,
    expiresAt: request.expiresAt ?? undefined,
  };
}

/** The value of a field; undefined = not set, so as inherited. */
export function contentValue(
  content: OverrideContent | undefined,
  field: ContentField,
): unknown {
  return field === 'customTags' && content && !setsTagsOf(content)
    ? undefined
    : content?.[field] ?? undefined;
}

/** A field besides sampling that tracing follows. */
export type SettingField = Exclude<
  ContentField,
  'samplingPercent' | 'expiresAt' | 'reason'
>;

/** Which fields besides sampling an override sets. */
export function settingsOf(content: OverrideContent): SettingField[] {
  const fields: SettingField[] = [
    'customTags',
    'provider',
    'disableSpanReporting',
    'disableContextPropagation',
  ];
  return fields.filter(field => contentValue(content, field) !== undefined);
}

/** Whether two overrides say the same of a field. */
export function isSameValue(
  field: ContentField,
  a: OverrideContent | undefined,
  b: OverrideContent | undefined,
): boolean {
  const [x, y] = [a, b].map(content => contentValue(content, field));
  return field === 'expiresAt' && x !== undefined && y !== undefined
    ? Date.parse(String(x)) === Date.parse(String(y))
    : sortedJson(x) === sortedJson(y);
}

/** A field about which three versions do not agree. */
export interface ThreeWayRow {
  field: ContentField;
  /** Whether it was changed meanwhile and mine would change it once more. */
  undone: boolean;
}

/** Fields about which what was seen, what is there and what is wanted differ. */
export function threeWayOf(versions: {
  base: OverrideContent | undefined;
  current: OverrideContent | undefined;
  mine: OverrideContent | undefined;
}): ThreeWayRow[] {
  const { base, current, mine } = versions;
  return CONTENT_FIELDS.flatMap(field => {
    const changed = !isSameValue(field, base, current);
    const differs = !isSameValue(field, current, mine);
    return changed || differs ? [{ field, undone: changed && differs }] : [];
  });
}

/** JSON whose text does not depend on the order of keys. */
export function sortedJson(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
}
