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
    const isFar = Math.abs(candidate.length - name.length) > limit;
    const edits = isFar ? Infinity : editsBetween(name, candidate);
    if (edits > 0 && edits <= limit && edits < (best?.edits ?? Infinity)) {
      best = { name: candidate, edits };
    }
  }
  return best?.name;
}

/** Characters to insert, delete or replace (Levenshtein). */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
