/**
 * As many neighbours as there is room for, in the order that they came in. Those
 * with the most failed calls are chosen before all others, since they are what
 * someone looks for.
 */
export function mostTelling<T extends { edge: { errorCount: number } }>(
  neighbours: T[],
  room: number,
): T[] {
  const failing = neighbours
    .filter(({ edge }) => edge.errorCount > 0)
    .sort((a, b) => b.edge.errorCount - a.edge.errorCount);
  const kept = new Set(
    [...new Set([...failing, ...neighbours])].slice(0, room),
  );
  return neighbours.filter(neighbour => kept.has(neighbour));
}
