import type {
  StoreDependency,
  TraceReadOptions,
} from 'backstage-plugin-mesh-tracing-node';
import type { StoreConnection } from '../connection/StoreConnection';
import { readDependencies } from '../dialects/readAnswers';
import { saysThatThereIsNone } from '../problems/saysThatThereIsNone';

/** Where the edges of a window are asked for; milliseconds since the epoch. */
export function dependenciesPath(window: {
  startTimeMs: number;
  endTimeMs: number;
}): string {
  const endTs = Math.round(window.endTimeMs);
  const lookback = Math.max(1, Math.round(endTs - window.startTimeMs));
  return `/api/dependencies?endTs=${endTs}&lookback=${lookback}`;
}

/** The store's own dependency index; undefined if it has none. */
export async function fetchDependencies(
  connection: StoreConnection,
  path: string,
  options: TraceReadOptions,
): Promise<StoreDependency[] | undefined> {
  try {
    const json = await connection.getJson(path, options);
    return json === undefined ? undefined : readDependencies(json);
  } catch (error) {
    if (saysThatThereIsNone(error)) {
      return undefined;
    }
    throw error;
  }
}
