import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { assertLoopback, sendRequest } from './sendRequest';
import type { TrafficSettings } from './TrafficSettings';

const MAX_OPEN_REQUESTS = 64;
const TENANTS = ['acme', 'globex', 'initech'];

/**
 * Sends a steady number of requests per second, in turn to each address, until
 * the time is over or the signal comes. Requests that would exceed the limit
 * of open ones are left out, so that a slow mesh isn't pushed further.
 *
 * @returns how many requests were answered, by status
 */
export async function steadyTraffic(
  settings: TrafficSettings,
  signal: AbortSignal,
): Promise<Record<string, number>> {
  const { urls, requestsPerSecond, seconds } = settings;
  urls.forEach(assertLoopback);
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_OPEN_REQUESTS });
  const statuses: Record<string, number> = {};
  const open = new Set<Promise<void>>();
  const startMs = Date.now();
  const total = Math.round(requestsPerSecond * seconds);
  for (let sent = 0; sent < total && !signal.aborted; sent += 1) {
    const dueMs = startMs + (sent * 1000) / requestsPerSecond;
    await delay(Math.max(0, dueMs - Date.now()), undefined, {
      signal,
    }).catch(() => undefined);
    const url = urls[sent % urls.length];
    if (url && open.size < MAX_OPEN_REQUESTS && !signal.aborted) {
      const tenant = TENANTS[sent % TENANTS.length] ?? 'acme';
      const request = sendRequest(url, agent, { 'x-tenant': tenant })
        .then(({ status }) => {
          statuses[status] = (statuses[status] ?? 0) + 1;
        })
        .finally(() => open.delete(request));
      open.add(request);
    }
  }
  await Promise.all(open);
  agent.destroy();
  return statuses;
}
