import {
  emptyInspection,
  MOST_DISTINCT,
  MOST_TAGS,
  type NameSighting,
  type SpanInspection,
  type TagCounts,
} from './SpanInspection';
import { byFrequency } from './TagCounter';

/** As if all had been looked at at once. Their salts must be the same. @public */
export function mergeInspections(
  parts: readonly SpanInspection[],
): SpanInspection {
  const merged = emptyInspection();
  const tags = new Map<string, TagCounts>();
  const names = new Map<string, NameSighting>();
  for (const part of parts) {
    merged.traceCount += part.traceCount;
    merged.spanCount += part.spanCount;
    merged.byteCount += part.byteCount;
    merged.requestCount += part.requestCount;
    merged.healthCheckCount += part.healthCheckCount;
    merged.hasAllTags &&= part.hasAllTags;
    merged.longestTraceMs = Math.max(
      merged.longestTraceMs,
      part.longestTraceMs,
    );
    part.tags.forEach(tag => tags.set(tag.key, sum(tags.get(tag.key), tag)));
    part.names.forEach(one =>
      names.set(one.name, span(names.get(one.name), one)),
    );
  }
  const all = [...tags.values()].sort(byFrequency);
  return {
    ...merged,
    tags: all.slice(0, MOST_TAGS),
    hasAllTags: merged.hasAllTags && all.length <= MOST_TAGS,
    names: [...names.values()],
  };
}

function sum(known: TagCounts | undefined, tag: TagCounts): TagCounts {
  if (!known) {
    return tag;
  }
  const shapes = { ...known.shapes };
  for (const [shape, count] of Object.entries(tag.shapes)) {
    const key = shape as keyof typeof shapes;
    shapes[key] = (shapes[key] ?? 0) + count;
  }
  return {
    key: tag.key,
    spanCount: known.spanCount + tag.spanCount,
    byteCount: known.byteCount + tag.byteCount,
    shapes,
    distinct: [...new Set([...known.distinct, ...tag.distinct])].slice(
      0,
      MOST_DISTINCT,
    ),
  };
}

function span(
  known: NameSighting | undefined,
  one: NameSighting,
): NameSighting {
  return known
    ? {
        name: one.name,
        spanCount: known.spanCount + one.spanCount,
        firstMs: Math.min(known.firstMs, one.firstMs),
        lastMs: Math.max(known.lastMs, one.lastMs),
      }
    : one;
}
