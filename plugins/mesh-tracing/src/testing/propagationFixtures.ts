import type { PropagationResponse } from 'backstage-plugin-mesh-tracing-common';

type Judged = PropagationResponse['workloads'][number];

const evidence = {
  callCount: 200,
  brokenCount: 174,
  share: 0.87,
  shareBounds: { low: 0.82, high: 0.91 },
  requestIdLostCount: 0,
  otherCount: 12,
  kinds: [{ kind: 'no-headers' as const, count: 174, share: 0.87 }],
  servedCount: 210,
  readCallCount: 200,
  busyShare: 0.1,
  isProxyOnly: false,
  rates: { servedShare: 0.5, startedShare: 0.5 },
};

/** What traces tell of one workload's calls: 87 % start new traces. */
export function judgedWorkload(patch: Partial<Judged> = {}): Judged {
  return {
    ...evidence,
    verdict: 'broken',
    code: 'no-headers-forwarded',
    workload: {
      cluster: 'main',
      namespace: 'shop',
      kind: 'Deployment',
      name: 'reviews',
    },
    provider: { name: 'otel', kind: 'opentelemetry' },
    headers: [
      { name: 'traceparent', purpose: 'trace-context' },
      { name: 'tracestate', purpose: 'trace-context' },
      { name: 'x-request-id', purpose: 'request-id' },
    ],
    ...patch,
  };
}

/** Answer of `GET …/propagation`. */
export function propagationResponse(
  patch: Partial<PropagationResponse> = {},
): PropagationResponse {
  const row: PropagationResponse['rows'][number] = {
    ...evidence,
    caller: 'reviews',
    callerVersion: 'v2',
    callerNamespace: 'shop',
    operation: 'ratings.shop.svc.cluster.local:9080/*',
    peer: 'ratings.shop.svc.cluster.local',
    newTraceDurationUs: 4_200,
    withinShare: 0.99,
    examples: [
      {
        kind: 'no-headers',
        traceId: 'a'.repeat(32),
        servedTraceId: 'b'.repeat(32),
        startTimeMs: 1_790_000_000_000,
        durationUs: 4_000,
      },
    ],
  };
  const { workload, provider, headers, ...all } = judgedWorkload();
  return {
    entityRef: 'component:default/checkout',
    store: 'main',
    startTimeMs: 1_790_000_000_000,
    endTimeMs: 1_790_003_600_000,
    traceCount: 384,
    all,
    workloads: [judgedWorkload()],
    rows: [row],
    leftOut: { rowCount: 0, callCount: 0 },
    coverage: {
      complete: true,
      fetchedCount: 384,
      matchedCount: 384,
      filteredHere: [],
      failures: [],
    },
    ...patch,
  };
}
