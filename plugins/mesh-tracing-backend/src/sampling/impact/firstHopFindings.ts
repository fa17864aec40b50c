import { formatPercent } from 'backstage-plugin-mesh-tracing-common';
import type { Finding } from 'backstage-plugin-mesh-tracing-common';
import type { PlannedOverride } from '../model/PlannedOverride';
import type { ObservedTraces } from './RequestRateEstimator';
import { tracedShare } from './tracedShare';

const RULE =
  'Sampling here takes effect for requests that start at this workload; it adds no traces of requests that arrive with a trace decision.';
const AT_THE_GATEWAY =
  'To trace more of what comes through a gateway, change the sampling of the gateway.';

/**
 * Whether sampling at the workload has an effect at all: the first proxy of a
 * request decides (Istio issues 30809 and 51004), so traces that were seen tell by
 * where they began. Each reason for not knowing is told by itself.
 *
 * @param observe - absent where nothing can be observed
 */
export async function firstHopFindings(
  { scope, workload, before }: PlannedOverride,
  observe?: () => Promise<ObservedTraces | null>,
): Promise<Finding[]> {
  if (scope === 'mesh') {
    return [];
  }
  if (scope === 'namespace') {
    return [
      finding(
        'Sampling of a namespace takes effect for requests that start at one of its workloads; it adds no traces of requests that arrive with a trace decision.',
        'To trace more of what comes through a gateway of another namespace, change the sampling of the gateway.',
      ),
    ];
  }
  if (workload.proxy === 'gateway') {
    return [];
  }
  if (!observe) {
    return [finding(RULE, AT_THE_GATEWAY)];
  }
  const seen = await observe().catch(() => null);
  return [
    seen
      ? judge(seen, tracedShare(before))
      : finding(
          `${RULE} Whether any start here is not known, since the trace store could not be asked.`,
          AT_THE_GATEWAY,
        ),
  ];
}

function judge(
  { traces, rootTraces, complete, estimatedRootTraces }: ObservedTraces,
  share: number,
): Finding {
  const some = traces === 1 ? 'trace' : 'traces';
  const all = estimatedRootTraces
    ? `${traces} ${some} that were read here from all over the last hour`
    : `${
        complete ? '' : 'newest '
      }${traces} ${some} seen here in the last hour`;
  if (rootTraces > 0) {
    return finding(
      `Of the ${all}, ${rootTraces} began here. ${RULE}`,
      AT_THE_GATEWAY,
    );
  }
  if (share === 0) {
    return finding(
      `${RULE} Whether any start here is not known: none of those is sampled now, and ${
        traces === 0
          ? 'no trace was seen here in the last hour'
          : `the ${all} began elsewhere`
      }.`,
      'Sample a little first: only traces tell where requests begin.',
    );
  }
  if (traces === 0) {
    return finding(
      `${RULE} Whether any start here is not known: no trace was seen here in the last hour, at ${formatPercent(
        Number((share * 100).toFixed(2)),
      )} sampling.`,
      'Look whether there is traffic, and whether its spans reach the trace store.',
    );
  }
  return {
    severity: 'warning',
    code: 'sampling-without-effect',
    what: `Of the ${all}, none began here: how many there are is decided where they begin, and sampling here does not change it.`,
    whatToDo:
      'Change the sampling where the requests enter the mesh, such as the gateway.',
  };
}

function finding(what: string, whatToDo: string): Finding {
  return { severity: 'info', code: 'sampling-first-hop', what, whatToDo };
}
