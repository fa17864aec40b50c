import type { FindingDescription } from '../../shared/FindingDescription';

const describe = (
  severity: FindingDescription['severity'],
  meaning: string,
  whatToDo: string,
): FindingDescription => ({ severity, meaning, whatToDo });

/**
 * Every finding about the share of requests that is traced, by its stable code. They
 * need metrics that count every request: such as are made of spans know sampled
 * requests only.
 * @public
 */
export const requestFindingCatalog = {
  'traced-share-above-configured': describe(
    'warning',
    'Significantly more of the requests are traced than the sampling in force says, by metrics that count every request.',
    'Look who decides instead: callers that send a sampled traceparent (their percentage counts, not this one), clients that send x-client-trace-id, an older listener that a proxy keeps because it rejected the newer one (findings of the sampling view, and istiod), or another Telemetry for some of the pods.',
  ),
  'traced-share-below-configured': describe(
    'warning',
    'Significantly fewer of the requests are traced than the sampling in force says, by metrics that count every request.',
    'Look who decides instead: callers that send an unsampled traceparent (their percentage counts, not this one), request ids that are no UUIDs, an older listener that a proxy keeps because it rejected the newer one (findings of the sampling view, and istiod), or another Telemetry for some of the pods. Then look whether spans are lost: at the collector, at its sampling, or by the retention of the store.',
  ),
  'traced-share-decided-elsewhere': describe(
    'info',
    'The share of traced requests differs significantly from the sampling in force, and most traces began in front of this workload: who sends the first request decides.',
    'Nothing, if that is meant. To change the share, change the sampling where these requests enter the mesh.',
  ),
} as const satisfies Record<string, FindingDescription>;

/** A code of `requestFindingCatalog`. @public */
export type RequestFindingCode = keyof typeof requestFindingCatalog;
