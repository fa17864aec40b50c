import type { LoggerService } from '@backstage/backend-plugin-api';

/**
 * Calls listeners once for all changes of a short time: a watch may bring hundreds
 * of changes at a time, and a listener reads the whole state anyway.
 */
export class Notifier {
  readonly #delayMs: number;
  readonly #logger: LoggerService;
  readonly #listeners = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;

  static create(options: { delayMs: number; logger: LoggerService }): Notifier {
    return new Notifier(options.delayMs, options.logger);
  }

  private constructor(delayMs: number, logger: LoggerService) {
    this.#delayMs = delayMs;
    this.#logger = logger;
  }

  subscribe(listener: () => void): () => void {
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => {
      this.#listeners.delete(entry);
    };
  }

  changed(): void {
    this.#timer ??= setTimeout(() => this.#notify(), this.#delayMs);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#listeners.clear();
  }

  #notify(): void {
    this.#timer = undefined;
    for (const listener of [...this.#listeners]) {
      try {
        listener();
      } catch (error) {
        this.#logger.error(
          'A listener for cluster changes failed',
          error as Error,
        );
      }
    }
  }
}
