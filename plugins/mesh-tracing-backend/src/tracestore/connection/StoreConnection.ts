import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  gatewayFailure,
  legacyFailure,
  StoreStreamError,
} from 'backstage-plugin-mesh-tracing-common';
import type { TraceReadOptions } from 'backstage-plugin-mesh-tracing-node';
import type { JaegerStoreConfig } from '../config/JaegerStoreConfig';
import { answerWords } from '../dialects/answerWords';
import {
  judgeResponse,
  judgeStreamError,
  unexpectedAnswer,
} from '../dialects/judgeResponse';
import type { StoreAbilities } from '../dialects/probeDialect';
import type { StoreResponse } from '../http/readResponse';
import { StoreHttpClient, type GetOptions } from '../http/StoreHttpClient';
import type { StoreClock } from '../http/storeClock';
import { problemIn, storeError } from '../problems/StoreError';
import { StorageRecovery } from './StorageRecovery';
import { StoreDialect } from './StoreDialect';

/** Jaeger's metrics API. */
const METRICS_PATH = '/api/metrics/';

/** An answer that is no failure: what was asked for (`ok`), or that there is none. */
export interface StoreAnswer {
  outcome: 'ok' | 'not-found' | 'not-configured';
  body: Uint8Array<ArrayBuffer>;
  /** See {@link StoreResponse}. */
  spanCounts?: StoreResponse['spanCounts'];
}

/**
 * One store's API: knows which dialect it speaks, and asks again when an answer
 * does not fit, for instance after an upgrade.
 */
export class StoreConnection {
  readonly dialect: StoreDialect;
  readonly #name: string;
  readonly #dialect: JaegerStoreConfig['dialect'];
  readonly #client: StoreHttpClient;
  readonly #logger: LoggerService;
  readonly recovery: StorageRecovery;

  static create(
    config: JaegerStoreConfig,
    logger: LoggerService,
    now: () => number = Date.now,
  ): StoreConnection {
    return new StoreConnection(config, logger, now);
  }

  private constructor(
    config: JaegerStoreConfig,
    logger: LoggerService,
    now: () => number,
  ) {
    this.#name = config.name;
    this.#dialect = config.dialect;
    this.#client = StoreHttpClient.create(config, now);
    this.#logger = logger;
    this.recovery = StorageRecovery.create(now);
    this.dialect = StoreDialect.create({
      config,
      client: this.#client,
      logger,
      now,
    });
  }

  /**
   * Runs a request in the store's dialect. When the answer is none of its API, the
   * dialect is probed anew, and if it changed, the request runs once more.
   */
  async run<T>(work: (abilities: StoreAbilities) => Promise<T>): Promise<T> {
    const abilities = await this.dialect.abilities();
    try {
      return await work(abilities);
    } catch (error) {
      const changed =
        problemIn(error, 'unexpected-answer') &&
        (await this.dialect.changedFrom(abilities));
      if (!changed) {
        throw error;
      }
      return work(changed);
    }
  }

  /** @throws as `judgeResponse` and `StoreHttpClient.get` */
  async get(path: string, options?: GetOptions): Promise<StoreAnswer> {
    const response = await this.#client.get(path, options);
    try {
      return {
        outcome: judgeResponse(this.#name, response),
        body: response.body,
        spanCounts: response.spanCounts,
      };
    } catch (error) {
      this.#logRefusal(path, response);
      throw this.#lacksDialect(path, error)
        ? storeError(this.#name, {
            code: 'dialect-missing',
            dialect: String(this.#dialect),
            status: response.status,
          })
        : this.recovery.noted(path, error);
    }
  }

  /** A small answer, parsed. Undefined when there is none. */
  async getJson(path: string, options?: TraceReadOptions): Promise<unknown> {
    const { outcome, body } = await this.get(path, options);
    return outcome === 'ok' ? this.#parsed(path, body) : undefined;
  }

  /**
   * A list that every store of this dialect has, if only an empty one.
   *
   * @throws `unexpected-answer` when the answer is "not found", in whatever form:
   *   a gateway says so of paths that it does not know
   */
  async getList(path: string, options?: TraceReadOptions): Promise<unknown> {
    const { outcome, body } = await this.get(path, options);
    if (outcome !== 'ok') {
      const status = outcome === 'not-found' ? 404 : 501;
      throw unexpectedAnswer(this.#name, { status, body });
    }
    return this.#parsed(path, body);
  }

  async #parsed(path: string, body: Uint8Array<ArrayBuffer>): Promise<unknown> {
    const text = Buffer.from(body.buffer, 0, body.length).toString('utf8');
    const json = parse(text);
    if (json === undefined) {
      throw unexpectedAnswer(this.#name, { status: 200, body });
    }
    const failure = failureIn(json);
    if (failure) {
      return this.readStream(path, async () => {
        throw failure;
      });
    }
    return json;
  }

  /**
   * Reads a body that {@link get} returned, which may hold an error of the store
   * although its status was good.
   *
   * @throws as `judgeResponse` for that error
   */
  async readStream<T>(path: string, read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof StoreStreamError)) {
        throw error;
      }
      const { status, detail } = error;
      const failure = new StoreStreamError(
        status,
        this.#client.withoutSent(detail),
      );
      this.#logger.warn(
        `Trace store '${this.#name}' answered ${
          path.split('?')[0]
        } with an error after status 200: ${failure.detail.slice(0, 300)}`,
      );
      throw this.recovery.noted(path, judgeStreamError(this.#name, failure));
    }
  }

  /** See {@link StoreHttpClient.clock}. */
  get clock(): StoreClock | undefined {
    return this.#client.clock;
  }

  /** The version, if the page that Jaeger serves at its base path tells it. */
  async version(options?: TraceReadOptions): Promise<string | undefined> {
    try {
      const { body } = await this.#client.get('/', options);
      const page = Buffer.from(body.subarray(0, 256 * 1024)).toString('utf8');
      return /"gitVersion"\s*:\s*"([^"]{1,40})"/.exec(page)?.[1];
    } catch {
      options?.signal?.throwIfAborted();
      return undefined;
    }
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  /** Newer Jaegers have no search of the legacy API, older ones none of summaries. */
  #lacksDialect(path: string, error: unknown): boolean {
    const problem = problemIn(error, 'unexpected-answer');
    return (
      (this.#dialect ?? 'auto') !== 'auto' &&
      problem?.status === 404 &&
      problem.form === 'other' &&
      /^\/api\/(?:traces\?|services|v3\/)/.test(path)
    );
  }

  /**
   * What the store said may name hosts and queries of its storage: for the log only.
   * Of its metrics not even there, as it says the address of their storage whenever
   * that is away.
   */
  #logRefusal(path: string, response: StoreResponse): void {
    const resource = path.split('?')[0] ?? path;
    if (resource.startsWith(METRICS_PATH)) {
      this.#logger.warn(
        `Trace store '${this.#name}' answered ${resource} with status ${
          response.status
        }; its own log says why`,
      );
      return;
    }
    const head = Buffer.from(response.body.subarray(0, 64 * 1024));
    const said = Buffer.from(this.#client.withoutSent(head.toString('utf8')));
    this.#logger.warn(
      `Trace store '${this.#name}' answered ${resource} with status ${
        response.status
      }: ${answerWords(said)}`,
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The error that a small answer is, although its status was good. */
function failureIn(json: unknown): StoreStreamError | undefined {
  const failure = gatewayFailure(json) ?? legacyFailure(json);
  return failure?.status === 404 ? undefined : failure;
}
