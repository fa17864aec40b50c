/** Longer texts are not taken for misspelt keys, which also bounds the work. */
const MAX_LENGTH = 60;

/**
 * Levenshtein distance: characters to insert, remove or replace to make one text the
 * other.
 */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/**
 * The text without case, hyphens and underscores, in which spellings of one key
 * differ.
 */
function plain(text: string): string {
  return text.toLowerCase().replace(/[-_\s]/g, '');
}

/** The known text that somebody most likely meant; undefined if none is near. */
export function nearestText(
  text: string,
  known: readonly string[],
): string | undefined {
  if (text.length > MAX_LENGTH) {
    return undefined;
  }
  const [nearest] = known
    .map(name => ({ name, far: distance(plain(text), plain(name)) }))
    .filter(({ name, far }) => far <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.far - b.far);
  return nearest?.name;
}
