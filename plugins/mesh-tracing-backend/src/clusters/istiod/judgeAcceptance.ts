import type {
  ProxyAcceptance,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { ListenerSync } from './syncStatus';

/**
 * How long it may take until istiod sends a change: it collects changes for at most
 * 10 seconds (Istio: `PILOT_DEBOUNCE_MAX`). A proxy that was sent nothing by then is
 * not affected by the change.
 */
const PUSH_WITHIN_MS = 15_000;
const MAX_BEHIND = 20;
const MAX_MESSAGE = 500;

type Behind = ProxyAcceptance['behind'][number];

/**
 * Whether the proxies of a workload accepted what istiod sent them.
 *
 * @param proxies - by `pod.namespace`
 * @param times.changedAtMs - when the Telemetry was changed; a push from before does
 *   not show yet whether the change is accepted
 */
export function judgeAcceptance(
  workload: Pick<Workload, 'namespace' | 'pods'>,
  proxies: ReadonlyMap<string, ListenerSync>,
  times: { nowMs: number; changedAtMs?: number },
): ProxyAcceptance {
  const behind: Behind[] = [];
  let connected = 0;
  let accepted = 0;
  for (const { name } of workload.pods) {
    const sync = proxies.get(`${name}.${workload.namespace}`);
    if (sync?.sent) {
      connected++;
      const lag = lagOf(name, sync, times);
      if (lag) {
        behind.push(lag);
      } else {
        accepted++;
      }
    }
  }
  behind.sort((a, b) => Number(b.refused) - Number(a.refused));
  return {
    ...stateOf(workload.pods.length, connected, behind),
    proxies: workload.pods.length,
    accepted,
    behind: behind.slice(0, MAX_BEHIND),
  };
}

function stateOf(
  pods: number,
  connected: number,
  behind: Behind[],
): Pick<ProxyAcceptance, 'state' | 'message'> {
  if (behind.some(({ refused }) => refused)) {
    return { state: 'refused' };
  }
  if (behind.length > 0) {
    return { state: 'pending' };
  }
  return connected === pods && pods > 0
    ? { state: 'accepted' }
    : {
        state: 'unknown',
        message: `${connected} of ${pods} proxies are connected to the istiod that was asked.`,
      };
}

function lagOf(
  pod: string,
  { sent, acked, sentAtMs, error }: ListenerSync,
  { nowMs, changedAtMs }: { nowMs: number; changedAtMs?: number },
): Behind | undefined {
  const sentAt =
    sentAtMs === undefined ? {} : { sentAt: new Date(sentAtMs).toISOString() };
  if (sent !== acked) {
    return {
      pod,
      refused: error !== undefined,
      ...sentAt,
      ...(error && { message: error.trim().slice(0, MAX_MESSAGE) }),
    };
  }
  const isUnsent =
    changedAtMs !== undefined &&
    sentAtMs !== undefined &&
    sentAtMs < changedAtMs &&
    nowMs - changedAtMs < PUSH_WITHIN_MS;
  return isUnsent ? { pod, refused: false, ...sentAt } : undefined;
}
