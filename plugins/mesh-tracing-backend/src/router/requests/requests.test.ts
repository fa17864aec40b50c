import { apiRoutes } from 'backstage-plugin-mesh-tracing-common';
import request from 'supertest';
import { SHOP_TRACE_ID } from '../../testing/portal/exampleTraces';
import { personas } from '../../testing/portal/personas';
import {
  FRONTEND,
  overrideRequest,
  validQuestion,
} from '../../testing/portal/requests';
import {
  startMeshTracing,
  type MeshTracingHarness,
} from '../../testing/portal/startMeshTracing';

describe('requests', () => {
  let harness: MeshTracingHarness;
  beforeAll(async () => {
    harness = await startMeshTracing();
  });
  afterAll(() => harness.stop());

  const literal = (value: unknown) => ({
    customTags: { team: { literal: { value } } },
  });

  it.each([
    ['a percentage above 100', { samplingPercent: 101 }, 'samplingPercent'],
    ['a percentage below 0', { samplingPercent: -0.1 }, 'samplingPercent'],
    ['a percentage that is text', { samplingPercent: '5' }, 'samplingPercent'],
    ['an unknown field', { sampling: 5 }, 'sampling'],
    [
      'an unknown field of the workload',
      { workload: { ...FRONTEND, pod: 'x' } },
      'workload.pod',
    ],
    [
      'an empty name of a tag',
      { customTags: { '': { literal: { value: 'x' } } } },
      'customTags.',
    ],
    ['an empty tag', { customTags: { team: {} } }, 'customTags.team'],
    [
      'a tag of two kinds',
      {
        customTags: {
          team: { literal: { value: 'x' }, header: { name: 'y' } },
        },
      },
      'customTags.team',
    ],
    ['a literal without text', literal(''), 'customTags.team.literal.value'],
    [
      'a literal with a misspelt field',
      { customTags: { team: { literal: { vaule: 'x' } } } },
      'customTags.team.literal',
    ],
    ['an end that is no time', { expiresAt: 'tomorrow' }, 'expiresAt'],
    [
      'an end without a zone',
      { expiresAt: '2030-01-01T00:00:00' },
      'expiresAt',
    ],
    ['a reason that is a book', { reason: 'x'.repeat(1001) }, 'reason'],
    ['a reason with the character NUL', { reason: 'slow\0query' }, 'reason'],
  ])('refuses %s and names the field', async (_, changes, field) => {
    const { status, body } = await harness.ask('owner', 'preview', {
      body: overrideRequest(changes),
    });
    expect(status).toBe(400);
    expect(body.error.name).toBe('InputError');
    expect(body.error.meshTracing.field).toMatch(field);
    expect(body.error.message).toContain(field);
    expect(harness.cluster.writes).toEqual([]);
  });

  it.each([
    ['an unknown parameter', { sort: 'duration' }, 'sort'],
    ['a limit of 0', { limit: 0 }, 'limit'],
    ['a limit above 500', { limit: 501 }, 'limit'],
    ['a time that is no number', { startTimeMs: 'yesterday' }, 'startTimeMs'],
    ['a kind that does not exist', { kind: 'proxy' }, 'kind'],
    ['a tag without a value', { tag: 'http.status_code' }, 'tag'],
    [
      'a window that ends before it starts',
      { startTimeMs: 2000, endTimeMs: 1000 },
      'startTimeMs',
    ],
  ])('refuses %s in the query', async (_, query, field) => {
    const { status, body } = await harness.ask('owner', 'traces', { query });
    expect(status).toBe(400);
    expect(body.error.meshTracing.field).toBe(field);
    expect(body.error.message).toContain(field);
  });

  it('refuses a parameter on a route that has none', async () => {
    const { status } = await harness.ask('owner', 'tracing', {
      query: { verbose: 'true' },
    });
    expect(status).toBe(400);
  });

  it.each([
    ['traces', 'operation'],
    ['traces', 'startTimeMs'],
    ['latency', 'endTimeMs'],
    ['ownedHistory', 'cursor'],
  ] as const)(
    'refuses to %s the query parameter %s without a value',
    async (route, field) => {
      const { status, body } = await harness.ask('owner', route, {
        query: { [field]: '' },
      });
      expect(status).toBe(400);
      expect(body.error.meshTracing).toEqual({ system: 'portal', field });
      expect(body.error.message).toContain('give it a value');
    },
  );

  it.each(['xyz', 'g'.repeat(32), 'a'.repeat(33)])(
    'refuses %s as the id of a trace',
    async traceId => {
      const { status, body } = await harness.ask('owner', 'trace', { traceId });
      expect(status).toBe(400);
      expect(body.error.meshTracing.field).toBe('traceId');
      expect(body.error.message).toContain('1 to 32 hexadecimal digits');
    },
  );

  it('refuses a kind of an entity that is longer than any kind can be', async () => {
    const ask = (length: number) =>
      harness.ask('owner', 'tracing', { entity: `${'k'.repeat(length)}/a/b` });
    const { status, body } = await ask(64);
    expect(status).toBe(400);
    expect(body.error.meshTracing.field).toBe('kind');
    expect(body.error.message).toContain('63 characters');
    expect((await ask(63)).status).toBe(404);
  });

  it('validates a body once', async () => {
    const judged = jest.spyOn(apiRoutes.preview.body, 'safeParse');
    const { status } = await harness.ask('owner', 'preview', {
      body: overrideRequest(),
    });
    expect(status).toBe(200);
    expect(judged).toHaveBeenCalledTimes(1);
    judged.mockRestore();
  });

  it.each(['component/default/a%2Fb', 'component/default/a%3Ab', 'a%20b/c/d'])(
    'refuses %s as an entity',
    async entity => {
      const { status } = await harness.ask('owner', 'tracing', { entity });
      expect(status).toBe(400);
    },
  );

  it('refuses a body that is too large, not JSON, or missing', async () => {
    const path = `/api/mesh-tracing${apiRoutes.preview.path.replace(
      '{kind}/{namespace}/{name}',
      'component/default/frontend',
    )}`;
    const send = (body: string) =>
      request(harness.server)
        .post(path)
        .set('authorization', personas.owner)
        .set('content-type', 'application/json')
        .send(body);
    const large = await send(JSON.stringify({ reason: 'x'.repeat(300_000) }));
    const broken = await send('{"workload":');
    const missing = await request(harness.server)
      .post(path)
      .set('authorization', personas.owner);
    expect([large.status, broken.status, missing.status]).toEqual([
      413, 400, 400,
    ]);
  });

  it('accepts what the contract allows', async () => {
    const { status } = await harness.ask('owner', 'preview', {
      body: overrideRequest({
        customTags: {
          team: { literal: { value: 'x' } },
          customer: { header: { name: 'x-customer', defaultValue: '-' } },
          zone: { environment: { name: 'ISTIO_META_ZONE' } },
        },
      }),
    });
    expect(status).toBe(200);
  });

  it('hands filters to the store, repeated tags included', async () => {
    await harness.ask('owner', 'traces', {
      query: {
        operation: 'GET /',
        kind: 'server',
        errorsOnly: 'true',
        tag: ['http.status_code=500', 'path=/a=b'],
        minSpanDurationUs: 10,
        maxTraceDurationUs: 2.5,
        limit: 7,
        startTimeMs: 1_000,
        endTimeMs: 2_000,
      },
    });
    expect(harness.store.queries.at(-1)).toMatchObject({
      services: ['frontend.shop'],
      startTimeMs: 1_000,
      endTimeMs: 2_000,
      operation: 'GET /',
      kind: 'server',
      errorsOnly: true,
      attributes: { 'http.status_code': '500', path: '/a=b' },
      minSpanDurationUs: 10,
      maxTraceDurationUs: 2.5,
      limit: 7,
    });
  });

  it.each(['Span', 'Trace'])(
    'refuses a range of durations of a %s whose minimum is above its maximum',
    async of => {
      const { status, body } = await harness.ask('owner', 'traces', {
        query: { [`min${of}DurationUs`]: 2, [`max${of}DurationUs`]: 1 },
      });
      expect(status).toBe(400);
      expect(body.error.message).toBe(
        `min${of}DurationUs must not be above max${of}DurationUs`,
      );
    },
  );

  it('reads a query as browsers encode it', async () => {
    const parameters = new URLSearchParams({
      operation: "GET /users/*,(active)'s + more",
    });
    parameters.append('tag', 'http.url=http://shop/a b*c');
    const { status } = await request(harness.server)
      .get(
        `/api/mesh-tracing/v1/entities/component/default/frontend/traces?${parameters}`,
      )
      .set('authorization', personas.owner);
    expect(status).toBe(200);
    expect(harness.store.queries.at(-1)).toMatchObject({
      operation: "GET /users/*,(active)'s + more",
      attributes: { 'http.url': 'http://shop/a b*c' },
    });
  });

  it('serves the OpenAPI document that is made from its schemas', async () => {
    const { status, body } = await request(harness.server)
      .get('/api/mesh-tracing/openapi.json')
      .set('authorization', personas.owner);
    expect(status).toBe(200);
    expect(body.openapi).toBe('3.0.3');
    const operations = Object.values<object>(body.paths).flatMap(methods =>
      Object.values<{ operationId: string }>(methods as never),
    );
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(
      Object.values(apiRoutes)
        .map(({ operationId }) => operationId)
        .sort(),
    );
    expect(Object.keys(body.paths)).toContain(
      `/api/mesh-tracing${apiRoutes.tracing.path}`,
    );
  });

  it('finds no route for a method that the contract does not have', async () => {
    const { status } = await request(harness.server)
      .post(
        '/api/mesh-tracing/v1/entities/component/default/frontend/workloads',
      )
      .set('authorization', personas.owner);
    expect(status).toBe(404);
  });

  it('answers every route with what the document promises', async () => {
    const answered = await Promise.all(
      (
        [
          'workloads',
          'tracing',
          'traces',
          'trace',
          'latency',
          'dependencies',
          'report',
          'preview',
          'history',
          'owned',
          'ownedHistory',
        ] as const
      ).map(async route => {
        const { status } = await harness.ask(
          'owner',
          route,
          validQuestion(route),
        );
        return [route, status];
      }),
    );
    expect(answered.filter(([, status]) => status !== 200)).toEqual([]);
  });

  it('finds a trace by an id in capitals', async () => {
    const { status } = await harness.ask('owner', 'trace', {
      traceId: SHOP_TRACE_ID.toUpperCase(),
    });
    expect(status).toBe(200);
  });
});
