import { parseEntityRef } from '@backstage/catalog-model';
import { OVERRIDE_ANNOTATIONS } from 'backstage-plugin-mesh-tracing-common';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';

/** Who set an override, as it says itself, if that is a user. */
export function setterOf(telemetry: Telemetry | undefined): string | undefined {
  const ref = telemetry?.metadata.annotations?.[OVERRIDE_ANNOTATIONS.changedBy];
  return isUserRef(ref) ? ref : undefined;
}

/** Whether a text names a user; anyone with access to the cluster can edit annotations. */
export function isUserRef(ref: string | undefined): ref is string {
  try {
    return ref !== undefined && parseEntityRef(ref).kind === 'user';
  } catch {
    return false;
  }
}
