import type { DiagnosisEvidence, DiagnosisRung } from '../model/Diagnosis';
import { rungsOf } from '../model/rungsOf';
import { advice } from '../store/storeMends';
import { trafficRungCatalog } from './trafficRungCatalog';

/** What tells of requests that reach a workload. @public */
export interface TrafficFacts {
  atMs: number;
  windowMs: number;
  /**
   * Requests that metrics of all requests count in the window; null where they know
   * other workloads, but not this one. Absent where nothing tells.
   */
  measured?: { source: string; requestCount: number | null };
  /** Requests that the workload's proxies count, by Envoy's own statistics. */
  envoy?: { source: string; requestCount: number };
  /** Traces of the window with a span of the workload; absent where unreadable. */
  traceCount?: number;
  /** What could not be read, and why. */
  unread: string[];
  /** A service in front of the workload, for a request to try: `http://host:port/`. */
  tryUrl?: string;
  namespace: string;
}

const rungs = rungsOf(trafficRungCatalog);

/** The rung of the requests. @public */
export function judgeTraffic(facts: TrafficFacts): DiagnosisRung {
  const evidence = evidenceOf(facts);
  const { envoy, measured, traceCount } = facts;
  const counted = [measured?.requestCount, envoy?.requestCount].filter(
    count => count !== undefined,
  );
  if ((traceCount ?? 0) > 0 || counted.some(count => (count ?? 0) > 0)) {
    return rungs.good('traffic', {
      cause: 'Requests arrive.',
      evidence,
    });
  }
  if (counted.length === 0) {
    return rungs.of('traffic-unmeasured', {
      cause: 'Whether requests arrive is not known.',
      evidence,
    });
  }
  return rungs.of('traffic-none', {
    cause: 'No request reached the workload in this window.',
    evidence,
    mends: [
      ...(facts.tryUrl
        ? [
            {
              kind: 'command' as const,
              what: 'Send a few requests from inside the cluster',
              command: `kubectl -n ${facts.namespace} run trace-probe --rm -i --restart=Never --image=curlimages/curl -- sh -c 'for i in 1 2 3 4 5; do curl -s -o /dev/null -w "%{http_code}\\n" ${facts.tryUrl}; done'`,
            },
          ]
        : []),
      advice(
        'Look at the Services, routes and gateways in front of the workload, and whether callers send anything.',
      ),
    ],
  });
}

/** The rung where the caller may not see figures of the workload. @public */
export function trafficWithheld(atMs: number): DiagnosisRung {
  return rungs.of('traffic-unmeasured', {
    cause: 'Whether requests arrive is withheld from you.',
    evidence: [
      { source: 'Permissions', seen: 'Traces may not be read.', atMs },
    ],
    needs: 'mesh-tracing.traces.read',
  });
}

function evidenceOf(facts: TrafficFacts): DiagnosisEvidence[] {
  const { atMs, envoy, measured, traceCount, windowMs } = facts;
  const minutes = Math.max(1, Math.round(windowMs / 60_000));
  const says = (source: string, seen: string) => ({ source, seen, atMs });
  return [
    ...(measured
      ? [
          says(
            measured.source,
            measured.requestCount === null
              ? 'They know other workloads, and no request of this one.'
              : `${Math.round(
                  measured.requestCount,
                )} requests in ${minutes} min.`,
          ),
        ]
      : []),
    ...(envoy
      ? [
          says(
            envoy.source,
            `${Math.round(envoy.requestCount)} requests in ${minutes} min.`,
          ),
        ]
      : []),
    ...(traceCount === undefined
      ? []
      : [
          says(
            'Traces of the window',
            `${Math.round(traceCount)} with spans of this workload.`,
          ),
        ]),
    ...facts.unread.map(why => says('What could not be read', why)),
  ];
}
