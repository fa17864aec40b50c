import { InputError } from '@backstage/errors';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';

/** The part of the CRD's schema that tests meet. */
export function validateTelemetrySpec(telemetry: Telemetry): void {
  (telemetry.spec?.tracing ?? []).forEach((entry, index) => {
    const percent = entry?.randomSamplingPercentage ?? 0;
    if (percent < 0 || percent > 100) {
      throw new InputError(
        `Telemetry "${telemetry.metadata.name}" is invalid: spec.tracing[${index}].randomSamplingPercentage: Invalid value: ${percent}`,
      );
    }
    for (const [name, tag] of Object.entries(entry?.customTags ?? {})) {
      if (tag?.literal && !tag.literal.value) {
        throw new InputError(
          `Telemetry is invalid: spec.tracing[${index}].customTags.${name}.literal.value: should be at least 1 chars long`,
        );
      }
    }
  });
}
