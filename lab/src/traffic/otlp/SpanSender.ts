import { setTimeout as delay } from 'node:timers/promises';
import { assertLoopback } from '../sendRequest';
import { otlpBody, type MadeSpan } from './MadeSpan';

const TIMEOUT_MS = 30_000;
const ATTEMPTS = 40;
const PAUSE_MS = 100;

/** Hands spans to collectors in turn, and again to the next one if it is refused. */
export class SpanSender {
  readonly #collectors: string[];
  #turn = 0;
  #refused = 0;
  #slowestMs = 0;

  /**
   * @param collectors - OTLP over HTTP
   * @throws Error for an address that isn't on the loopback interface
   */
  static create(collectors: string[]): SpanSender {
    collectors.forEach(assertLoopback);
    return new SpanSender(collectors);
  }

  private constructor(collectors: string[]) {
    this.#collectors = collectors;
  }

  /** Batches that were not taken, and sent again. */
  get refused(): number {
    return this.#refused;
  }

  /** The longest that a collector took to answer. */
  get slowestMs(): number {
    return this.#slowestMs;
  }

  /**
   * Resolves once a collector has acknowledged the spans.
   *
   * @throws Error when none does
   */
  async send(spans: MadeSpan[], signal?: AbortSignal): Promise<void> {
    const body = JSON.stringify(otlpBody(spans));
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      signal?.throwIfAborted();
      this.#turn += 1;
      const collector = this.#collectors[this.#turn % this.#collectors.length];
      const startMs = Date.now();
      const taken = await this.#post(`${collector}/v1/traces`, body);
      this.#slowestMs = Math.max(this.#slowestMs, Date.now() - startMs);
      if (taken) return;
      this.#refused += 1;
      await delay(PAUSE_MS);
    }
    throw new Error(`No collector took spans in ${ATTEMPTS} attempts.`);
  }

  async #post(url: string, body: string): Promise<boolean> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }
}
