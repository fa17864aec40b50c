import { isPortalOwned } from 'backstage-plugin-mesh-tracing-common';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import type { OverrideState } from '../protocol/ChangeRecord';
import { changeIdOf, telemetryContent } from '../model/telemetryContent';

/** Who the history names when it was not the portal. */
export const OUTSIDE_ACTOR = 'outside';

/** `namespace/name`. */
export function keyOf({ metadata }: Telemetry): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** Exactly one state, and the object is as it says. */
export function isAsKnown(
  seen: Telemetry | undefined,
  states: OverrideState[],
): boolean {
  const [state] = states;
  return (
    seen !== undefined &&
    state !== undefined &&
    states.length === 1 &&
    seen.metadata.uid === state.uid &&
    changeIdOf(seen) === state.changeId &&
    telemetryContent(seen) === state.content
  );
}

/** What others did, for people. */
export function explainChange(
  object: Telemetry,
  state: OverrideState | undefined,
): string {
  if (!isPortalOwned(object)) {
    return "The label that marks the override as the portal's was removed; the portal leaves it alone from now on";
  }
  return state
    ? 'The override was changed outside of the portal'
    : 'An override appeared that the portal has no record of';
}

/** The last manager of the object's fields, as the API server notes it. */
export function outsideActor(object: Telemetry): string {
  const [last] = [...(object.metadata.managedFields ?? [])].sort((a, b) =>
    (b.time ?? '').localeCompare(a.time ?? ''),
  );
  return last?.manager ? `${OUTSIDE_ACTOR}:${last.manager}` : OUTSIDE_ACTOR;
}
