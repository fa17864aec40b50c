import { isError } from '@backstage/errors';
import type {
  ProxyAcceptance,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import { SharedWork } from '../../shared/SharedWork';
import { ApiServerClient } from '../api/ApiServerClient';
import { ApiServerError } from '../api/ApiServerError';
import { ClusterConnection } from '../api/ClusterConnection';
import type { IstiodConfig } from '../ClusterConfig';
import { judgeAcceptance } from './judgeAcceptance';
import { syncStatus, type ListenerSync } from './syncStatus';

/** Short, since a person waits for the page that shows the answer. */
const TIMEOUT_MS = 2_000;
/**
 * Pages that ask within this time share one answer, since each asks for all proxies.
 */
const FRESH_MS = 1_000;

/** Asks istiod whether proxies accepted the configuration that it sent them. */
export class IstiodDebug {
  readonly #clients: ApiServerClient[];
  #latest?: { atMs: number; proxies: SharedWork<Map<string, ListenerSync>> };

  /** @throws InputError when the connection can not work as configured. */
  static create(config: IstiodConfig): IstiodDebug {
    const { debugUrls, ...credentials } = config;
    return new IstiodDebug(
      debugUrls.map(url =>
        ApiServerClient.create({
          connection: ClusterConnection.create({
            type: 'serviceAccount',
            url,
            ...credentials,
            // Istiod's monitoring port speaks only http; the reader of the
            // configuration has checked whether a token may be sent there.
            allowPlainText: true,
          }),
          timeoutMs: TIMEOUT_MS,
        }),
      ),
    );
  }

  private constructor(clients: ApiServerClient[]) {
    this.#clients = clients;
  }

  /** Never rejects: a failure is an answer with the state `unknown` and a message. */
  async acceptance(
    workload: Workload,
    {
      changedAtMs,
      signal,
    }: { changedAtMs?: number; signal?: AbortSignal } = {},
  ): Promise<ProxyAcceptance> {
    try {
      return judgeAcceptance(workload, await this.#proxies(signal), {
        nowMs: Date.now(),
        changedAtMs,
      });
    } catch (error) {
      return {
        state: 'unknown',
        proxies: workload.pods.length,
        accepted: 0,
        behind: [],
        message: `istiod's debug interface did not answer: ${reason(error)}.`,
        unanswered: true,
      };
    }
  }

  close(): void {
    this.#clients.forEach(client => client.close());
  }

  #proxies(signal?: AbortSignal): Promise<Map<string, ListenerSync>> {
    const nowMs = Date.now();
    if (!this.#latest || nowMs - this.#latest.atMs > FRESH_MS) {
      const latest = {
        atMs: nowMs,
        proxies: SharedWork.start(
          stop => this.#ask(stop),
          why => {
            // A failure is kept for as long as an answer, so that an istiod that is
            // away is not asked by each page.
            if (why === 'abandoned' && this.#latest === latest) {
              this.#latest = undefined;
            }
          },
        ),
      };
      this.#latest = latest;
    }
    return this.#latest.proxies.join(signal);
  }

  /** Each replica knows the proxies that are connected to it. */
  async #ask(signal: AbortSignal): Promise<Map<string, ListenerSync>> {
    const answers = await Promise.all(
      this.#clients.map(client =>
        client.request({ path: '/debug/syncz', signal }),
      ),
    );
    return new Map(answers.flatMap(({ body }) => [...syncStatus(body)]));
  }
}

function reason(error: unknown): string {
  if (error instanceof ApiServerError && error.statusCode !== undefined) {
    return `it answered ${error.statusCode}`;
  }
  return isError(error) ? error.message : 'unknown error';
}
