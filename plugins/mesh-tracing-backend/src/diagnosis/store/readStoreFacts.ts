import {
  ANNOTATION_TRACE_STORE,
  shortened,
  type NoStoreFacts,
  type StoreFacts,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceReadOptions,
  TraceStore,
  TraceStoreStatus,
} from 'backstage-plugin-mesh-tracing-node';
import { errorText } from '../../shared/errorText';
import { sanitizeMessage } from '../../shared/sanitizeMessage';
import type { LadderSubject } from '../RungSource';
import { isTimeUp, SOURCE_LIMIT_MS, within, type Told } from '../within';

/** How a store stands, by what it tells of itself, else by whether it lists services. */
export async function readStatus(
  store: TraceStore,
  options: TraceReadOptions,
): Promise<Told<TraceStoreStatus>> {
  return within(async signal => {
    const limited = { ...options, signal };
    const status = await store.status?.(limited);
    if (status) {
      return status;
    }
    const services = await store.services(limited);
    return { reachable: true, serviceCount: services.length };
  }, options.signal);
}

/** What the judge of the store needs. */
export function storeFactsOf(
  store: TraceStore,
  told: Told<TraceStoreStatus>,
  atMs: number,
): StoreFacts {
  const { name } = store;
  if ('error' in told) {
    return { name, atMs, problem: problemOf(name, told.error) };
  }
  const { clockAheadMs, clockErrorMs, dialect, latencyMs, tenant } = told.value;
  const { serviceCount, version } = told.value;
  return {
    name,
    atMs,
    ...(told.value.reachable ? {} : { problem: ofStatus(name, told.value) }),
    dialect,
    version,
    latencyMs,
    serviceCount,
    clockAheadMs,
    clockErrorMs,
    ...(tenant
      ? { tenant: { header: tenant.header, isEnforced: tenant.isEnforced } }
      : {}),
  };
}

function ofStatus(
  name: string,
  { message, problem, whatToDo }: TraceStoreStatus,
): NonNullable<StoreFacts['problem']> {
  return {
    ...(problem
      ? {
          code: problem.code,
          failure: problem.failure,
          status: problem.status,
          host: problem.host,
          isSameHost: problem.isSameHost,
          settings: problem.settings,
          standsThere: problem.standsThere,
          answersAtPath: problem.answersAtPath,
          pathInUrl: problem.pathInUrl,
        }
      : { code: 'other' }),
    message: sanitizeMessage(message ?? `Trace store '${name}' can't be used`),
    ...(whatToDo ? { whatToDo: sanitizeMessage(whatToDo) } : {}),
  };
}

function problemOf(
  name: string,
  error: unknown,
): NonNullable<StoreFacts['problem']> {
  const isLate = isTimeUp(error);
  return isLate
    ? {
        code: 'timed-out',
        message: `Trace store '${name}' did not answer within ${
          SOURCE_LIMIT_MS / 1_000
        } s`,
        whatToDo: 'look at the load of the store and of its storage',
      }
    : { code: 'other', message: sanitizeMessage(errorText(error)) };
}

/** Why no store could be chosen for the subject. */
export function noStoreFacts(
  { context, workload }: LadderSubject,
  known: string[],
  atMs: number,
): NoStoreFacts {
  const named = context.entity.metadata.annotations?.[ANNOTATION_TRACE_STORE];
  const reason = named ? 'unknown-name' : 'several';
  return {
    reason: known.length === 0 ? 'none' : reason,
    ...(named ? { named: shortened(named) } : {}),
    known,
    cluster: workload.cluster,
    atMs,
  };
}
