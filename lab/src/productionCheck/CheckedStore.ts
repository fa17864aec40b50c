import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  JaegerTraceStore,
  type JaegerStoreConfig,
} from 'backstage-plugin-mesh-tracing-backend/src/tracestore';
import type { CheckList } from '../checks/CheckList';
import type { LabEndpoints } from '../lifecycle/labStatus';

/** A production lab whose trace store is checked. */
export interface CheckedStore {
  checks: CheckList;
  lab: string;
  endpoints: LabEndpoints;
  production: NonNullable<LabEndpoints['production']>;
  /** Of the load while parts are killed. */
  tracesPerSecond: number;
}

function quietLogger(): LoggerService {
  const logger: LoggerService = {
    error: () => {},
    warn: () => {},
    info: () => {},
    debug: () => {},
    child: () => logger,
  };
  return logger;
}

/** The product's own store on this lab. */
export function productStore(
  { endpoints }: { endpoints: LabEndpoints },
  settings: Partial<JaegerStoreConfig> = {},
): JaegerTraceStore {
  return JaegerTraceStore.create(
    { name: 'production', url: endpoints.jaegerQuery, ...settings },
    quietLogger(),
  );
}
