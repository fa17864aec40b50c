import { setImmediate } from 'node:timers/promises';
import type { Span } from 'backstage-plugin-mesh-tracing-common';
import type {
  StoredTrace,
  TraceReading,
} from 'backstage-plugin-mesh-tracing-node';

/** All of a trace as objects, read in several turns of the event loop. */
export async function wholeTrace(reading: TraceReading): Promise<StoredTrace> {
  const { head, cut } = reading;
  const { traceId, startTimeUs, durationUs, warnings } = head;
  const spans: Span[] = [];
  for await (const { bytes } of reading.rows()) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    for (const span of JSON.parse(`[${text}]`) as Span[]) {
      spans.push(span);
    }
    await setImmediate();
  }
  const insights = await reading.insights();
  const trace = { traceId, startTimeUs, durationUs, spans, warnings };
  return { ...trace, insights, ...(cut ? { cut } : {}) };
}
