import type { Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_LABEL_SELECTOR,
  ANNOTATION_SERVICE_NAMES,
  ANNOTATION_WORKLOADS,
  JAEGER_ANNOTATIONS,
  KUBERNETES_ANNOTATIONS,
} from 'backstage-plugin-mesh-tracing-common';

/** Annotations by which an entity is mapped to workloads or to traces. */
const ANNOTATIONS = [
  ANNOTATION_WORKLOADS,
  ANNOTATION_LABEL_SELECTOR,
  ANNOTATION_SERVICE_NAMES,
  KUBERNETES_ANNOTATIONS.id,
  KUBERNETES_ANNOTATIONS.labelSelector,
  JAEGER_ANNOTATIONS.service,
];

/** Whether an entity says which workloads or traces are its own. */
export function hasTracingAnnotation(entity: Entity): boolean {
  return ANNOTATIONS.some(name => entity.metadata.annotations?.[name]);
}
