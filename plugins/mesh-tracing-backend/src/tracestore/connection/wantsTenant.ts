import type { TraceReadOptions } from 'backstage-plugin-mesh-tracing-node';
import type { JaegerStoreConfig } from '../config/JaegerStoreConfig';
import { judgeResponse } from '../dialects/judgeResponse';
import { StoreHttpClient } from '../http/StoreHttpClient';
import { problemIn } from '../problems/StoreError';

/**
 * Whether a store refuses who names no tenant. One that doesn't keeps no tenants
 * apart, whatever header it is sent.
 *
 * @throws only the reason of the signal
 */
export async function wantsTenant(
  config: JaegerStoreConfig,
  options: TraceReadOptions,
): Promise<boolean> {
  const client = StoreHttpClient.create({ ...config, tenant: undefined });
  try {
    const response = await client.get('/api/services', options);
    judgeResponse(config.name, response);
    return false;
  } catch (error) {
    options.signal?.throwIfAborted();
    return problemIn(error, 'tenant-missing') !== undefined;
  } finally {
    await client.close();
  }
}
