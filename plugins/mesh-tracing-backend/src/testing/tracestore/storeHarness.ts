import { mockLogger } from '../services/mockLogger';

import type { TraceSearchResult } from 'backstage-plugin-mesh-tracing-node';
import type { JaegerStoreConfig } from '../../tracestore/config/JaegerStoreConfig';
import { JaegerTraceStore } from '../../tracestore/JaegerTraceStore';
import { MisbehavingServer, type Handler } from './MisbehavingServer';
import { wholeWindow } from './traces';

const stops: Array<() => Promise<void>> = [];

/** Shared by all stores of a test file. */
export const logger = mockLogger();

/** A server that {@link stopAll} stops. */
export async function serve(handler: Handler): Promise<MisbehavingServer> {
  const server = await MisbehavingServer.start(handler);
  stops.push(() => server.stop());
  return server;
}

/** A store at a server, which {@link stopAll} stops. */
export function storeAt(
  server: MisbehavingServer,
  config: Partial<JaegerStoreConfig> = {},
  now?: () => number,
): JaegerTraceStore {
  const store = JaegerTraceStore.create(
    { name: 'main', url: server.url, ...config },
    logger,
    { now },
  );
  stops.push(() => store.stop());
  return store;
}

/** To be called after each test. */
export async function stopAll(): Promise<void> {
  await Promise.all(stops.splice(0).map(stop => stop()));
}

/** A failure in the words of Jaeger's legacy API. */
export function legacyJson(msg: string, code: number): string {
  return JSON.stringify({ data: null, total: 0, errors: [{ code, msg }] });
}

/** Any search, of the legacy API unless told otherwise. */
export async function searchAt(
  handler: Handler,
  config: Partial<JaegerStoreConfig> = {},
): Promise<TraceSearchResult> {
  const store = storeAt(await serve(handler), { dialect: 'legacy', ...config });
  return store.search({ services: ['a'], ...wholeWindow(60), limit: 100 });
}
