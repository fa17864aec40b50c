/**
 * Joins lists that share a name, so that no name is in two: what is counted for each
 * list is then counted once. Empty lists are left out.
 * @public
 */
export function joinSharedNames(lists: string[][]): string[][] {
  let joined: string[][] = [];
  for (const list of lists) {
    const touching = joined.filter(other =>
      other.some(name => list.includes(name)),
    );
    joined = [
      ...joined.filter(other => !touching.includes(other)),
      [...new Set([...touching.flat(), ...list])],
    ];
  }
  return joined.filter(list => list.length > 0);
}
