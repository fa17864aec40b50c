import type { SpanTable } from '../table/SpanTable';

/**
 * By trace, when its first span of some senders starts within a window whose ends are
 * both included; milliseconds since the epoch, NaN without any.
 *
 * @param isWanted - by sender of the table, 1 for those whose spans count
 * @public
 */
export function firstSpanTimes(
  table: SpanTable,
  isWanted: Uint8Array,
  { startTimeMs, endTimeMs }: { startTimeMs: number; endTimeMs: number },
): Float64Array {
  return Float64Array.from(table.traceIds, (_, trace) => {
    const startUs = table.traceStartUs[trace] as number;
    const last = table.traceFirst[trace + 1] as number;
    let first = Infinity;
    for (let i = table.traceFirst[trace] as number; i < last; i++) {
      const ms = (startUs + (table.starts[i] as number)) / 1000;
      if (
        isWanted[table.senderOf[i] as number] === 1 &&
        ms >= startTimeMs &&
        ms <= endTimeMs &&
        ms < first
      ) {
        first = ms;
      }
    }
    return first < Infinity ? first : NaN;
  });
}
