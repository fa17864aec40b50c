import { ConflictError } from '@backstage/errors';
import { OVERRIDE_ANNOTATIONS } from 'backstage-plugin-mesh-tracing-common';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import { withErrorDetails } from '../../shared/errorDetails';
import { telemetryYaml } from './telemetryContent';
import { withoutOtherEntity } from './withoutOtherEntity';

/**
 * A 409 with what is there now and what the form was based on.
 *
 * @param entityRef - the entity from which it was to be changed
 */
export function overrideConflict(
  message: string,
  entityRef: string,
  details: { current?: Telemetry; baseYaml?: string },
): ConflictError {
  const { current, baseYaml } = details;
  return withErrorDetails(new ConflictError(message), {
    system: 'cluster',
    whatToDo: 'Look at what changed, then preview your change again',
    conflict: {
      ...(current && {
        currentYaml: withoutOtherEntity(telemetryYaml(current), entityRef),
        changedBy:
          current.metadata.annotations?.[OVERRIDE_ANNOTATIONS.changedBy],
      }),
      baseYaml,
    },
  });
}
