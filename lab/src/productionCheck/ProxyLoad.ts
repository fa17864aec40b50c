import { sendRequests } from '../traffic/sendRequests';

/** Each second. */
const REQUESTS_AT_ONCE = 10;

/** Requests through the frontend's Envoy until ended. */
export class ProxyLoad {
  readonly traceIds: string[] = [];
  readonly #controller = new AbortController();
  #run: Promise<void> = Promise.resolve();

  static start(url: string): ProxyLoad {
    const load = new ProxyLoad();
    load.#run = load.#send(url);
    return load;
  }

  async end(): Promise<void> {
    this.#controller.abort();
    await this.#run;
  }

  async #send(url: string): Promise<void> {
    const { signal } = this.#controller;
    while (!signal.aborted) {
      const startMs = Date.now();
      const { traceIds } = await sendRequests({
        url,
        count: REQUESTS_AT_ONCE,
        concurrency: 1,
      });
      this.traceIds.push(...traceIds);
      const leftMs = 1000 - (Date.now() - startMs);
      await new Promise(resolve => setTimeout(resolve, Math.max(0, leftMs)));
    }
  }
}
