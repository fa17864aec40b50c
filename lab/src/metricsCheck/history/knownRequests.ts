import {
  ISTIO_BOUNDS,
  type RequestGroup,
  type RequestHistory,
} from './RequestGroup';

/** Most are quick, one of twenty is slow. */
const QUICK = { '25': 0.5, '50': 0.45, '250': 0.05 };
const SLOW = { '100': 0.5, '500': 0.5 };

/** A service name that means something in a regular expression, and in PromQL. */
export const HOSTILE_NAME = 'a.b|"c"\\(d)';
/** Names that a pattern of {@link HOSTILE_NAME} could fit too. */
const NAMESAKES = ['aXb', 'a.b', '"c"\\(d)', 'd'];

function istio(
  of: {
    workload: string;
    namespace?: string;
    reporter?: string;
    operation?: string;
    code?: string;
    grpc?: string;
    cluster?: string;
  },
  perSecond: [number, number],
  buckets: RequestGroup['buckets'] = QUICK,
): RequestGroup {
  return {
    labels: {
      reporter: of.reporter ?? 'destination',
      destination_workload: of.workload,
      destination_workload_namespace: of.namespace ?? 'shop',
      response_code: of.code ?? '200',
      grpc_response_status: of.grpc ?? '',
      cluster: of.cluster ?? 'east',
      ...(of.operation ? { request_operation: of.operation } : {}),
    },
    perSecond,
    buckets,
  };
}

/**
 * What proxies counted. Of `checkout-v1`: 30 orders a second that double, of which
 * one of ten fails, and 10 looks into the cart; of `checkout-v2` 10 orders.
 */
function istioGroups(): RequestGroup[] {
  const order = 'POST /orders';
  return [
    istio({ workload: 'checkout-v1', operation: order }, [27, 54]),
    istio(
      { workload: 'checkout-v1', operation: order, code: '503' },
      [3, 6],
      SLOW,
    ),
    istio({ workload: 'checkout-v1', operation: 'GET /cart' }, [10, 10]),
    istio({ workload: 'checkout-v2', operation: order }, [10, 10], SLOW),
    // What must not be counted: the caller's report of the same, a namesake in
    // another namespace, and one in another cluster.
    istio({ workload: 'checkout-v1', reporter: 'source' }, [40, 70]),
    istio({ workload: 'checkout-v1', namespace: 'bank', code: '500' }, [7, 7]),
    istio({ workload: 'checkout-v1', cluster: 'west' }, [5, 5]),
    // gRPC says 200 and means it or not; 5 is "not found", which is an answer.
    istio({ workload: 'rates', grpc: '0' }, [8, 8]),
    istio({ workload: 'rates', grpc: '14' }, [1, 1]),
    istio({ workload: 'rates', grpc: '5' }, [1, 1]),
    istio({ workload: 'served', reporter: 'waypoint' }, [4, 4]),
    istio({ workload: 'plain' }, [2, 2]),
    istio({ workload: 'idle' }, [0, 0]),
  ];
}

function span(
  service: string,
  operation: string,
  perSecond: [number, number],
  status = 'STATUS_CODE_UNSET',
  kind = 'SPAN_KIND_SERVER',
): RequestGroup {
  return {
    labels: {
      service_name: service,
      span_name: operation,
      span_kind: kind,
      status_code: status,
    },
    perSecond,
    buckets: QUICK,
  };
}

function spanGroups(): RequestGroup[] {
  return [
    span('checkout.shop', 'POST /orders', [4, 4]),
    span('checkout.shop', 'POST /orders', [1, 1], 'STATUS_CODE_ERROR'),
    span('checkout.shop', 'GET /cart', [5, 5]),
    span(
      'checkout.shop',
      'call',
      [9, 9],
      'STATUS_CODE_ERROR',
      'SPAN_KIND_CLIENT',
    ),
    span('quiet.shop', 'GET /', [2, 2]),
    span(HOSTILE_NAME, 'GET /', [3, 3]),
    ...NAMESAKES.map(name => span(name, 'GET /secret', [100, 100])),
  ];
}

/** Histories of one hour up to a moment, as proxies and collectors write them. */
export function knownRequests(endS: number): RequestHistory[] {
  const time = { startS: endS - 3_600, endS, bounds: ISTIO_BOUNDS };
  const relabelled = istioGroups().map(group => ({
    ...group,
    labels: {
      side: group.labels.reporter ?? '',
      app: group.labels.destination_workload ?? '',
      ns: group.labels.destination_workload_namespace ?? '',
      code: group.labels.response_code ?? '',
      cluster: group.labels.cluster ?? '',
      op: group.labels.request_operation ?? '',
      grpc_response_status: group.labels.grpc_response_status ?? '',
    },
  }));
  return [
    {
      ...time,
      counter: 'istio_requests_total',
      histogram: 'istio_request_duration_milliseconds',
      groups: istioGroups(),
    },
    {
      ...time,
      counter: 'site_requests_total',
      histogram: 'site_request_time',
      groups: relabelled,
    },
    {
      ...time,
      counter: 'traces_span_metrics_calls_total',
      histogram: 'traces_span_metrics_duration_milliseconds',
      groups: spanGroups(),
    },
  ];
}
