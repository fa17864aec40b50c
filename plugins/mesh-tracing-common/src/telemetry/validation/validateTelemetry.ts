import type { Telemetry } from '../model';
import { readTelemetry } from '../reading/readTelemetry';
import type { MeshTracingInputs } from '../tracingInputs';
import { portalErrors } from './portalErrors';
import { schemaViolations } from './Schema';
import { telemetrySpecSchema } from './telemetrySchema';
import type {
  TelemetryError,
  TelemetryValidation,
} from './TelemetryValidation';
import { webhookVerdict } from './webhookVerdict';

/**
 * Everything that speaks against a Telemetry: the CRD's schema and rules,
 * istiod's webhook, and what neither notices although it breaks tracing. Never
 * throws, whatever the object looks like.
 * @param inputs - the mesh it is meant for; without, providers and their effect
 * are not judged
 * @public
 */
export function validateTelemetry(
  telemetry: unknown,
  inputs?: MeshTracingInputs,
): TelemetryValidation {
  const reading = readTelemetry(telemetry);
  const identity = reading.problems
    .filter(problem => !problem.path.startsWith('spec'))
    .map(
      ({ path, message }): TelemetryError => ({
        by: 'schema',
        path,
        message,
      }),
    );
  if (typeof telemetry !== 'object' || telemetry === null) {
    return { errors: identity, warnings: [] };
  }
  try {
    const raw = telemetry as Record<string, unknown>;
    const verdict = webhookVerdict(raw, reading);
    return {
      errors: [
        ...identity,
        ...schemaErrors(raw.spec),
        ...verdict.errors,
        ...portalErrors(reading, telemetry as Telemetry, inputs),
      ],
      warnings: verdict.warnings,
    };
  } catch {
    const message = 'cannot be read: one of its fields throws';
    return { errors: [{ by: 'schema', path: '', message }], warnings: [] };
  }
}

function schemaErrors(spec: unknown): TelemetryError[] {
  if (spec === undefined || spec === null) return [];
  return schemaViolations(telemetrySpecSchema, spec, 'spec').map(violation => ({
    by: 'schema',
    ...violation,
  }));
}
