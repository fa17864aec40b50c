import {
  MisbehavingServer,
  sendJson,
  sendPage,
  type Handler,
} from '../../testing/tracestore/MisbehavingServer';
import type { PrometheusConfig } from '../config/PrometheusConfig';
import { PrometheusRequestMetrics } from './PrometheusRequestMetrics';

const END_MS = 1_790_000_000_000;
const query = {
  services: ['a.b', 'c"d\\'],
  workloads: [{ namespace: 'shop', name: 'web.v1' }],
  startTimeMs: END_MS - 600_000,
  endTimeMs: END_MS,
};

const stops: Array<() => Promise<void>> = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map(stop => stop()));
});

async function metricsFrom(
  handler: Handler,
  config: Partial<PrometheusConfig> = {},
) {
  const server = await MisbehavingServer.start(handler);
  const metrics = PrometheusRequestMetrics.create('main', {
    url: `${server.url}/prometheus/`,
    metrics: 'istio',
    timeoutMs: 2000,
    ...config,
  });
  stops.push(
    () => metrics.close(),
    () => server.stop(),
  );
  return { metrics, server };
}

/** An instant vector with one sample; the value depends on the expression. */
function vector(
  metric: Record<string, string>,
  valueOf: (expression: string) => string | undefined,
): Handler {
  return (_, response, url) => {
    const value = valueOf(url.searchParams.get('query') ?? '');
    sendJson(response, {
      status: 'success',
      data: {
        resultType: 'vector',
        result:
          value === undefined
            ? []
            : [{ metric, value: [END_MS / 1000, value] }],
      },
    });
  };
}

const istioLabels = {
  destination_workload: 'web.v1',
  destination_workload_namespace: 'shop',
};

