import type {
  CustomTag,
  OverrideRequest,
} from 'backstage-plugin-mesh-tracing-common';

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

type RequestTags = NonNullable<OverrideRequest['customTags']>;

/** The map that tags stand for. */
export function tagsOf(tags: TagDraft[]): RequestTags {
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
