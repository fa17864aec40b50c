import type { RetentionInput } from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../shared/EntityContext';
import { callTraceStore, readOptionsOf } from '../tracestore';
import type { EntityAnalysis } from '../traces';

/** Other names that are asked for; each takes two searches for one trace. */
const MOST_NAMES = 5;

/**
 * Whether other services of the store have traces of the window's part before the
 * entity's oldest. Only that is told of them, and only to compare.
 *
 * @throws what the store throws; the reason of the signal
 */
export async function olderTraces(
  context: EntityContext,
  { store, services, window }: EntityAnalysis,
  oldestTraceMs: number,
): Promise<RetentionInput['others']> {
  const options = readOptionsOf(context);
  const names = await callTraceStore(
    store,
    s => s.services(options),
    options.signal,
  );
  const others = names.filter(name => !services.includes(name));
  const step = Math.max(1, Math.floor(others.length / MOST_NAMES));
  let askedCount = 0;
  for (const name of others
    .filter((_, i) => i % step === 0)
    .slice(0, MOST_NAMES)) {
    const has = (startTimeMs: number, endTimeMs: number) =>
      callTraceStore(
        store,
        async s => {
          const query = { services: [name], startTimeMs, endTimeMs, limit: 1 };
          return (await s.search(query, options)).traces.length > 0;
        },
        options.signal,
      );
    if (await has(window.startTimeMs, Math.floor(oldestTraceMs) - 1)) {
      return { askedCount: askedCount + 1, haveOlder: true };
    }
    askedCount += (await has(Math.floor(oldestTraceMs), window.endTimeMs))
      ? 1
      : 0;
  }
  return { askedCount, haveOlder: false };
}
