import { evidenceOf, type SetupFinding } from '../SetupFinding';
import { setupFindingCatalog } from '../setupFindingCatalog';
import type { SpanInspection } from './SpanInspection';

/** A proxy's span has about a kilobyte; four times as much is somebody's tags. */
export const LARGE_SPAN_BYTES = 4_096;
/** Of fewer, one odd span would decide. */
export const LEAST_SPANS = 20;
const TAGS_NAMED = 5;

/** About how many bytes a span has; undefined without one. @public */
export function bytesPerSpan({
  byteCount,
  spanCount,
}: Pick<SpanInspection, 'byteCount' | 'spanCount'>): number | undefined {
  return spanCount > 0 ? byteCount / spanCount : undefined;
}

/** Whether spans are large, and by which tags. @public */
export function checkSpanSize(
  inspection: SpanInspection,
): SetupFinding | undefined {
  const bytes = bytesPerSpan(inspection);
  if (
    bytes === undefined ||
    bytes < LARGE_SPAN_BYTES ||
    inspection.spanCount < LEAST_SPANS
  ) {
    return undefined;
  }
  const largest = [...inspection.tags]
    .sort((a, b) => b.byteCount - a.byteCount)
    .slice(0, TAGS_NAMED);
  return {
    severity: 'info',
    code: 'spans-large',
    what: `A span has about ${kilobytes(bytes)}; the largest tags are ${largest
      .map(({ key }) => key)
      .join(', ')}.`,
    whatToDo: setupFindingCatalog['spans-large'].whatToDo,
    evidence: evidenceOf(
      ['bytes-per-span', bytes, 'bytes'],
      ['span-count', inspection.spanCount, 'count'],
      ...largest.flatMap(({ key, byteCount, spanCount }) => [
        ['tag', key, 'text'] as const,
        ['bytes-of-tag', byteCount / spanCount, 'bytes'] as const,
      ]),
    ),
    mends: [],
  };
}

function kilobytes(bytes: number): string {
  return `${Number((bytes / 1000).toPrecision(2))} kB`;
}
