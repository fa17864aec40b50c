import type {
  PreviewResponse,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import { writesOf } from '../../clusters';
import { errorDetailsOf } from '../../shared/errorDetails';
import { isErrorNamed } from '../../shared/isErrorNamed';
import type { PlannedOverride } from '../model/PlannedOverride';

type DryRun = PreviewResponse['dryRun'];

/** Errors by which the API server or its webhooks refuse an object. */
const REFUSALS = [
  'InputError',
  'NotAllowedError',
  'ConflictError',
  'NotFoundError',
] as const;
const FIELD_PATH = /\b(?:spec|metadata)(?:\.[A-Za-z]\w*|\[[^\]]+\])+/;

/**
 * Lets the API server judge the object without storing it. It is not asked
 * where the portal's own rules refuse the change already.
 */
export async function dryRunOverride(
  planned: PlannedOverride,
): Promise<DryRun> {
  if (planned.unreadable) {
    return unavailable(planned.unreadable.message);
  }
  if (planned.verdicts.some(verdict => !verdict.allowed)) {
    return unavailable(
      'The API server was not asked, since the change is not allowed as it is',
    );
  }
  try {
    const { warnings } = await write(planned, toSend(planned));
    return { outcome: 'accepted', warnings };
  } catch (error) {
    if (!(error instanceof Error)) {
      return unavailable(String(error));
    }
    return isErrorNamed(error, ...REFUSALS)
      ? {
          outcome: 'refused',
          message: error.message,
          field:
            errorDetailsOf(error)?.field ?? FIELD_PATH.exec(error.message)?.[0],
          warnings: [],
        }
      : unavailable(error.message);
  }
}

/**
 * The object as it is sent: without what the API server sets, but with the
 * preconditions.
 */
export function toSend(planned: PlannedOverride): Telemetry {
  const { creationTimestamp: _set, ...metadata } =
    planned.plan.telemetry.metadata;
  return { ...planned.plan.telemetry, metadata };
}

function write(planned: PlannedOverride, telemetry: Telemetry) {
  const writes = writesOf(planned.cluster);
  return planned.current
    ? writes.replaceTelemetry(telemetry, { dryRun: true })
    : writes.createTelemetry(telemetry, { dryRun: true });
}

function unavailable(message: string): DryRun {
  return { outcome: 'unavailable', message, warnings: [] };
}
