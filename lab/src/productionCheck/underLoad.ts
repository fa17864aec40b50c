import { labPaths, layoutOf, readLabState } from '../lifecycle/LabState';
import type { LabLayout } from '../layout/LabLayout';
import { countedRequests } from './countedRequests';
import type { CheckedStore } from './CheckedStore';
import { ProxyLoad } from './ProxyLoad';
import { KnownLoad, type LoadPace, type LoadResult } from './KnownLoad';
import { StoredDocuments, type SpanCount } from './StoredDocuments';
import { StoreWatch, type SettledWindow, type WatchResult } from './StoreWatch';
import { waitForGreen } from './storageHealth';

/** What a kill under load brought about. */
export interface KillResult {
  load: LoadResult;
  /** Of what was sent straight to the collectors. */
  spans: SpanCount;
  /** Of what the Envoys sent. */
  proxies: { requests: number; reported: number; found: number };
  watch: WatchResult;
  /** When the storage had all of its nodes and copies again. */
  greenMs: number;
  documents: StoredDocuments;
}

/** Where a lab listens. */
export function layoutOfLab(name: string): LabLayout {
  const state = readLabState(labPaths(name).folder);
  if (!state) {
    throw new Error(`The lab ${name} is down.`);
  }
  return layoutOf(state);
}

/** Envoys send within 250 ms, Jaeger writes within 200, a refresh takes a second. */
const SETTLE_MS = 4_000;

const delay = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/**
 * Sends known spans and requests while something is killed, and counts.
 *
 * @param work - kills and brings back; the load goes on for a moment after it
 */
export async function underLoad(
  checked: CheckedStore,
  window: SettledWindow,
  work: () => Promise<void>,
  pace: LoadPace = {
    tracesPerSecond: checked.tracesPerSecond,
    tracesPerBatch: 5,
  },
): Promise<KillResult> {
  const { endpoints, lab, production } = checked;
  const sinceMs = Date.now() - 1000;
  const before = await countedRequests(endpoints);
  const load = KnownLoad.start(production.collectors, layoutOfLab(lab), pace);
  const requests = ProxyLoad.start(endpoints.frontend);
  const watch = StoreWatch.start(checked, window);
  try {
    await delay(3_000);
    await work();
    await delay(2_000);
  } finally {
    await requests.end();
  }
  const loaded = await load.end();
  await waitForGreen(production.storage);
  const greenMs = Date.now();
  await delay(SETTLE_MS);
  const watched = await watch.end();
  const [node = ''] = production.storage;
  const documents = await StoredDocuments.read(node, sinceMs);
  return {
    load: loaded,
    spans: documents.count(loaded.acknowledged),
    proxies: {
      requests: requests.traceIds.length,
      reported: (await countedRequests(endpoints)) - before,
      found: documents.spansOf(requests.traceIds),
    },
    watch: watched,
    greenMs,
    documents,
  };
}
