import {
  JaegerTraceStore,
  type JaegerStoreConfig,
} from 'backstage-plugin-mesh-tracing-backend/src/tracestore';
import type { CheckList } from '../checks/CheckList';
import { quietLogger } from '../checks/quietLogger';
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

/** The product's own store on this lab. */
export function productStore(
  { endpoints }: { endpoints: LabEndpoints },
  settings: Partial<JaegerStoreConfig> = {},
): JaegerTraceStore {
  return JaegerTraceStore.create(
    { name: 'production', url: endpoints.jaegerQuery, ...settings },
    quietLogger,
  );
}
