import type { FindingDescription } from '../shared/FindingDescription';

const describe = (
  severity: FindingDescription['severity'],
  meaning: string,
  whatToDo: string,
): FindingDescription => ({ severity, meaning, whatToDo });

/**
 * Every finding about a production set-up, by its stable code. The severity is the
 * usual one; a finding may be milder, which its check says.
 * @public
 */
export const setupFindingCatalog = {
  'full-sampling-without-end': describe(
    'warning',
    'All requests are sampled, and nothing ends it. A note for the first day, and where it costs less than a span a second.',
    'Lower the percentage, or replace it by an override with an end; where a collector decides which traces are kept, say so with the annotation meshtracing.io/tail-sampling on the Telemetry.',
  ),
  'override-without-end': describe(
    'warning',
    'An override of the portal has no end, or one that is farther than a quarter of a year. A note for its first week, unless it samples all requests.',
    'Give the override an end, or write its content where the permanent configuration is kept and revert it.',
  ),
  'override-past-its-end': describe(
    'warning',
    'An override of the portal is still there although its end has passed.',
    "Look at the portal's log for why it could not be reverted, and at the rights of its service account; revert it by hand if it must go now.",
  ),
  'errors-lost-to-head-sampling': describe(
    'warning',
    'Something tries to keep failed requests by head sampling, which decides before anyone knows how a request ends.',
    'Let every request be traced, and let a tail-sampling policy of the OpenTelemetry collector keep those that failed.',
  ),
  'sampling-too-low-for-objective': describe(
    'warning',
    'With so many requests and this percentage, a failing request is traced more rarely than every half hour although failures are as frequent as the objective allows.',
    'Raise the percentage to the one that is named, or keep failed traces by tail sampling.',
  ),
  'sampling-higher-than-needed': describe(
    'info',
    'More than a hundred traces a second begin here, and a tenth of them would show failures soon enough.',
    'Lower the percentage to the one that is named.',
  ),
  'tag-holds-identities': describe(
    'warning',
    'A tag of real spans has values of the shape of e-mail addresses, signed tokens or card numbers. Everybody who may read the traces reads them.',
    'Remove the tag or what fills it, delete it in the collector meanwhile, and let what is stored expire.',
  ),
  'tag-of-high-cardinality': describe(
    'info',
    'A tag that is not of Envoy, Istio or OpenTelemetry has nearly as many values as there are spans. Indices of stores and metrics made of spans grow with every value.',
    'Keep the tag out of metrics that are made of spans and out of indices, or put groups of values into it.',
  ),
  'health-checks-traced': describe(
    'warning',
    'Health checks are a large share of the traced requests: they cost as much as others, and lower error rates and durations.',
    'Keep probes out of the mesh or out of tracing: have Istio rewrite the probes, leave the paths out in the instrumentation, or drop them in the collector.',
  ),
  'spans-large': describe(
    'info',
    'Spans are several times as large as those that a proxy usually sends.',
    'Shorten or remove the tags that are named.',
  ),
  'service-renamed': describe(
    'info',
    'A trace service name ended as another one of the same workloads began: statistics of either name are of a part of the window.',
    'Read figures from after the change, and change saved searches, dashboards and alerts to the new name.',
  ),
  'retention-shorter-than-range': describe(
    'info',
    'The trace store has nothing of the older part of the window, though there were requests, or though none of its services have anything so old. A warning where metrics prove the requests.',
    'Ask for a shorter range, or have the store keep traces for longer.',
  ),
} as const satisfies Record<string, FindingDescription>;

/** A code of {@link setupFindingCatalog}. @public */
export type SetupFindingCode = keyof typeof setupFindingCatalog;
