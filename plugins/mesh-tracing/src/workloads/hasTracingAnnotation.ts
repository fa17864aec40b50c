import type { Entity } from '@backstage/catalog-model';
import { MAPPING_ANNOTATIONS } from 'backstage-plugin-mesh-tracing-common';

/** Whether an entity says which workloads or traces are its own. */
export function hasTracingAnnotation(entity: Entity): boolean {
  return MAPPING_ANNOTATIONS.some(name => entity.metadata.annotations?.[name]);
}
