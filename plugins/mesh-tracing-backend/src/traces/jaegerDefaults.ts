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

/** As many as the contract lets a query ask for. */
const MAX_OPERATION_LENGTH = 1_000;
const WHOLE_NUMBER = /^\s{0,10}\d{1,20}\s{0,10}$/;

/** Reads the annotations; what is malformed or too long in them is left out. */
export function jaegerDefaults(entity: Entity): SearchDefaults {
  const annotations = entity.metadata.annotations ?? {};
  const lookback = /^(\d{1,6})([smhdw])$/.exec(
    annotations[JAEGER_ANNOTATIONS.lookback]?.trim() ?? '',
  );
  const limitText = annotations[JAEGER_ANNOTATIONS.limit] ?? '';
  const limit = WHOLE_NUMBER.test(limitText) ? Number(limitText) : undefined;
  const operation = annotations[JAEGER_ANNOTATIONS.operation] ?? '';
  const unitMs = UNIT_MS[lookback?.[2] ?? ''];
  return {
    operation:
      operation && operation.length <= MAX_OPERATION_LENGTH
        ? operation
        : undefined,
    lookbackMs: unitMs && Number(lookback?.[1]) * unitMs,
    limit:
      limit !== undefined && limit >= 1 && limit <= 500 ? limit : undefined,
  };
}
