import { setTimeout as delay } from 'node:timers/promises';
import type { JaegerTraceStore } from 'backstage-plugin-mesh-tracing-backend/src/tracestore';
import { productStore, type CheckedStore } from './CheckedStore';

/** A window whose traces are all known and change no more. */
export interface SettledWindow {
  services: string[];
  startTimeMs: number;
  endTimeMs: number;
  traceCount: number;
}

/** What the product said while it was watched. */
export interface WatchResult {
  /** Searches and looks at the status. */
  answers: number;
  failures: number;
  /** Not among the failures: no answer within the product's limit. */
  slow: number;
  /**
   * When searches began, in milliseconds since the epoch, whose answers lack traces
   * and call themselves complete: lies.
   */
  wrongMs: number[];
  /** Answers that lack traces and say so. */
  partial: number;
  /** What it said was wrong, each text once. */
  messages: string[];
  /** Each with what to do. */
  advised: boolean;
  /** From the first failure to the last, in milliseconds. */
  troubleMs: number;
}

const EVERY_MS = 250;
/** A machine that does much else is slow, and its store not broken. */
const SLOW = /did not answer within/;

/**
 * Asks the product again and again while parts are killed: how the store is, and
 * for traces of a window that is over.
 */
export class StoreWatch {
  readonly #store: JaegerTraceStore;
  readonly #window: SettledWindow;
  readonly #messages = new Set<string>();
  readonly #failuresMs: number[] = [];
  #answers = 0;
  #slow = 0;
  readonly #wrongMs: number[] = [];
  #partial = 0;
  #advised = true;
  #ended = false;
  #run: Promise<void> = Promise.resolve();

  static start(checked: CheckedStore, window: SettledWindow): StoreWatch {
    const watch = new StoreWatch(productStore(checked), window);
    watch.#run = watch.#ask();
    return watch;
  }

  private constructor(store: JaegerTraceStore, window: SettledWindow) {
    this.#store = store;
    this.#window = window;
  }

  async end(): Promise<WatchResult> {
    this.#ended = true;
    await this.#run;
    await this.#store.stop();
    const [first = 0] = this.#failuresMs;
    return {
      answers: this.#answers,
      failures: this.#failuresMs.length,
      slow: this.#slow,
      wrongMs: this.#wrongMs,
      partial: this.#partial,
      messages: [...this.#messages],
      advised: this.#advised,
      troubleMs: (this.#failuresMs.at(-1) ?? first) - first,
    };
  }

  async #ask(): Promise<void> {
    while (!this.#ended) {
      await this.#askStatus();
      await this.#search();
      await delay(EVERY_MS);
    }
  }

  async #askStatus(): Promise<void> {
    this.#answers += 1;
    const { reachable, message, whatToDo } = await this.#store.status();
    if (!reachable) {
      this.#failed(message ?? '');
      this.#advised &&= Boolean(whatToDo);
    }
  }

  async #search(): Promise<void> {
    const { traceCount, ...window } = this.#window;
    this.#answers += 1;
    const beganMs = Date.now();
    try {
      const { traces, coverage } = await this.#store.search({
        ...window,
        limit: 500,
      });
      if (traces.length !== traceCount) {
        if (coverage.complete) {
          this.#wrongMs.push(beganMs);
        } else {
          this.#partial += 1;
        }
      }
    } catch (error) {
      this.#failed(error instanceof Error ? error.message : String(error));
    }
  }

  #failed(message: string): void {
    this.#messages.add(message);
    if (SLOW.test(message)) {
      this.#slow += 1;
    } else {
      this.#failuresMs.push(Date.now());
    }
  }
}
