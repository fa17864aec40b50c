import type { Telemetry } from '../telemetry/Telemetry';
import { readTelemetry } from '../telemetry/readTelemetry';
import type { MeshTracingInputs } from '../model/MeshTracingInputs';
import { portalErrors, type PortalError } from './portalErrors';
import { schemaViolations } from './Schema';
import { telemetrySpecSchema } from './telemetrySchema';
import type {
  TelemetryError,
  TelemetryValidation,
} from './TelemetryValidation';
import { webhookVerdict } from './webhookVerdict';
import { withoutNullEntries } from './withoutNullEntries';

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
  const stored = withoutNullEntries(telemetry);
  const reading = readTelemetry(stored);
  const identity = reading.problems
    .filter(problem => !problem.path.startsWith('spec'))
    .map(
      ({ path, message }): TelemetryError => ({
        by: 'schema',
        path,
        message,
      }),
    );
  if (typeof stored !== 'object' || stored === null) {
    return { errors: identity, warnings: [] };
  }
  try {
    const raw = stored as Record<string, unknown>;
    const verdict = webhookVerdict(raw, reading);
    return {
      errors: [
        ...typeErrors(raw),
        ...identity,
        ...nameErrors(reading.name),
        ...schemaErrors(raw.spec),
        ...verdict.errors,
        ...portalErrors(reading, stored as Telemetry, inputs).map(
          ({ code: _, ...error }) => error,
        ),
      ],
      warnings: verdict.warnings,
    };
  } catch {
    const message = 'cannot be read: one of its fields throws';
    return { errors: [{ by: 'schema', path: '', message }], warnings: [] };
  }
}

/**
 * What of a Telemetry neither the CRD nor the webhook notices and breaks tracing,
 * each with the code of the finding that it would be. Never throws.
 */
export function silentTelemetryErrors(
  telemetry: unknown,
  inputs: MeshTracingInputs,
): PortalError[] {
  try {
    const stored = withoutNullEntries(telemetry);
    return portalErrors(readTelemetry(stored), stored as Telemetry, inputs);
  } catch {
    return [];
  }
}

function schemaErrors(spec: unknown): TelemetryError[] {
  if (spec === undefined || spec === null) return [];
  return schemaViolations(telemetrySpecSchema, spec, 'spec').map(violation => ({
    by: 'schema',
    ...violation,
  }));
}

/** The API serves `v1` since Istio 1.22 and `v1alpha1` in all; there is no v1beta1. */
const API_VERSIONS = ['telemetry.istio.io/v1', 'telemetry.istio.io/v1alpha1'];

/**
 * Errors of `apiVersion` and `kind`, which say that the object is no Telemetry
 * at all.
 */
function typeErrors({
  apiVersion,
  kind,
}: Record<string, unknown>): TelemetryError[] {
  const errors: TelemetryError[] = [];
  if (kind !== 'Telemetry') {
    const message = `${stated(kind)}; a Telemetry says kind: Telemetry`;
    errors.push({ by: 'schema', path: 'kind', message });
  }
  if (!API_VERSIONS.some(known => known === apiVersion)) {
    const message = `${stated(
      apiVersion,
    )}; a Telemetry has one of ${API_VERSIONS.join(', ')}`;
    errors.push({ by: 'schema', path: 'apiVersion', message });
  }
  return errors;
}

/** The value of a field for a message, cut, since it may be a text of any length. */
function stated(value: unknown): string {
  if (value === undefined || value === null) return 'is missing';
  return typeof value === 'string'
    ? `is '${value.slice(0, 100)}'`
    : 'is no text';
}

/** Names of custom resources are RFC 1123 subdomains (Kubernetes). */
const NAME =
  /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const MAX_NAME_LENGTH = 253;

/** A missing name is reported where the object is read. */
function nameErrors(name: string): TelemetryError[] {
  if (name === '' || (name.length <= MAX_NAME_LENGTH && NAME.test(name))) {
    return [];
  }
  const message =
    'must be a lowercase RFC 1123 subdomain of at most 253 characters';
  return [{ by: 'schema', path: 'metadata.name', message }];
}
