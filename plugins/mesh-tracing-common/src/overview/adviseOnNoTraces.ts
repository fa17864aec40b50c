import type { TracingResponse } from '../api';
import type { Finding } from '../shared/Finding';
import { type SpanReporting, tracedSide } from '../tracing';
import { distinctFindings, reportingOf } from './judgeOverview';

/**
 * Why there may be no traces of an entity, which says what would help.
 * `sampled-elsewhere`: requests arrive with a decision of a proxy before.
 * @public
 */
export type NoTracesReason =
  | 'unknown'
  | 'no-workload'
  | 'no-proxy'
  | 'ambient'
  | Exclude<SpanReporting, 'reported'>
  | 'zero-percent'
  | 'sampled-elsewhere'
  | 'low-sampling'
  | 'full-sampling';

/** Why there may be no traces, and what is known to be wrong. @public */
export interface NoTracesAdvice {
  reason: NoTracesReason;
  /** Error or warning that explains it, with its mend. */
  finding?: Finding;
}

/**
 * What to say where traces are missing. It follows what the mesh does: more
 * sampling does not help where no span leaves the workload, and a longer window
 * neither.
 *
 * @param tracing - absent while it is not known
 * @public
 */
export function adviseOnNoTraces(
  tracing: Pick<TracingResponse, 'workloads'> | undefined,
): NoTracesAdvice {
  const reason = tracing ? reasonOf(tracing.workloads) : 'unknown';
  const [finding] = distinctFindings(tracing).filter(
    ({ severity }) => severity === 'error',
  );
  return { reason, finding };
}

function reasonOf(workloads: TracingResponse['workloads']): NoTracesReason {
  if (workloads.length === 0) {
    return 'no-workload';
  }
  const traced = workloads.filter(({ effective }) => tracedSide(effective));
  if (traced.length === 0) {
    const [first] = workloads;
    const state = first ? reportingOf(first) : 'no-proxy';
    return state === 'reported' ? 'unknown' : state;
  }
  const parts = traced.map(
    ({ effective }) => tracedSide(effective)?.tracing.samplingParts ?? 0,
  );
  if (parts.every(part => part >= 10_000)) {
    return 'full-sampling';
  }
  // Clients in the ambient mesh decide nothing: their first proxy is the waypoint.
  const isElsewhere = traced.every(
    ({ effective }) =>
      !effective.ambient &&
      effective.findings.some(({ code }) => code === 'sampling-not-first-hop'),
  );
  if (isElsewhere) {
    return 'sampled-elsewhere';
  }
  return parts.every(part => part === 0) ? 'zero-percent' : 'low-sampling';
}
