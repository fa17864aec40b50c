import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { apiRoutes } from 'backstage-plugin-mesh-tracing-common';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { Pool } from 'undici';
import { testDatabases } from '../sampling/__testUtils__/testDatabases';
import { EchoServer } from './__testUtils__/EchoServer';
import { SHOP_TRACE_ID } from './__testUtils__/exampleTraces';
import {
  hostileRequests,
  hostileWish,
  shortText,
  type HostileRequest,
  type KnownTruth,
} from './__testUtils__/hostileRequests';
import { overrideRequest } from './__testUtils__/requests';
import {
  startMeshTracing,
  type MeshTracingBench,
  type RouteName,
} from './__testUtils__/startMeshTracing';

const routes = Object.keys(apiRoutes) as RouteName[];
const isWrite = (route: RouteName) => 'body' in apiRoutes[route];

const { MESH_TRACING_FUZZ_CASES, MESH_TRACING_FUZZ_SEED } = process.env;
/** To each route that takes a body; the others get a tenth, unless told. */
const CASES = Number(MESH_TRACING_FUZZ_CASES ?? 10_000);
const casesOf = (route: RouteName) =>
  isWrite(route) || MESH_TRACING_FUZZ_CASES ? CASES : CASES / 10;
/** A failure names it, to have the same requests again. */
const SEED = Number(MESH_TRACING_FUZZ_SEED ?? Date.now());
const AT_ONCE = 16;
/** What was logged is read and forgotten after so many requests. */
const BATCH = 1_000;

const PLANTED = 'planted-s3cr3t';
const CALLER = mockCredentials.user.header('user:default/olivia');
/** How a planted secret, or the caller's token, may look. */
const SECRETS = [
  PLANTED,
  Buffer.from(`portal:${PLANTED}-basic`).toString('base64'),
  'mock-user-token',
];

const TABLES = [
  'sampling_history',
  'sampling_requests',
  'sampling_overrides',
  'sampling_claims',
  'sampling_secrets',
];

/** Every place of the configuration that holds a secret, all leading to `url`. */
const configFor = (url: string) => ({
  clusters: [
    {
      name: 'guarded',
      connection: { type: 'serviceAccount', url, token: `${PLANTED}-cluster` },
      istiod: { debugUrls: [url], token: `${PLANTED}-istiod` },
      traceStore: 'main',
    },
  ],
  traceStores: [
    {
      name: 'bearer',
      jaeger: {
        url,
        auth: { type: 'bearer', token: `${PLANTED}-bearer` },
        headers: { 'x-api-key': `${PLANTED}-header` },
      },
      prometheus: {
        url,
        metrics: 'istio',
        auth: { type: 'bearer', token: `${PLANTED}-prometheus` },
      },
    },
    {
      name: 'basic',
      jaeger: {
        url,
        auth: {
          type: 'basic',
          username: 'portal',
          password: `${PLANTED}-basic`,
        },
      },
    },
  ],
  sampling: {
    scopes: ['workload', 'namespace', 'mesh'],
    allowPermanent: true,
    fields: {
      provider: true,
      disableSpanReporting: true,
      disableContextPropagation: true,
    },
    rateLimit: 100_000,
  },
});

/** An entity whose traces are in one of the configured stores. */
const tracedIn = (store: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: store,
    annotations: {
      'meshtracing.io/workloads': 'shop/Deployment/frontend',
      'meshtracing.io/trace-store': store,
    },
  },
});

const databases = testDatabases();
// PostgreSQL where there is one: it refuses text that SQLite takes.
const database = databases.eachSupportedId().at(-1)![0];

