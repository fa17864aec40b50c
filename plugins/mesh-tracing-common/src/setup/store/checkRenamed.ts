import { evidenceOf, type SetupFinding } from '../SetupFinding';
import { setupFindingCatalog } from '../setupFindingCatalog';
import type { NameSighting } from '../spans/SpanInspection';

/** Of fewer spans, when a name ended is chance. */
export const LEAST_SIGHTINGS = 3;
/** A rollout may take so long, in which both names come, or neither: of the window. */
export const CHANGE_SHARE = 0.2;
/** Nearer to an end of the window, a name may go on behind it: of the window. */
export const MARGIN_SHARE = 0.1;

/** A window, and the names of one entity's own spans in it. @public */
export interface RenamedInput {
  startTimeMs: number;
  endTimeMs: number;
  names: readonly NameSighting[];
}

/**
 * Whether the entity's spans had one name up to some time, and another from then on.
 * The names are of the same workloads, as the spans tell it.
 * @public
 */
export function checkRenamed(input: RenamedInput): SetupFinding | undefined {
  const names = input.names.filter(
    ({ spanCount }) => spanCount >= LEAST_SIGHTINGS,
  );
  for (const former of names) {
    const present = names.find(one => follows(former, one, input));
    if (present) {
      return finding(former, present);
    }
  }
  return undefined;
}

function follows(
  former: NameSighting,
  present: NameSighting,
  { startTimeMs, endTimeMs }: RenamedInput,
): boolean {
  const windowMs = endTimeMs - startTimeMs;
  const margin = MARGIN_SHARE * windowMs;
  const gapMs = present.firstMs - former.lastMs;
  return (
    former !== present &&
    Math.abs(gapMs) <= CHANGE_SHARE * windowMs &&
    former.firstMs < present.firstMs &&
    former.lastMs < present.lastMs &&
    former.lastMs < endTimeMs - margin &&
    present.firstMs > startTimeMs + margin &&
    // Two names that come in turn all the time are no change.
    overlap(former, present) <= MARGIN_SHARE * windowMs
  );
}

function overlap(former: NameSighting, present: NameSighting): number {
  return Math.max(0, former.lastMs - present.firstMs);
}

function finding(former: NameSighting, present: NameSighting): SetupFinding {
  return {
    severity: 'info',
    code: 'service-renamed',
    what: `Trace service name ${former.name} ended as ${present.name} began, for the same workloads.`,
    whatToDo: setupFindingCatalog['service-renamed'].whatToDo,
    evidence: evidenceOf(
      ['former-name', former.name, 'text'],
      ['present-name', present.name, 'text'],
      ['changed-at', Math.round(present.firstMs), 'time-ms'],
    ),
    mends: [],
  };
}
