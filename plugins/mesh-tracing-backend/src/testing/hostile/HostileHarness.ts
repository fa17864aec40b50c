import { randomUUID } from 'node:crypto';
import { inspect, isDeepStrictEqual } from 'node:util';
import { mockCredentials } from '@backstage/backend-test-utils';
import { apiRoutes } from 'backstage-plugin-mesh-tracing-common';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { Pool } from 'undici';
import { EchoServer } from './EchoServer';
import type { KnownTruth } from './hostileBody';
import { hostileRequests, type HostileRequest } from './hostileRequests';
import {
  PLANTED,
  leaksIn,
  plantedConfig,
  plantedEntities,
} from './plantedSecrets';
import { overrideRequest } from '../portal/requests';
import {
  startMeshTracing,
  type MeshTracingHarness,
  type RouteName,
} from '../portal/startMeshTracing';

const { FAST_CHECK_SEED, MESH_TRACING_FUZZ_CASES } = process.env;
/** To each route. */
export const FUZZ_CASES = Number(MESH_TRACING_FUZZ_CASES ?? 10_000);
/** That of the property tests: the same requests in each run, unless it is set. */
export const FUZZ_SEED = Number(FAST_CHECK_SEED ?? 11);

const AT_ONCE = 16;
/** Of the route whose refusals wait for a whole second, within their turn. */
const WAITING_AT_ONCE = 64;
/**
 * Processor time of the process until a request is answered. Generous, as sixteen are
 * answered at once: what stalls the process takes far longer.
 */
const MAX_ANSWER_CPU_MS = 10_000;
/** What such requests may be answered with: never that something failed. */
const FINE = [200, 304, 400, 403, 404, 409, 413, 415, 431];
/** What was logged is read and forgotten after so many requests. */
const BATCH = 1_000;
const CALLER = mockCredentials.user.header('user:default/olivia');
const TABLES = [
  'sampling_history',
  'sampling_requests',
  'sampling_overrides',
  'sampling_claims',
  'sampling_secrets',
];

/** Of all routes, those by which sampling is changed, and its changes are read. */
export const samplingRoutes = routesWhere(
  route =>
    'body' in apiRoutes[route] ||
    route === 'history' ||
    route === 'ownedHistory',
);
/** All others: what tracing is and shows. */
export const tracingRoutes = routesWhere(
  route => !samplingRoutes.includes(route),
);

/** What requests did that they must not do. */
export interface Damage {
  /** Secrets in what was logged and audited. */
  leaks: string[];
  /** To the cluster. */
  writes: string[];
  /** Whether what the portal remembers is another. */
  changesRows: boolean;
}

/** That of requests that did none. */
export const NO_DAMAGE: Damage = { leaks: [], writes: [], changesRows: false };

/** The plugin with secrets in every place that may hold one, an override, and its enemies. */
export class HostileHarness {
  readonly plugin: MeshTracingHarness;
  /** What the configured systems are. */
  readonly upstream: EchoServer;
  readonly #knex: Knex;
  readonly #pool: Pool;

  /** @param knex - an empty database */
  static async start(knex: Knex): Promise<HostileHarness> {
    const upstream = await EchoServer.start();
    const plugin = await startMeshTracing({
      knex,
      config: {
        ...plantedConfig(upstream.url),
        reads: { perUser: WAITING_AT_ONCE, total: WAITING_AT_ONCE },
      },
      entities: plantedEntities,
      permissionsEnabled: true,
    });
    return new HostileHarness(knex, plugin, upstream);
  }

  private constructor(
    knex: Knex,
    plugin: MeshTracingHarness,
    upstream: EchoServer,
  ) {
    this.#knex = knex;
    this.plugin = plugin;
    this.upstream = upstream;
    this.#pool = new Pool(`http://127.0.0.1:${plugin.server.port()}`, {
      connections: WAITING_AT_ONCE,
    });
  }

  async stop(): Promise<void> {
    await this.#pool.close();
    await this.plugin.stop();
    await this.upstream.stop();
  }

  /** All that the portal remembers. */
  rows(): Promise<unknown[]> {
    return Promise.all(TABLES.map(table => this.#knex(table)));
  }

  /** The token of a preview; undefined where the wish can't be applied. */
  async previewed(form: object): Promise<string | undefined> {
    const { status, body } = await this.plugin.ask('owner', 'preview', {
      body: form,
    });
    if (status >= 500) {
      throw new Error(`${status} to a preview of ${JSON.stringify(form)}`);
    }
    return body.token;
  }

  /** Makes the override that requests may be hostile to. */
  async override(): Promise<KnownTruth> {
    const form = overrideRequest();
    const { status, body } = await this.plugin.ask('owner', 'apply', {
      body: {
        override: form,
        token: await this.previewed(form),
        requestId: randomUUID(),
      },
    });
    if (status !== 200) {
      throw new Error(`No override: ${JSON.stringify(body)}`);
    }
    const { uid, resourceVersion } = body.override;
    return {
      form,
      uid,
      resourceVersion,
      token: (await this.previewed(form)) ?? '',
    };
  }

  /**
   * Sends many requests to one route, and tells what they did.
   *
   * @throws at the first that fails in the portal or has a secret in its answer
   */
  async attack(route: RouteName, truth: KnownTruth): Promise<Damage> {
    const { writes } = this.plugin.cluster;
    const writeCount = writes.length;
    const rows = await this.rows();
    const leaks: string[] = [];
    for (let first = 0; first < FUZZ_CASES; first += BATCH) {
      const requests = fc.sample(hostileRequests(route, truth), {
        numRuns: Math.min(BATCH, FUZZ_CASES - first),
        seed: FUZZ_SEED + first,
      });
      await this.sendAll(
        requests,
        status => FINE.includes(status),
        route === 'locateTrace' ? WAITING_AT_ONCE : AT_ONCE,
      );
      leaks.push(...leaksIn(this.takeRecords()));
    }
    return {
      leaks,
      writes: writes.slice(writeCount),
      changesRows: !isDeepStrictEqual(await this.rows(), rows),
    };
  }

  /** Sends all, some at once; the first that is not answered well is thrown. */
  async sendAll(
    requests: HostileRequest[],
    isFine: (status: number) => boolean,
    atOnce = AT_ONCE,
  ): Promise<void> {
    const next = requests.values();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        for (const request of next) {
          const from = process.cpuUsage();
          const { status, text } = await this.#send(request);
          const tookMs = process.cpuUsage(from).user / 1_000;
          const isWell =
            isFine(status) &&
            tookMs < MAX_ANSWER_CPU_MS &&
            leaksIn(text).length === 0;
          if (!isWell) {
            const sent = JSON.stringify(request).slice(0, 2_000);
            throw new Error(
              `${status} after ${tookMs} ms of work to ${sent}: ${text.slice(
                0,
                2_000,
              )}`,
            );
          }
        }
      }),
    );
  }

  /** What was logged and audited since it was last taken. */
  takeRecords(): string {
    const { auditor, audited, auditedErrors, logger, rootLogger } = this.plugin;
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
  }

  async #send({ method, path, headers, body }: HostileRequest) {
    const answer = await this.#pool.request({
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
  }
}

function routesWhere(isWanted: (route: RouteName) => boolean): RouteName[] {
  return (Object.keys(apiRoutes) as RouteName[]).filter(isWanted);
}
