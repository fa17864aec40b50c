import type { Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_SERVICE_NAMES,
  JAEGER_ANNOTATIONS,
  parseServiceNames,
} from 'backstage-plugin-mesh-tracing-common';

/** A trace service name that an entity lists, and the annotation that lists it. */
export interface ListedServiceName {
  name: string;
  annotation: string;
}

/**
 * The trace service names that an entity lists by itself, each once: those of
 * `meshtracing.io/service-names`, else the one of `jaegertracing.io/service`.
 */
export function listedServiceNames({
  metadata: { annotations },
}: Entity): ListedServiceName[] {
  const own = namesIn(annotations, ANNOTATION_SERVICE_NAMES);
  return own.length > 0
    ? own
    : namesIn(annotations, JAEGER_ANNOTATIONS.service);
}

/** A copy of the entity that lists only the names that are to be kept. */
export function withListedServiceNames(
  entity: Entity,
  keep: (name: string) => boolean,
): Entity {
  const [first] = listedServiceNames(entity);
  if (!first) {
    return entity;
  }
  const kept = listedServiceNames(entity).filter(({ name }) => keep(name));
  const {
    [ANNOTATION_SERVICE_NAMES]: _names,
    [JAEGER_ANNOTATIONS.service]: _service,
    ...annotations
  } = entity.metadata.annotations ?? {};
  if (kept.length > 0) {
    annotations[first.annotation] = kept.map(({ name }) => name).join(',');
  }
  return { ...entity, metadata: { ...entity.metadata, annotations } };
}

function namesIn(
  annotations: Record<string, string> | undefined,
  annotation: string,
): ListedServiceName[] {
  return parseServiceNames(annotations?.[annotation]).map(name => ({
    name,
    annotation,
  }));
}
