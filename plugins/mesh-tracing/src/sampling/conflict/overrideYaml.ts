import {
  isPortalOwned,
  overrideView,
  type ConflictDetails,
  type OverrideView,
  type PreviewResponse,
  type Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import { parse } from 'yaml';
import {
  CONTENT_FIELDS,
  isSameValue,
  sortedJson,
  type ContentField,
  type OverrideContent,
} from '../draft/overrideContent';

/** The portal's override that a YAML shows; undefined where it shows none. */
export function viewOfYaml(yaml: string | undefined): OverrideView | undefined {
  const telemetry = telemetryOf(yaml);
  return telemetry && isPortalOwned(telemetry)
    ? overrideView(telemetry, false)
    : undefined;
}

/** Fields in which a form could overrule someone without its user's knowing. */
const SETTINGS: readonly ContentField[] = CONTENT_FIELDS.filter(
  field => field !== 'expiresAt' && field !== 'reason',
);

/**
 * What changed between what a person saw and what a preview is based on;
 * undefined where nothing did, or where there is no override any more.
 *
 * @param fields - those to look at; what the override sets when absent
 */
export function changedMeanwhile(
  seen: OverrideContent | null,
  { currentYaml }: Pick<PreviewResponse, 'currentYaml'>,
  fields: readonly ContentField[] = SETTINGS,
): ConflictDetails | undefined {
  const current = viewOfYaml(currentYaml);
  return current &&
    (seen === null || fields.some(field => !isSameValue(field, seen, current)))
    ? { currentYaml, changedBy: current.changedBy }
    : undefined;
}

/**
 * Whether a preview does nothing but give the override that a person saw another
 * end: the same spec and the same reason, and no workload traces differently.
 */
export function onlyEndMoves({
  changes,
  currentYaml,
  yaml,
}: PreviewResponse): boolean {
  const [current, wanted] = [currentYaml, yaml].map(telemetryOf);
  const [was, is] = [currentYaml, yaml].map(viewOfYaml);
  return (
    was !== undefined &&
    is !== undefined &&
    sortedJson(current?.spec) === sortedJson(wanted?.spec) &&
    isSameValue('reason', was, is) &&
    changes.every(({ changedFields }) => changedFields.length === 0)
  );
}

function telemetryOf(yaml: string | undefined): Telemetry | undefined {
  try {
    const value: unknown = yaml === undefined ? undefined : parse(yaml);
    return isTelemetry(value) ? value : undefined;
  } catch {
    // Text that is no YAML shows no override.
    return undefined;
  }
}

function isTelemetry(value: unknown): value is Telemetry {
  return (
    value !== null &&
    typeof value === 'object' &&
    'metadata' in value &&
    value.metadata !== null &&
    typeof value.metadata === 'object' &&
    'name' in value.metadata
  );
}
