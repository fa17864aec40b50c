import {
  validateTelemetry,
  type Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import { asPosted } from './asPosted';
import type { Difference } from './compareProxy';
import type { Admission } from '../../checks/postTelemetry';

/** The lab's istiod judges objects of its own revision and of none. */
function isJudgedByWebhook({ metadata }: Telemetry): boolean {
  const revision = metadata.labels?.['istio.io/rev'];
  return revision === undefined || revision === 'default';
}

/**
 * Where `validateTelemetry` and the API server disagree on accepting an object,
 * or on what the webhook warns of. What only this product refuses counts as
 * accepted.
 */
export function admissionDifferences(
  telemetry: Telemetry,
  admission: Admission,
): Difference[] {
  const { errors, warnings } = validateTelemetry(asPosted(telemetry));
  const judged = isJudgedByWebhook(telemetry);
  const refusals = errors.filter(
    ({ by }) => by === 'schema' || (by === 'webhook' && judged),
  );
  const accepted = refusals.length === 0;
  if (accepted !== admission.accepted) {
    return [
      {
        what: 'admission',
        expected: accepted ? 'accepted' : { refused: refusals },
        got: admission.accepted
          ? 'accepted'
          : { refused: admission.status, message: admission.message },
      },
    ];
  }
  // The API server passes each text on once.
  const expected = judged && accepted ? [...new Set(warnings)] : [];
  return JSON.stringify(expected) === JSON.stringify(admission.warnings)
    ? []
    : [{ what: 'warnings', expected, got: admission.warnings }];
}
