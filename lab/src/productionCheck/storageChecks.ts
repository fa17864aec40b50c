import type { CheckList } from '../checks/CheckList';
import type { LabEndpoints } from '../lifecycle/labStatus';
import { checkEveryTraceOnce } from '../traceCheck/everyTraceOnce';
import { checkSampledHour } from '../traceCheck/sampledHour';
import { productStore } from './CheckedStore';

/** A Jaeger whose storage has an order of its own. */
export interface CheckedStorage {
  checks: CheckList;
  /** Its name, for the report. */
  storage: string;
  endpoints: LabEndpoints;
}

/**
 * What depends on which traces a storage returns when there are more than the limit:
 * samples of a window, and its pages.
 */
export async function checkStorage(options: CheckedStorage): Promise<void> {
  const { checks, storage, endpoints } = options;
  const collectors = endpoints.production?.collectors ?? [endpoints.otlpHttp];
  const store = productStore(options);
  try {
    await checkSampledHour({
      checks,
      storage,
      otlpHttp: collectors[0] ?? endpoints.otlpHttp,
      store,
    });
  } finally {
    await store.stop();
  }
  await checkEveryTraceOnce({
    checks,
    storage,
    collectors,
    jaegerQuery: endpoints.jaegerQuery,
    storeOf: dialect => productStore(options, { dialect }),
  });
}
