import { Durations, type SampleDesign } from '../latency';
import { PROTOCOLS } from '../traces';
import type { CallStatistics } from './model';

/** Calls that are counted together. */
export interface CallSet {
  durations: Durations;
  /** Calls by index of the protocol, weighed where they are a sample. */
  protocols: number[];
}

export function noCalls(design?: SampleDesign): CallSet {
  return {
    durations: new Durations(design),
    protocols: PROTOCOLS.map(() => 0),
  };
}

export function addCalls(to: CallSet, from: CallSet): void {
  to.durations.addAll(from.durations);
  from.protocols.forEach((count, protocol) => {
    to.protocols[protocol] = (to.protocols[protocol] ?? 0) + count;
  });
}

/** Figures of the calls; the protocol is that of most of them. */
export function callStatistics({
  durations,
  protocols,
}: CallSet): CallStatistics {
  const statistics = durations.statistics();
  const [, ...known] = protocols;
  const most = Math.max(...known);
  const protocol = most > 0 ? known.indexOf(most) + 1 : 0;
  return {
    callCount: durations.count,
    errorCount: durations.errorCount,
    ...(statistics?.failures ? { failures: statistics.failures } : {}),
    protocol: PROTOCOLS[protocol] ?? 'unknown',
    p50Us: statistics?.p50Us ?? null,
    p95Us: statistics?.p95Us ?? null,
    ...(statistics?.estimate ? { estimate: statistics.estimate } : {}),
  };
}
