import {
  formatYaml,
  MANAGED_BY_LABEL,
  OVERRIDE_ANNOTATIONS,
} from 'backstage-plugin-mesh-tracing-common';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import { canonicalJson } from './canonicalJson';

/** YAML that `kubectl apply` takes: without what the API server adds. */
export function telemetryYaml(telemetry: Telemetry): string {
  const { metadata, spec } = telemetry;
  const has = (map: object | undefined) => map && Object.keys(map).length > 0;
  return formatYaml({
    apiVersion: telemetry.apiVersion ?? 'telemetry.istio.io/v1',
    kind: telemetry.kind ?? 'Telemetry',
    metadata: {
      name: metadata.name,
      namespace: metadata.namespace,
      ...(has(metadata.labels) && { labels: metadata.labels }),
      ...(has(metadata.annotations) && { annotations: metadata.annotations }),
    },
    spec: spec ?? {},
  });
}

/** YAML of the spec alone, as the history keeps it. */
export function specYaml(telemetry: Telemetry): string {
  return formatYaml(telemetry.spec ?? {});
}

/** Length of a UUID, which every id of a change is. */
const MAX_CHANGE_ID = 36;

/**
 * Id of the change that wrote the object, as it stands on it. Undefined also for
 * what can't be an id: anyone with access to the cluster can edit it.
 */
export function changeIdOf(telemetry: Telemetry): string | undefined {
  const id = telemetry.metadata.annotations?.[OVERRIDE_ANNOTATIONS.change];
  return id === undefined || id.length > MAX_CHANGE_ID || id.includes('\0')
    ? undefined
    : id;
}

/**
 * The part of an object that people decide about, as comparable text: spec and
 * the portal's own labels and annotations, less the id of the change.
 */
export function telemetryContent(telemetry: Telemetry): string {
  const annotations = telemetry.metadata.annotations ?? {};
  const { entity, changedBy, reason, expiresAt, workload } =
    OVERRIDE_ANNOTATIONS;
  return canonicalJson({
    spec: telemetry.spec ?? {},
    managedBy: telemetry.metadata.labels?.[MANAGED_BY_LABEL],
    annotations: [entity, changedBy, reason, expiresAt, workload].map(
      key => annotations[key] ?? null,
    ),
  });
}
