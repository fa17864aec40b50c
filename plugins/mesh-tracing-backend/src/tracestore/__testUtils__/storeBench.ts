import { mockServices } from '@backstage/backend-test-utils';
import type { JaegerStoreConfig } from '../JaegerStoreConfig';
import { JaegerTraceStore } from '../JaegerTraceStore';
import { MisbehavingServer, type Handler } from './MisbehavingServer';

const stops: Array<() => Promise<void>> = [];

/** Shared by all stores of a test file. */
export const logger = mockServices.logger.mock();

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
): JaegerTraceStore {
  const store = JaegerTraceStore.create(
    { name: 'main', url: server.url, ...config },
    logger,
  );
  stops.push(() => store.stop());
  return store;
}

/** To be called after each test. */
export async function stopAll(): Promise<void> {
  await Promise.all(stops.splice(0).map(stop => stop()));
}
