import { validateTelemetry } from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshTracingInputs,
  PolicyVerdictView,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';

/**
 * What neither the API server nor istiod would refuse and what would break the
 * workload's tracing or its listeners, as far as no other rule has refused the
 * same field already.
 */
export function validationVerdicts(
  telemetry: Telemetry,
  inputs: MeshTracingInputs,
  others: readonly PolicyVerdictView[],
): PolicyVerdictView[] {
  const refused = others
    .filter(({ allowed }) => !allowed)
    .flatMap(({ field }) => field ?? []);
  return validateTelemetry(telemetry, inputs)
    .errors.filter(({ by }) => by === 'portal')
    .map(({ path, message }) => ({
      rule: 'breaks-tracing',
      allowed: false,
      message: message.charAt(0).toUpperCase() + message.slice(1),
      field: formField(path),
    }))
    .filter(
      ({ field }) =>
        !refused.some(
          other => other === field || other.startsWith(`${field}.`),
        ),
    );
}

/** The field of the form that a path of the Telemetry comes from. */
function formField(path: string): string {
  const field = path.replace(/^spec\.tracing\[\d+\]\./, '');
  return field.startsWith('providers') ? 'provider' : field;
}
