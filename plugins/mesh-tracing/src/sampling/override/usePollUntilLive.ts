import type { TracingResponse } from 'backstage-plugin-mesh-tracing-common';
import { useEffect, useRef } from 'react';

/** How often to look, milliseconds. */
const POLL_MS = 1_000;
/** How often at most after a change of which nothing is seen yet. */
const POLLS_AFTER_CHANGE = 15;

/**
 * Looks again and again while a change is on its way: the watch of the cluster
 * needs a moment to see what was written, and the proxies to accept it.
 *
 * @param changes how many changes were made on this page
 */
export function usePollUntilLive(
  tracing: TracingResponse | undefined,
  changes: number,
  reload: () => void,
): void {
  const onItsWay = tracing?.workloads.some(
    ({ override, acceptance }) =>
      override && (!override.live || acceptance?.state === 'pending'),
  );
  const left = useRef(0);
  useEffect(() => {
    left.current = changes > 0 ? POLLS_AFTER_CHANGE : 0;
  }, [changes]);
  useEffect(() => {
    if (!onItsWay && left.current === 0) {
      return undefined;
    }
    const timer = setTimeout(() => {
      left.current = Math.max(0, left.current - 1);
      reload();
    }, POLL_MS);
    return () => clearTimeout(timer);
  }, [onItsWay, tracing, changes, reload]);
}
