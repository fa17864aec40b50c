import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  JaegerTraceStore,
  type JaegerStoreConfig,
  type PrometheusConfig,
} from 'backstage-plugin-mesh-tracing-backend/src/tracestore';

/** Where nothing listens: figures from Prometheus need no Jaeger. */
const NOWHERE = 'http://127.0.0.1:1';

function loggerOf(lines: string[]): LoggerService {
  const keep = (message: string | Error) => {
    lines.push(String(message));
  };
  const logger: LoggerService = {
    error: keep,
    warn: keep,
    info: keep,
    debug: keep,
    child: () => logger,
  };
  return logger;
}

/**
 * Asks a trace store of the product, which then lets go of its connections.
 *
 * @param logged - takes what the store logs
 */
export async function withStore<T>(
  config: Omit<JaegerStoreConfig, 'name'>,
  ask: (store: JaegerTraceStore) => Promise<T>,
  logged: string[] = [],
): Promise<T> {
  const store = JaegerTraceStore.create(
    { name: 'checked', ...config },
    loggerOf(logged),
  );
  try {
    return await ask(store);
  } finally {
    await store.stop();
  }
}

/** Asks a trace store whose metrics are in a Prometheus. */
export function withPrometheus<T>(
  prometheus: PrometheusConfig,
  ask: (store: JaegerTraceStore) => Promise<T>,
): Promise<T> {
  return withStore({ url: NOWHERE, prometheus }, ask);
}
