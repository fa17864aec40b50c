import { setTimeout as delay } from 'node:timers/promises';
import { sendRequests } from '../traffic/sendRequests';

const PAUSE_MS = 200;
const AT_ONCE = 4;

/** Sends some twenty requests a second until it is stopped. */
export function steadyTraffic(url: string): { stop(): Promise<void> } {
  const controller = new AbortController();
  const { signal } = controller;
  const work = (async () => {
    while (!signal.aborted) {
      await sendRequests({ url, count: AT_ONCE, concurrency: AT_ONCE, signal });
      await delay(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  })();
  return {
    stop: async () => {
      controller.abort();
      await work;
    },
  };
}
