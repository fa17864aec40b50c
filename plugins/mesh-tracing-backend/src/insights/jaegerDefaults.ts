import type { Entity } from '@backstage/catalog-model';
import { JAEGER_ANNOTATIONS } from 'backstage-plugin-mesh-tracing-common';

/** What the community Jaeger plugin's annotations preset for a search. */
export interface SearchDefaults {
  operation?: string;
  lookbackMs?: number;
  limit?: number;
}

const UNIT_MS: Record<string, number> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Reads the annotations; what is malformed in them is left out. */
export function jaegerDefaults(entity: Entity): SearchDefaults {
  const annotations = entity.metadata.annotations ?? {};
  const lookback = /^(\d{1,6})([smhdw])$/.exec(
    annotations[JAEGER_ANNOTATIONS.lookback]?.trim() ?? '',
  );
  const limit = Number(annotations[JAEGER_ANNOTATIONS.limit]);
  const unitMs = UNIT_MS[lookback?.[2] ?? ''];
  return {
    operation: annotations[JAEGER_ANNOTATIONS.operation] || undefined,
    lookbackMs: unitMs && Number(lookback?.[1]) * unitMs,
    limit:
      Number.isInteger(limit) && limit >= 1 && limit <= 500 ? limit : undefined,
  };
}
