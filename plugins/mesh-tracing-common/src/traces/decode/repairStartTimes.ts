import type { RawSpan } from './RawSpan';
import { isTime, type Timestamp } from './time';

/**
 * Gives spans without a start time that of their nearest ancestor with one, or
 * the start of the trace, so that they neither vanish nor stretch the trace.
 */
export function repairStartTimes(
  spans: RawSpan[],
  traceStart: Timestamp,
  warnings: string[],
): void {
  const broken = spans.filter(span => !isTime(span.start));
  if (broken.length === 0) {
    return;
  }
  const byId = new Map(spans.map(span => [span.spanId, span]));
  for (const span of broken) {
    const path: RawSpan[] = [];
    const seen = new Set<RawSpan>();
    let current: RawSpan | undefined = span;
    while (current && !isTime(current.start) && !seen.has(current)) {
      seen.add(current);
      path.push(current);
      current = current.parentSpanId
        ? byId.get(current.parentSpanId)
        : undefined;
    }
    const start = current && isTime(current.start) ? current.start : traceStart;
    for (const item of path) {
      item.start = start;
    }
  }
  warnings.push(
    `${broken.length} spans have no start time; they are shown at the start of their parent`,
  );
}
