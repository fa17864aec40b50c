import type { TraceSummary } from 'backstage-plugin-mesh-tracing-common';
import type { TimeWindow } from './resolveWindow';

/** As many as a chart has slices: each gets its share. */
const PARTS = 60;

/**
 * Some rows out of all parts of a window: as many of each as there is room for, so
 * that a part of which more was read does not crowd out the others. In their order.
 */
export function evenlyChosen(
  rows: readonly TraceSummary[],
  { startTimeMs, endTimeMs }: TimeWindow,
  limit: number,
): TraceSummary[] {
  if (rows.length <= limit) {
    return [...rows];
  }
  const parts = Array.from({ length: PARTS }, (): TraceSummary[] => []);
  for (const row of rows) {
    const share = (row.startTimeMs - startTimeMs) / (endTimeMs - startTimeMs);
    const part = Math.floor(Math.min(Math.max(share, 0), 1) * PARTS);
    parts[Math.min(part, PARTS - 1)]?.push(row);
  }
  const chosen = new Set<TraceSummary>();
  let room = limit;
  // The parts with fewest rows first: what they leave is shared by the others.
  [...parts]
    .sort((a, b) => a.length - b.length)
    .forEach((part, done) => {
      const count = Math.min(part.length, Math.floor(room / (PARTS - done)));
      for (let i = 0; i < count; i++) {
        const at = Math.floor((i * part.length) / count);
        chosen.add(part[at] as TraceSummary);
      }
      room -= count;
    });
  return rows.filter(row => chosen.has(row));
}
