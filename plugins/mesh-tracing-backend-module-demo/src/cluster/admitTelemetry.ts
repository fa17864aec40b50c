import { InputError } from '@backstage/errors';
import {
  joinWebhookMessages,
  validateTelemetry,
  type Telemetry,
} from 'backstage-plugin-mesh-tracing-common';

/**
 * What the resource definition's schema and istiod's webhook say of an object,
 * as an API server would put it. The portal's own objections are not asked for: a
 * cluster does not know them.
 *
 * @returns the webhook's warnings
 * @throws InputError when the object is refused; the message names the fields
 */
export function admitTelemetry(telemetry: Telemetry): string[] {
  const { errors, warnings } = validateTelemetry(telemetry);
  const bySchema = errors.filter(({ by }) => by === 'schema');
  if (bySchema.length > 0) {
    const causes = bySchema.map(({ path, message }) =>
      path ? `${path}: ${message}` : message,
    );
    throw new InputError(
      `Telemetry.telemetry.istio.io "${
        telemetry.metadata.name
      }" is invalid: ${causes.join('; ')}`,
    );
  }
  const byWebhook = errors.filter(({ by }) => by === 'webhook');
  if (byWebhook.length > 0) {
    const messages = byWebhook.map(({ message }) => message);
    throw new InputError(
      `admission webhook "validation.istio.io" denied the request: configuration is invalid: ${joinWebhookMessages(
        messages,
      )}`,
    );
  }
  return warnings.length > 0 ? [joinWebhookMessages(warnings)] : [];
}
