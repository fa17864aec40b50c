import type { RawSpan } from './RawSpan';

function isSameSpan(a: RawSpan, b: RawSpan): boolean {
  return (
    a.start.us === b.start.us &&
    a.start.ns === b.start.ns &&
    a.durationUs === b.durationUs &&
    a.operation === b.operation &&
    a.service === b.service &&
    a.kind === b.kind &&
    JSON.stringify(sourceOf(a)) === JSON.stringify(sourceOf(b))
  );
}

function sourceOf({ scope, resource }: RawSpan): unknown {
  return [scope, resource];
}

/**
 * Makes the ids of a trace's spans unique. A span that was sent twice is dropped.
 * A server span that shares its id with its client span (Zipkin) becomes the
 * client's child and takes over its children. Any other span with a used id is
 * renamed; children stay with the first.
 */
export function deduplicateSpans(
  spans: RawSpan[],
  warnings: string[],
): RawSpan[] {
  const byId = new Map<string, RawSpan[]>();
  const kept: RawSpan[] = [];
  const sharedIds = new Map<string, string>();
  let dropped = 0;
  for (const span of spans) {
    const namesakes = byId.get(span.spanId);
    if (!namesakes) {
      byId.set(span.spanId, [span]);
      kept.push(span);
    } else if (namesakes.some(other => isSameSpan(other, span))) {
      dropped += 1;
    } else {
      namesakes.push(span);
      kept.push(span);
    }
  }
  for (const [id, namesakes] of byId) {
    if (namesakes.length > 1) {
      renameNamesakes(id, namesakes, sharedIds);
    }
  }
  for (const span of sharedIds.size > 0 ? kept : []) {
    const server = span.parentSpanId && sharedIds.get(span.parentSpanId);
    if (server && span.spanId !== server) {
      span.parentSpanId = server;
    }
  }
  if (dropped > 0) {
    warnings.push(`${dropped} spans were sent twice; the copies were dropped`);
  }
  return kept;
}

function renameNamesakes(
  id: string,
  namesakes: RawSpan[],
  sharedIds: Map<string, string>,
): void {
  const client = namesakes.find(span => span.kind === 'client');
  const server = namesakes.find(span => span.kind === 'server');
  const shared = namesakes.length === 2 && client && server;
  const first = shared ? client : namesakes[0];
  let count = 0;
  for (const span of namesakes) {
    if (span !== first) {
      count += 1;
      span.spanId = `${id}_${count}`;
      if (!shared) {
        span.warnings.push(`Another span of this trace has the id ${id}`);
      }
    }
  }
  if (shared) {
    server.parentSpanId = id;
    delete server.followsFrom;
    sharedIds.set(id, server.spanId);
  }
}
