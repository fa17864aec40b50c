import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { httpGet } from '../../process/httpGet';
import { sendRequests } from '../../traffic/sendRequests';
import type { MeshLab } from './MeshLab';

/**
 * With the lab's 20 %, all of them untraced is a matter of chance once in two
 * million times.
 */
export const REQUESTS = 65;
const LIMIT_MS = 20_000;
const POLL_MS = 100;
/** Envoy sends spans every 250 ms. */
const ARRIVED_MS = 700;

/** The way in on which requests are sent. */
export type Way = 'frontend' | 'gateway';

/** While a proxy takes a new listener, or a program starts anew, one may be cut off. */
const MOST_CUT_OFF = 0.02;

/**
 * Sends requests, of which nearly all must be answered.
 *
 * @returns the moment before the first, milliseconds since the epoch
 */
export async function sendPages(
  lab: MeshLab,
  way: Way = 'frontend',
  count = REQUESTS,
): Promise<number> {
  const sinceMs = Date.now();
  const { statuses } = await sendRequests({ url: lab.endpoints[way], count });
  if ((statuses['200'] ?? 0) < count * (1 - MOST_CUT_OFF)) {
    throw new Error(`Pages were answered with ${JSON.stringify(statuses)}.`);
  }
  return sinceMs;
}

const answer = z.object({
  data: z
    .array(
      z.object({
        processes: z.record(z.string(), z.object({ serviceName: z.string() })),
      }),
    )
    .nullable(),
});

/** The services of each trace that Jaeger itself has of a service since a moment. */
export async function tracesInJaeger(
  lab: MeshLab,
  service: string,
  sinceMs: number,
): Promise<Array<Set<string>>> {
  const query = new URLSearchParams({
    service,
    start: String(sinceMs * 1000),
    end: String((Date.now() + 1000) * 1000),
    limit: '500',
  });
  const { status, body } = await httpGet(
    `${lab.endpoints.jaegerQuery}/api/traces?${query}`,
  );
  if (status !== 200) return [];
  const { data } = answer.parse(JSON.parse(body));
  return (data ?? []).map(
    ({ processes }) =>
      new Set(Object.values(processes).map(({ serviceName }) => serviceName)),
  );
}

/**
 * Waits until requests are answered and none of them is traced, as Jaeger says it.
 *
 * @throws Error when traces go on
 */
export async function untilNoTraces(
  lab: MeshLab,
  service: string,
  way: Way,
): Promise<string> {
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const sinceMs = await sendPages(lab, way);
    await delay(ARRIVED_MS);
    const { length: found } = await tracesInJaeger(lab, service, sinceMs);
    if (found === 0) return `none of ${REQUESTS} requests is traced`;
    if (Date.now() > deadline) {
      throw new Error(`${found} of ${REQUESTS} requests are still traced.`);
    }
  }
}

/** What is asked of the product: a component, and whose spans must be there. */
export interface Wanted {
  entity: string;
  service: string;
  way: Way;
}

/**
 * Sends requests until the product itself shows traces of them.
 *
 * @throws Error with the product's last words when it shows none
 */
export async function untilTraces(
  lab: MeshLab,
  { entity, service, way }: Wanted,
): Promise<string> {
  const deadline = Date.now() + LIMIT_MS;
  let last = 'nothing was asked';
  while (Date.now() < deadline) {
    const startTimeMs = await sendPages(lab, way);
    // As a person looks again: the product asks the store for its names anew.
    await lab.portal.ask('diagnosis', { entity, query: { startTimeMs } });
    const roundMs = Date.now() + 2_500;
    while (Date.now() < roundMs) {
      try {
        const { traces, services } = await lab.portal.ask('traces', {
          entity,
          query: { startTimeMs, endTimeMs: Date.now() + 1000 },
        });
        const own = traces.filter(trace =>
          trace.services.some(({ name }) => name === service),
        );
        if (own.length > 0) return `${own.length} traces`;
        last = `no trace of ${services.join(', ')}`;
      } catch (error) {
        last = error instanceof Error ? error.message : String(error);
      }
      await delay(POLL_MS);
    }
  }
  throw new Error(`The product shows no traces of ${entity}: ${last}`);
}
