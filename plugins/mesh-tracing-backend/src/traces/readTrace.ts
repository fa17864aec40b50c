import { setImmediate } from 'node:timers/promises';
import {
  findTraceInsights,
  rowsOfTrace,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceReading,
  TraceReadOptions,
  TraceStore,
} from 'backstage-plugin-mesh-tracing-node';
import type { TimeWindow } from './resolveWindow';

/** One trace span by span, also from a store that hands it out as a whole. */
export async function readTrace(
  store: TraceStore,
  traceId: string,
  hint: TimeWindow | undefined,
  options: TraceReadOptions,
): Promise<TraceReading | undefined> {
  if (store.readTrace) {
    return store.readTrace(traceId, hint, options);
  }
  const trace = await store.trace(traceId, hint, options);
  if (!trace) {
    return undefined;
  }
  const read = rowsOfTrace(trace);
  return {
    head: read.head,
    ...(trace.cut ? { cut: trace.cut } : {}),
    async *rows() {
      for (const rows of read.rows()) {
        yield rows;
        await setImmediate();
      }
    },
    insights: async () => trace.insights ?? findTraceInsights(trace),
  };
}
