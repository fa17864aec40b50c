import type { Span, Trace } from 'backstage-plugin-mesh-tracing-common';

/** A request of the frontend that calls payments; seen by both sidecars. */
export const SHOP_TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
/** A request that payments alone took part in. */
export const FOREIGN_TRACE_ID = 'aaaa651916cd43dd8448eb211c80319c';

interface SpanFacts {
  spanId: string;
  parentSpanId?: string;
  workload: string;
  kind: Span['kind'];
  offsetUs: number;
  durationUs: number;
  status?: Span['status'];
}

function span(facts: SpanFacts): Span {
  const { workload, ...rest } = facts;
  return {
    ...rest,
    status: facts.status ?? 'ok',
    service: `${workload}.shop`,
    operation: `${workload}.shop.svc.cluster.local:8080/*`,
    attributes: {
      node_id: `sidecar~10.0.0.1~${workload}-1.shop~shop.svc.cluster.local`,
      'istio.canonical_service': workload,
      'istio.namespace': 'shop',
      'http.status_code': '200',
    },
    resource: {},
    events: [],
    links: [],
    warnings: [],
  };
}

/** Two traces that began some minutes before the given time. */
export function exampleTraces(nowMs: number): Trace[] {
  const startTimeUs = (nowMs - 5 * 60_000) * 1000;
  return [
    {
      traceId: SHOP_TRACE_ID,
      startTimeUs,
      durationUs: 9_000,
      warnings: [],
      spans: [
        span({
          spanId: '1000000000000001',
          workload: 'frontend',
          kind: 'server',
          offsetUs: 0,
          durationUs: 9_000,
        }),
        span({
          spanId: '1000000000000002',
          parentSpanId: '1000000000000001',
          workload: 'frontend',
          kind: 'client',
          offsetUs: 1_000,
          durationUs: 6_000,
        }),
        span({
          spanId: '1000000000000003',
          parentSpanId: '1000000000000002',
          workload: 'payments',
          kind: 'server',
          offsetUs: 2_000,
          durationUs: 4_000,
          status: 'error',
        }),
      ],
    },
    {
      traceId: FOREIGN_TRACE_ID,
      startTimeUs: startTimeUs - 60_000_000,
      durationUs: 2_000,
      warnings: [],
      spans: [
        span({
          spanId: '2000000000000001',
          workload: 'payments',
          kind: 'server',
          offsetUs: 0,
          durationUs: 2_000,
        }),
      ],
    },
  ];
}
