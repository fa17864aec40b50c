import { performance } from 'node:perf_hooks';
import type {
  TraceReadOptions,
  TraceStoreStatus,
} from 'backstage-plugin-mesh-tracing-node';
import type { JaegerStoreConfig } from '../config/JaegerStoreConfig';
import { lookAtAddress } from '../connection/lookAtAddress';
import type { StoreConnection } from '../connection/StoreConnection';
import { wantsTenant } from '../connection/wantsTenant';
import { statusOfFailure } from '../problems/statusOfFailure';
import type { StoreNames } from './StoreNames';

/** Problems of which a look at the address tells more. */
const ADDRESS_PROBLEMS: ReadonlySet<string> = new Set([
  'no-dialect',
  'unexpected-answer',
  'dialect-missing',
  'redirects-away',
  'redirects-in-circles',
  'request-refused',
]);

/**
 * How a store stands now: nothing that was remembered counts but its dialect.
 *
 * @throws only the reason of the signal
 */
export async function readStatus(
  of: {
    config: JaegerStoreConfig;
    connection: StoreConnection;
    names: StoreNames;
  },
  options: TraceReadOptions,
): Promise<TraceStoreStatus> {
  const { config, connection, names } = of;
  const header = (config.tenant?.header ?? 'x-tenant').toLowerCase();
  const tenant = config.tenant && { header, value: config.tenant.value };
  const about = () => ({
    ...clockOf(connection),
    ...(tenant ? { tenant } : {}),
  });
  try {
    const { search } = await connection.dialect.abilities();
    const startedAt = performance.now();
    const services = await names.servicesNow(options);
    const latencyMs = performance.now() - startedAt;
    const version = await connection.version(options);
    const status = {
      reachable: true,
      dialect: search,
      ...(version ? { version } : {}),
      latencyMs,
      serviceCount: services.length,
      ...about(),
    };
    return tenant && services.length === 0
      ? {
          ...status,
          tenant: { ...tenant, isEnforced: await wantsTenant(config, options) },
        }
      : status;
  } catch (error) {
    options.signal?.throwIfAborted();
    const status = { ...statusOfFailure(error), ...about() };
    const { problem } = status;
    return problem && ADDRESS_PROBLEMS.has(problem.code)
      ? {
          ...status,
          problem: {
            ...problem,
            ...(await lookAtAddress(config, problem, options)),
          },
        }
      : status;
  }
}

function clockOf({
  clock,
}: StoreConnection): Pick<TraceStoreStatus, 'clockAheadMs' | 'clockErrorMs'> {
  return clock
    ? { clockAheadMs: clock.aheadMs, clockErrorMs: clock.errorMs }
    : {};
}
