import type { TelemetryReading } from '../telemetry/readTelemetry';
import type { TracingEntry } from '../telemetry/readTracingEntry';
import type {
  TelemetryError,
  TelemetryValidation,
} from './TelemetryValidation';
import { accessLoggingErrors, metricsVerdict } from './webhookOtherSections';

const VALID_TOP_LEVEL = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];

/** Kinds that a policy may target, as Istio prints them. */
const TARGET_KINDS = [
  { group: 'core', kind: 'Service', text: 'core/v1/Service' },
  {
    group: 'networking.istio.io',
    kind: 'ServiceEntry',
    text: 'networking.istio.io/v1/ServiceEntry',
  },
  {
    group: 'gateway.networking.k8s.io',
    kind: 'Gateway',
    text: 'gateway.networking.k8s.io/v1/Gateway',
  },
  {
    group: 'gateway.networking.k8s.io',
    kind: 'GatewayClass',
    text: 'gateway.networking.k8s.io/v1/GatewayClass',
  },
];

/**
 * The verdict of istiod's validating webhook (Istio: ValidateTelemetry), in its
 * words and in its order.
 * @param raw - the object itself, which the reading was made of
 */
export function webhookVerdict(
  raw: Record<string, unknown>,
  reading: TelemetryReading,
): TelemetryValidation {
  const id = `${reading.namespace}/${reading.name}`;
  const unknown = Object.keys(raw).find(key => !VALID_TOP_LEVEL.includes(key));
  if (unknown !== undefined) {
    const message = `unknown field "${unknown}" on Telemetry resource ${id}`;
    return { errors: [refusal(unknown, message)], warnings: [] };
  }
  const unreadable = reading.problems.find(
    problem => problem.path.startsWith('spec') && !problem.acceptedByIstio,
  );
  if (unreadable) {
    const message = `${id}: ${
      unreadable.istioMessage ?? `${unreadable.path} ${unreadable.message}`
    }`;
    return { errors: [refusal(unreadable.path, message)], warnings: [] };
  }
  const spec = isRecord(raw.spec) ? raw.spec : {};
  const errors: TelemetryError[] = [];
  const warnings: string[] = [];
  checkAttachment(spec, reading, errors, warnings);
  const metrics = metricsVerdict(spec.metrics);
  errors.push(...metrics.errors);
  warnings.push(...metrics.warnings);
  if (reading.entries.length > 1) {
    warnings.push('multiple tracing is not currently supported');
  }
  for (const entry of reading.entries) checkEntry(entry, errors, warnings);
  errors.push(...accessLoggingErrors(spec.accessLogging));
  return { errors, warnings };
}

function checkAttachment(
  spec: Record<string, unknown>,
  reading: TelemetryReading,
  errors: TelemetryError[],
  warnings: string[],
): void {
  const targets = isRecord(spec.targetRef) ? [spec.targetRef] : [];
  const refs = Array.isArray(spec.targetRefs) ? spec.targetRefs : [];
  const ways =
    (isRecord(spec.selector) ? 1 : 0) + targets.length + (refs.length && 1);
  if (ways > 1) {
    const message = 'only one of targetRefs or workloadSelector can be set';
    errors.push(refusal('spec', message));
  }
  for (const [key, value] of reading.matchLabels) {
    const path = `spec.selector.matchLabels.${key}`;
    const pair = JSON.stringify(`${key}=${value}`);
    if (key === '') {
      const message = `empty key is not supported in selector: ${pair}`;
      errors.push(refusal(path, message));
    }
    if (key.includes('*') || value.includes('*')) {
      const message = `wildcard is not supported in selector: ${pair}`;
      errors.push(refusal(path, message));
    }
  }
  if (isRecord(spec.selector) && reading.matchLabels.length === 0) {
    warnings.push('workload selector specified without labels');
  }
  for (const ref of targets) checkTarget(ref, 'spec.targetRef', errors);
  refs.forEach((ref, i) => checkTarget(ref, `spec.targetRefs[${i}]`, errors));
}

function checkTarget(
  ref: unknown,
  path: string,
  errors: TelemetryError[],
): void {
  const target = isRecord(ref) ? ref : {};
  const group = text(target.group);
  const kind = text(target.kind);
  if (text(target.name) === '') {
    errors.push(refusal(`${path}.name`, 'targetRef name must be set'));
  }
  if (text(target.namespace) !== '') {
    const message =
      'targetRef namespace must not be set; cross namespace referencing is not supported';
    errors.push(refusal(`${path}.namespace`, message));
  }
  const known = TARGET_KINDS.some(
    allowed => allowed.kind === kind && allowed.group === (group || 'core'),
  );
  if (!known) {
    const kinds = TARGET_KINDS.map(allowed => allowed.text).join(' ');
    const message = `targetRef must be to one of [${kinds}] but was ${group}/${kind}`;
    errors.push(refusal(path, message));
  }
}

function checkEntry(
  entry: TracingEntry,
  errors: TelemetryError[],
  warnings: string[],
): void {
  const path = `spec.tracing[${entry.index}]`;
  if (entry.providers.length > 1) {
    warnings.push('multiple providers is not currently supported');
  }
  const nameless = entry.providers.indexOf('');
  if (nameless >= 0) {
    const at = `${path}.providers[${nameless}].name`;
    errors.push(refusal(at, 'providers.name may not be empty'));
  }
  const percent = entry.samplingPercent ?? 0;
  if (percent < 0 || percent > 100) {
    const at = `${path}.randomSamplingPercentage`;
    const message = 'randomSamplingPercentage must be in range [0.0, 100.0]';
    errors.push(refusal(at, message));
  }
  for (const [name, tag] of Object.entries(entry.customTags ?? {})) {
    const at = `${path}.customTags.${name}`;
    if (name === '') errors.push(refusal(at, 'tag name may not be empty'));
    if (tag.literal?.value === '') {
      errors.push(
        refusal(`${at}.literal.value`, 'literal tag value may not be empty'),
      );
    }
    if (tag.header?.name === '') {
      errors.push(
        refusal(`${at}.header.name`, 'header tag name may not be empty'),
      );
    }
    if (tag.environment?.name === '') {
      const message = 'environment tag name may not be empty';
      errors.push(refusal(`${at}.environment.name`, message));
    }
  }
}

/** Joins several messages of the webhook into one text, as Istio does. @public */
export function joinWebhookMessages(messages: readonly string[]): string {
  const [only] = messages;
  if (only !== undefined && messages.length === 1) return only;
  const points = messages.map(message => `* ${message}`).join('\n\t');
  return `${messages.length} errors occurred:\n\t${points}\n\n`;
}

function refusal(path: string, message: string): TelemetryError {
  return { by: 'webhook', path, message };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