function istioValue(expression: string): string | undefined {
  if (expression.includes('response_code=~')) {
    return '0.5';
  }
  const quantile = /^histogram_quantile\(([\d.]+),/.exec(expression)?.[1];
  return quantile === undefined ? '10' : String(Number(quantile) * 100);
}

describe('PrometheusRequestMetrics', () => {
  it("reads Istio's metrics of a workload, in seconds and microseconds", async () => {
    const { metrics, server } = await metricsFrom(
      vector(istioLabels, istioValue),
      { auth: { type: 'bearer', token: 't' } },
    );
    await expect(metrics.read(query)).resolves.toEqual([
      {
        service: 'web.v1.shop',
        callsPerSecond: 10,
        errorRate: 0.05,
        p50Us: 50_000,
        p95Us: 95_000,
        p99Us: 99_000,
      },
    ]);
    const [first] = server.requests;
    expect(first?.path).toBe('/prometheus/api/v1/query');
    expect(first?.headers.authorization).toBe('Bearer t');
    expect(first?.url.searchParams.get('time')).toBe('1790000000.000');
    expect(first?.url.searchParams.get('query')).toBe(
      'sum by (destination_workload, destination_workload_namespace) (rate(istio_requests_total{reporter=~"destination|waypoint",destination_workload=~"web\\\\.v1",destination_workload_namespace="shop"}[600s]))',
    );
  });

  it('reads span metrics by service name, which it quotes', async () => {
    const { metrics, server } = await metricsFrom(
      vector({ service_name: 'a.b', span_name: 'GET /' }, () => '2'),
      { metrics: 'spanmetrics', latencyUnit: 's', prefix: 'my' },
    );
    const rows = await metrics.read({ ...query, byOperation: true });
    expect(rows).toMatchObject([
      { service: 'a.b', operation: 'GET /', p95Us: 2_000_000 },
    ]);
    const expressions = server.requests.map(
      ({ url }) => url.searchParams.get('query') ?? '',
    );
    expect(expressions[0]).toBe(
      'topk(100, sum by (service_name, span_name) (rate(my_calls_total{span_kind="SPAN_KIND_SERVER",service_name=~"a\\\\.b|c\\"d\\\\\\\\"}[600s])))',
    );
    expect(expressions.join()).toContain('my_duration_seconds_bucket');
  });

  it('tells the course over time at the ends of its stretches', async () => {
    const { metrics, server } = await metricsFrom((_, response, url) => {
      const expression = url.searchParams.get('query') ?? '';
      const value = /^max\(count_over_time/.test(expression)
        ? '20'
        : istioValue(expression) ?? '';
      const isRange = url.pathname.endsWith('query_range');
      const metric = istioLabels;
      sendJson(response, {
        status: 'success',
        data: isRange
          ? {
              resultType: 'matrix',
              result: [{ metric: {}, values: [[END_MS / 1000, value]] }],
            }
          : {
              resultType: 'vector',
              result: [{ metric, value: [END_MS / 1000, value] }],
            },
      });
    });
    const measured = await metrics.measure(query);
    expect(measured).toMatchObject({
      source: { kind: 'istio', counts: 'every-request' },
      overall: { callsPerSecond: 10, errorRate: 0.05, p95Us: 95_000 },
      knowsOperations: false,
      resolutionMs: 15_000,
      missing: [],
      series: { stepMs: 15_000 },
    });
    expect(measured.series.points).toHaveLength(40);
    expect(measured.series.points[0]?.callsPerSecond).toBeNull();
    expect(measured.series.points.at(-1)).toEqual({
      startMs: END_MS - 15_000,
      callsPerSecond: 10,
      errorRate: 0.05,
      p50Us: 50_000,
      p95Us: 95_000,
      p99Us: 99_000,
    });
    const [range] = server.requests.filter(({ path }) =>
      path.endsWith('query_range'),
    );
    // Four readings of fifteen seconds each.
    expect(range?.url.searchParams.get('query')).toContain('[60s]');
    expect(range?.url.searchParams.get('step')).toBe('15.000');
  });

  it.each([
    ['over time', 'query_range', 'series'],
    ['by operation', 'span_name', 'operations'],
  ])(
    'names figures %s as missing where only these fail',
    async (_, part, missing) => {
      const answer = vector(
        { service_name: 'a.b', span_name: 'GET /' },
        () => '2',
      );
      const { metrics } = await metricsFrom(
        (request, response, url) =>
          url.href.includes(part)
            ? sendJson(response, { status: 'error', errorType: 'timeout' }, 422)
            : answer(request, response, url),
        { metrics: 'spanmetrics' },
      );
      await expect(metrics.measure(query)).resolves.toMatchObject({
        overall: { callsPerSecond: 2 },
        missing: [missing],
      });
    },
  );

  it('reads an absent series of failures as a rate of 0, and NaN as no value', async () => {
    const { metrics } = await metricsFrom(
      vector(istioLabels, expression => {
        if (expression.includes('response_code')) {
          return undefined;
        }
        return expression.startsWith('histogram') ? 'NaN' : '3';
      }),
    );
    await expect(metrics.read(query)).resolves.toMatchObject([
      { callsPerSecond: 3, errorRate: 0, p50Us: null, p99Us: null },
    ]);
  });

  it('asks nothing when it knows nobody to ask about', async () => {
    const { metrics, server } = await metricsFrom(vector({}, () => '1'));
    await expect(metrics.read({ ...query, workloads: [] })).resolves.toEqual(
      [],
    );
    expect(server.requests).toEqual([]);
  });

  it.each<[string, Handler, string, string]>([
    ['a web page', (_, r) => sendPage(r), 'ServiceUnavailableError', 'login'],
    [
      'other JSON',
      (_, r) => sendJson(r, { services: [] }),
      'ServiceUnavailableError',
      'does not answer as Prometheus does',
    ],
    [
      'a refused query',
      (_, r) =>
        sendJson(
          r,
          { status: 'error', errorType: 'bad_data', error: 'at host x' },
          400,
        ),
      'InputError',
      'bad_data',
    ],
    [
      'refused credentials',
      (_, r) => sendJson(r, {}, 401),
      'NotAllowedError',
      'prometheus.auth',
    ],
    [
      'a timeout of its own',
      (_, r) =>
        sendJson(r, { status: 'error', errorType: 'timeout', error: 'x' }, 503),
      'ServiceUnavailableError',
      'not available (status 503)',
    ],
    [
      'a redirect to elsewhere',
      (_, r) => {
        r.writeHead(302, { location: 'http://elsewhere.invalid/' }).end();
      },
      'ServiceUnavailableError',
      'redirects to another host',
    ],
    [
      'a body without end',
      (_, r) => {
        r.writeHead(200, { 'content-length': '99999999' });
        r.write('{');
      },
      'ServiceUnavailableError',
      'more series than the portal reads',
    ],
    [
      'a cut body',
      (_, r) => {
        r.writeHead(200, { 'content-length': '100' });
        r.write('{"status":', () => r.destroy());
      },
      'ServiceUnavailableError',
      'main (Prometheus)',
    ],
  ])('explains %s', async (_, handler, name, words) => {
    const { metrics } = await metricsFrom(handler);
    const error = await metrics.read(query).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      name,
      message: expect.stringContaining(words),
    });
    expect(String(error)).not.toContain('at host x');
  });
});
