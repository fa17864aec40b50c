import type { TelemetryError } from './TelemetryValidation';

/**
 * What the webhook checks outside of tracing (Istio: validateTelemetryMetrics
 * and the providers of access logging). Filter expressions are not judged.
 */
export function metricsVerdict(metrics: unknown): {
  errors: TelemetryError[];
  warnings: string[];
} {
  const errors: TelemetryError[] = [];
  const warnings: string[] = [];
  listOf(metrics).forEach((metric, i) => {
    const path = `spec.metrics[${i}]`;
    errors.push(...providerErrors(metric, path));
    listOf(metric.overrides).forEach((override, j) => {
      const at = `${path}.overrides[${j}]`;
      const tags = recordOf(override.tagOverrides);
      for (const name of Object.keys(tags)) {
        if (name === '') warnings.push('tagOverrides.name may not be empty');
        errors.push(
          ...tagErrors(recordOf(tags[name]), `${at}.tagOverrides.${name}`),
        );
      }
      if (recordOf(override.match).customMetric === '') {
        const message = 'customMetric may not be empty';
        errors.push(refusal(`${at}.match.customMetric`, message));
      }
    });
  });
  return { errors, warnings };
}

/** Errors of `spec.accessLogging`. */
export function accessLoggingErrors(logging: unknown): TelemetryError[] {
  return listOf(logging).flatMap((entry, i) =>
    providerErrors(entry, `spec.accessLogging[${i}]`),
  );
}

function providerErrors(
  entry: Record<string, unknown>,
  path: string,
): TelemetryError[] {
  const nameless = listOf(entry.providers).findIndex(
    provider => (provider.name ?? '') === '',
  );
  if (nameless < 0) return [];
  const at = `${path}.providers[${nameless}].name`;
  return [refusal(at, 'providers.name may not be empty')];
}

function tagErrors(
  tag: Record<string, unknown>,
  path: string,
): TelemetryError[] {
  const removes = tag.operation === 'REMOVE' || tag.operation === 1;
  const hasValue = (tag.value ?? '') !== '';
  if (removes === !hasValue) return [];
  const message = removes
    ? 'tagOverrides.value may only be set when operation is UPSERT'
    : 'tagOverrides.value must be set when operation is UPSERT';
  return [refusal(`${path}.value`, message)];
}

function refusal(path: string, message: string): TelemetryError {
  return { by: 'webhook', path, message };
}

function listOf(value: unknown): Array<Record<string, unknown>> {
  return Array.isArray(value) ? value.map(recordOf) : [];
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
