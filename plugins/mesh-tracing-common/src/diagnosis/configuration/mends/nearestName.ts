import { boundedDistance } from '../../../shared/boundedDistance';

/** Edits that a slip of the pen makes at most. */
const MAX_EDITS = 3;

/**
 * The name that is most like another, if one is so near that the other may be a
 * slip of the pen.
 */
export function nearestName(
  name: string,
  among: Iterable<string>,
): string | undefined {
  const limit = Math.min(MAX_EDITS, Math.floor(name.length / 3));
  let best: { name: string; edits: number } | undefined;
  for (const candidate of among) {
    const edits = boundedDistance(name, candidate, limit);
    if (edits > 0 && edits <= limit && edits < (best?.edits ?? Infinity)) {
      best = { name: candidate, edits };
    }
  }
  return best?.name;
}
