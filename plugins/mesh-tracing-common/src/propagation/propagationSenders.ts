import {
  ownerOfParty,
  partyBelongsTo,
  type Sender,
  type SpanTable,
  type TraceSubject,
} from '../traces';
import type { CallerName } from './propagationRows';
import type { WorkloadPropagation } from './model';
import { ANYWHERE } from './ServedRequests';

/** Workloads of a subject, each once, however many names it has. */
export function workloadsOf({
  workloads,
}: TraceSubject): Array<WorkloadPropagation['workload']> {
  const seen = new Map(
    workloads.map(({ clusterId, namespace, name }) => [
      keyOf({ clusterId, namespace, name }),
      { ...(clusterId ? { clusterId } : {}), namespace, name },
    ]),
  );
  return [...seen.values()];
}

function keyOf(workload: WorkloadPropagation['workload']): string {
  const { clusterId, namespace, name } = workload;
  return JSON.stringify([clusterId, namespace, name]);
}

/**
 * By sender the index of its workload in {@link workloadsOf}; -1 where it does not
 * tell.
 */
export function workloadOfSenders(
  table: SpanTable,
  subject: TraceSubject,
): Int32Array {
  const keys = workloadsOf(subject).map(keyOf);
  return Int32Array.from(table.senders, ({ identity }) => {
    const parties = [identity?.source, identity?.destination, identity].filter(
      party => party !== undefined,
    );
    const found = subject.workloads.find(workload =>
      parties.some(party =>
        partyBelongsTo(party, { services: [], workloads: [workload] }),
      ),
    );
    const only = keys.length === 1 ? 0 : -1;
    return found ? keys.indexOf(keyOf(found)) : only;
  });
}

/** Senders of the subject that have an application behind them: gateways forward all. */
export function applicationSenders(
  table: SpanTable,
  isSubject: Uint8Array,
): Uint8Array {
  return Uint8Array.from(table.senders, ({ identity }, at) =>
    isSubject[at] === 1 &&
    identity?.proxy !== 'router' &&
    (identity?.proxy !== 'waypoint' || identity.destination !== undefined)
      ? 1
      : 0,
  );
}

/** Waypoints that tell of calls which the subject made: in ambient mode nobody else does. */
export function sourceSenders(
  table: SpanTable,
  isSubject: Uint8Array,
  subject: TraceSubject,
): Uint8Array {
  return Uint8Array.from(table.senders, ({ identity }, at) =>
    isSubject[at] !== 1 &&
    identity?.source &&
    partyBelongsTo(identity.source, subject)
      ? 1
      : 0,
  );
}

/** By sender, a number of its pod, or `ANYWHERE`. */
export function placesOf(table: SpanTable): Int32Array {
  const pods = new Map<string, number>();
  return Int32Array.from(table.senders, ({ identity }) => {
    if (identity?.proxy !== 'sidecar' || !identity.pod) {
      return ANYWHERE;
    }
    const { clusterId, namespace, pod } = identity;
    const key = JSON.stringify([clusterId, namespace, pod]);
    const place = pods.get(key) ?? pods.size;
    pods.set(key, place);
    return place;
  });
}

/** Who sent a span, for people. */
export function nameOf(
  sender: Sender | undefined,
  table: SpanTable,
): CallerName {
  const party = sender?.identity?.source ?? sender?.identity;
  const version = party?.canonicalRevision ?? sender?.version;
  return {
    caller:
      party?.canonicalService ??
      (party && ownerOfParty(party)) ??
      table.services[sender?.service ?? -1] ??
      '',
    ...(version ? { callerVersion: version } : {}),
    ...(party ? { callerNamespace: party.namespace } : {}),
  };
}
