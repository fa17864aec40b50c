import { randomInt } from 'node:crypto';
import {
  inspectTraces,
  mergeInspections,
  type InspectionRequest,
  type SpanInspection,
  type TraceQuery,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceReadOptions,
  TraceStore,
} from 'backstage-plugin-mesh-tracing-node';
import pLimit from 'p-limit';
import { callTraceStore, readOptionsOf } from '../tracestore';
import type { EntityContext } from '../shared/EntityContext';
import { subjectOf, type EntityAnalysis } from '../traces';
import { equalParts } from './equalParts';

/** Parts of the window that are looked at, each with as many requests. */
const PARTS = 12;
/** Traces of all parts together, the newest of each. */
const TRACES = 240;
/** A store that hands out traces one by one is asked for fewer. */
const ONE_BY_ONE = 48;
const AT_ONCE = 2;

/** Of this process: numbers that stand for values can't be compared with guesses. */
const SALT = randomInt(2 ** 31);

/**
 * What the entity's spans are like, in some traces from all over the window. The
 * store's worker threads look where it has such.
 *
 * @throws what the store throws; the reason of the signal
 */
export async function inspectEntity(
  context: EntityContext,
  analysed: EntityAnalysis,
  searched: readonly string[],
): Promise<SpanInspection> {
  const { store, window, services, analysis } = analysed;
  const subject = subjectOf(context, services, searched);
  const request: InspectionRequest = { subject, salt: SALT };
  const options = readOptionsOf(context);
  const limit = pLimit(AT_ONCE);
  const parts = equalParts(window, analysis.latency.series.points, PARTS);
  const perPart = (traces: number) => Math.ceil(traces / parts.length);
  const found = await Promise.all(
    parts.map(part =>
      limit(async () => {
        options.signal?.throwIfAborted();
        const query = { services: [...searched], subject, ...part };
        return callTraceStore(
          store,
          s =>
            s.inspect
              ? s.inspect(
                  { ...query, limit: perPart(TRACES) },
                  request,
                  options,
                )
              : oneByOne(
                  s,
                  { ...query, limit: perPart(ONE_BY_ONE) },
                  request,
                  options,
                ),
          options.signal,
        );
      }),
    ),
  );
  return mergeInspections(found);
}

async function oneByOne(
  store: TraceStore,
  query: TraceQuery,
  request: InspectionRequest,
  options: TraceReadOptions,
): Promise<SpanInspection> {
  const { traces } = await store.search(query, options);
  const parts: SpanInspection[] = [];
  for (const { traceId, startTimeMs, durationUs } of traces) {
    options.signal?.throwIfAborted();
    const hint = { startTimeMs, endTimeMs: startTimeMs + durationUs / 1000 };
    const trace = await store.trace(traceId, hint, options);
    parts.push(inspectTraces(trace ? [trace] : [], request));
  }
  return mergeInspections(parts);
}
