import { ResponseError } from '@backstage/errors';
import { apiRoutes } from 'backstage-plugin-mesh-tracing-common';
import { traceResponse } from '../../testing/traceFixtures';
import { describeError } from './describeError';
import { MeshTracingClient } from './MeshTracingClient';

const entity = { kind: 'Component', namespace: 'default', name: 'a/b' };

function setup(response = new Response('{}')) {
  const fetch = jest.fn(async (_url: string, _init?: RequestInit) => response);
  const client = MeshTracingClient.create({
    discoveryApi: { getBaseUrl: async () => 'http://portal/api/mesh-tracing' },
    fetchApi: { fetch: fetch as unknown as typeof globalThis.fetch },
  });
  return { client, fetch };
}

/** Path of a route of the contract, filled in and encoded. */
function pathOf(route: { path: string }): string {
  return route.path
    .replace('{kind}', 'component')
    .replace('{namespace}', 'default')
    .replace('{name}', 'a%2Fb')
    .replace('{traceId}', 'abc');
}

function ndjson(lines: unknown[]): Response {
  return new Response(lines.map(line => `${JSON.stringify(line)}\n`).join(''), {
    headers: { 'Content-Type': 'application/x-ndjson; charset=utf-8' },
  });
}

describe('MeshTracingClient', () => {
  const window = { startTimeMs: 1, endTimeMs: 2 };
  const workload = { cluster: 'c', namespace: 'n', kind: 'k', name: 'w' };
  const override = { workload, samplingPercent: 1, expiresAt: null };

  it.each<[keyof typeof apiRoutes, (client: MeshTracingClient) => unknown]>([
    ['workloads', client => client.getWorkloads(entity)],
    ['tracing', client => client.getTracing(entity)],
    ['traces', client => client.getTraces(entity, {})],
    ['trace', client => client.getTrace(entity, 'abc')],
    ['latency', client => client.getLatency(entity, window)],
    ['propagation', client => client.getPropagation(entity, window)],
    ['requests', client => client.getRequests(entity, window)],
    ['tracedRequests', client => client.getTracedRequests(entity, window)],
    ['dependencies', client => client.getDependencies(entity, window)],
    [
      'report',
      client => client.getReport(entity, { ...window, format: 'markdown' }),
    ],
    ['preview', client => client.previewOverride(entity, override)],
    [
      'apply',
      client =>
        client.applyOverride(entity, { override, token: 't', requestId: 'r' }),
    ],
    [
      'revert',
      client =>
        client.revertOverride(entity, {
          workload,
          uid: 'u',
          resourceVersion: '1',
        }),
    ],
    ['history', client => client.getSamplingHistory(entity)],
    ['owned', client => client.getOwned()],
    ['ownedHistory', client => client.getOwnedHistory()],
  ])('calls the route %s of the contract', async (name, call) => {
    const { client, fetch } = setup();

    await call(client);

    const [url, init] = fetch.mock.calls[0] ?? [];
    const { pathname } = new URL(String(url));
    expect(pathname).toBe(`/api/mesh-tracing${pathOf(apiRoutes[name])}`);
    expect(init?.method).toBe(apiRoutes[name].method.toUpperCase());
  });

  it('hands over the spans of a trace that are there, while the rest arrives', async () => {
    const { trace, entitySpanIds, insights, ...rest } = traceResponse();
    const { spans, ...ofTrace } = trace;
    const lines = [
      { part: 'head', ...rest, trace: ofTrace, spanCount: spans.length },
      { part: 'spans', spans: spans.slice(0, 1), entitySpanIds },
      { part: 'spans', spans: spans.slice(1), entitySpanIds: [] },
      { part: 'end', insights },
    ];
    const { client, fetch } = setup(ndjson(lines));
    const onProgress = jest.fn();

    const whole = await client.getTrace(entity, 'abc', undefined, {
      onProgress,
    });

    expect(whole).toEqual(traceResponse());
    expect(fetch.mock.calls[0]?.[1]?.headers).toEqual({
      Accept: 'application/x-ndjson, application/json;q=0.5',
    });
    expect(onProgress.mock.calls).toEqual([
      [
        {
          spanCount: spans.length,
          response: {
            ...rest,
            trace: { ...ofTrace, spans: spans.slice(0, 1) },
            entitySpanIds,
            insights: undefined,
          },
        },
      ],
    ]);
  });

  it('does not take a trace that broke off for a whole one', async () => {
    const { trace, ...rest } = traceResponse();
    const { spans, ...ofTrace } = trace;
    const { client } = setup(
      ndjson([
        { part: 'head', ...rest, trace: ofTrace, spanCount: 9 },
        { part: 'spans', spans, entitySpanIds: [] },
      ]),
    );
    await expect(
      client.getTrace(entity, 'abc', undefined, { onProgress: () => {} }),
    ).rejects.toThrow('could not be read to its end');
  });

  it('encodes query values and repeats lists', async () => {
    const { client, fetch } = setup();

    await client.getTraces(entity, {
      operation: 'GET /a?b&c',
      tag: ['a=1', 'b=2 3'],
      limit: undefined,
    });

    const { searchParams } = new URL(String(fetch.mock.calls[0]?.[0]));
    expect(searchParams.get('operation')).toBe('GET /a?b&c');
    expect(searchParams.getAll('tag')).toEqual(['a=1', 'b=2 3']);
    expect(searchParams.has('limit')).toBe(false);
  });

  it('rejects with what the backend says of an error', async () => {
    const { client } = setup(
      new Response(
        JSON.stringify({
          error: {
            name: 'ServiceUnavailableError',
            message: 'Jaeger is away',
            meshTracing: { system: 'trace-store', systemName: 'main' },
          },
          response: { statusCode: 503 },
        }),
        { status: 503, headers: { 'Content-Type': 'application/json' } },
      ),
    );

    const error: unknown = await client.getTracing(entity).catch(e => e);

    expect(error).toBeInstanceOf(ResponseError);
    expect(describeError(error)).toEqual({
      status: 503,
      message: 'Jaeger is away',
      details: { system: 'trace-store', systemName: 'main' },
    });
  });
});