describe(`hostile requests, seed ${SEED}, on ${database}`, () => {
  let knex: Knex;
  let bench: MeshTracingBench;
  let pool: Pool;
  let upstream: EchoServer;

  beforeAll(async () => {
    knex = await databases.init(database);
    upstream = await EchoServer.start();
    bench = await startMeshTracing({
      knex,
      config: configFor(upstream.url),
      entities: [tracedIn('bearer'), tracedIn('basic')],
      permissionsEnabled: true,
    });
    pool = new Pool(`http://127.0.0.1:${bench.server.port()}`, {
      connections: AT_ONCE,
    });
  });
  afterAll(async () => {
    await pool.close();
    await bench.stop();
    await upstream.stop();
  });

  const rows = () => Promise.all(TABLES.map(table => knex(table)));

  const previewed = async (form: object) => {
    const { status, body } = await bench.ask('owner', 'preview', {
      body: form,
    });
    expect(status).toBeLessThan(500);
    return body.token as string | undefined;
  };

  const send = async ({ method, path, headers, body }: HostileRequest) => {
    const answer = await pool.request({
      method,
      path,
      body,
      headers: {
        ...headers,
        authorization: CALLER,
        cookie: `session=${PLANTED}-cookie`,
        'x-forwarded-access-token': `${PLANTED}-forwarded`,
      },
    });
    const text = await answer.body.text();
    return {
      status: answer.statusCode,
      text: `${JSON.stringify(answer.headers)}${text}`,
    };
  };

  /** Sends all, some at once; the first that is not answered well is thrown. */
  const sendAll = async (
    requests: HostileRequest[],
    isFine: (status: number) => boolean,
  ) => {
    const next = requests.values();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const request of next) {
          const { status, text } = await send(request);
          if (!isFine(status) || leaksIn(text).length > 0) {
            const sent = JSON.stringify(request).slice(0, 2_000);
            throw new Error(`${status} to ${sent}: ${text.slice(0, 2_000)}`);
          }
        }
      }),
    );
  };

  /** What was logged and audited since it was last read. */
  const takeRecords = () => {
    const { auditor, audited, auditedErrors, logger, rootLogger } = bench;
    const mocks = [logger, rootLogger].flatMap(
      ({ debug, info, warn, error, child }) => [
        debug,
        info,
        warn,
        error,
        child,
      ],
    );
    const calls = mocks.map(({ mock }) => mock.calls);
    const records = inspect([calls, audited, auditedErrors], {
      depth: 8,
      maxArrayLength: null,
      maxStringLength: null,
      breakLength: Infinity,
    });
    mocks.forEach(mock => mock.mockClear());
    auditor.createEvent.mockClear();
    audited.length = 0;
    auditedErrors.length = 0;
    return records;
  };

  describe('are answered, change nothing and show no secret:', () => {
    let truth: KnownTruth;
    let writesBefore: string[];
    let rowsBefore: unknown[];

    beforeAll(async () => {
      const form = overrideRequest();
      const { status, body } = await bench.ask('owner', 'apply', {
        body: {
          override: form,
          token: await previewed(form),
          requestId: randomUUID(),
        },
      });
      if (status !== 200) {
        throw new Error(
          `No override to be hostile to: ${JSON.stringify(body)}`,
        );
      }
      const { uid, resourceVersion } = body.override;
      const token = (await previewed(form)) ?? '';
      truth = { token, form, uid, resourceVersion };
      writesBefore = [...bench.cluster.writes];
      rowsBefore = await rows();
    });

    it.each(routes.map(route => [casesOf(route), route] as const))(
      '%d to %s',
      async (cases, route) => {
        for (let first = 0; first < cases; first += BATCH) {
          const requests = fc.sample(hostileRequests(route, truth), {
            numRuns: Math.min(BATCH, cases - first),
            seed: SEED + first,
          });
          await sendAll(requests, status => status < 500);
          expect(leaksIn(takeRecords())).toEqual([]);
        }
        expect(bench.cluster.writes).toEqual(writesBefore);
        expect(await rows()).toEqual(rowsBefore);
      },
      120_000,
    );

    it('and neither does any row of the database', async () => {
      expect(leaksIn(JSON.stringify(await rows()))).toEqual([]);
    });
  });

  it('show no secret when systems behind answer with what they were sent', async () => {
    const reads = routes.filter(
      route => !isWrite(route) && route !== 'owned' && route !== 'ownedHistory',
    );
    const requests = ['bearer', 'basic'].flatMap(name =>
      reads.flatMap(route =>
        Array.from({ length: 20 }, (): HostileRequest => {
          const path = apiRoutes[route].path
            .replace('{kind}/{namespace}/{name}', `component/default/${name}`)
            .replace('{traceId}', SHOP_TRACE_ID);
          return {
            method: 'GET',
            path: `/api/mesh-tracing${path}`,
            headers: {},
          };
        }),
      ),
    );
    await sendAll(requests, status => [200, 400, 404, 503].includes(status));
    expect(leaksIn(takeRecords())).toEqual([]);
    expect(leaksIn(JSON.stringify(await rows()))).toEqual([]);
    // It did get them.
    expect(upstream.received).toContain(`${PLANTED}-bearer`);
    expect(upstream.received).toContain(`${PLANTED}-header`);
    expect(upstream.received).toContain(SECRETS[1]);
    expect(upstream.received).toContain(`${PLANTED}-cluster`);
  });

  it('that pass every check are carried out, without a failure', async () => {
    const outcomes: number[] = [];
    const wishes = fc.sample(fc.tuple(hostileWish, shortText), {
      numRuns: 500,
      seed: SEED,
    });
    for (const [override, reason] of wishes) {
      const token = await previewed(override);
      if (token) {
        const { status, body } = await bench.ask('owner', 'apply', {
          body: {
            override,
            token,
            requestId: randomUUID(),
            confirmScope: 'shop',
          },
        });
        outcomes.push(status);
        if (status === 200) {
          const { workload, scope } = { scope: undefined, ...override };
          const { uid, resourceVersion } = body.override;
          const reverted = await bench.ask('owner', 'revert', {
            body: { workload, scope, uid, resourceVersion, reason },
          });
          outcomes.push(reverted.status);
        }
      }
    }
    expect(outcomes.filter(status => status >= 500)).toEqual([]);
    expect(outcomes.filter(status => status === 200).length).toBeGreaterThan(
      10,
    );
    expect(leaksIn(takeRecords())).toEqual([]);
    expect(leaksIn(JSON.stringify(await rows()))).toEqual([]);
  }, 60_000);
});

/** Planted secrets that are in a text, with what is around them. */
function leaksIn(text: string): string[] {
  return SECRETS.flatMap(secret => {
    const at = text.indexOf(secret);
    return at < 0 ? [] : [text.slice(Math.max(0, at - 300), at + 100)];
  });
}
