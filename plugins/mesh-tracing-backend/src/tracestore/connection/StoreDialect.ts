import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JaegerStoreConfig } from '../config/JaegerStoreConfig';
import { probeDialect, type StoreAbilities } from '../dialects/probeDialect';
import type { StoreHttpClient } from '../http/StoreHttpClient';

const PROBE_TTL_MS = 10 * 60_000;

/** What {@link StoreDialect} is made of. */
export interface StoreDialectOptions {
  config: Pick<JaegerStoreConfig, 'name' | 'dialect'>;
  client: StoreHttpClient;
  logger: LoggerService;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Which dialect a store speaks: as configured, else as found, for ten minutes. */
export class StoreDialect {
  readonly #options: StoreDialectOptions;
  readonly #fixed: StoreAbilities | undefined;
  #probe: { abilities: Promise<StoreAbilities>; atMs: number } | undefined;

  static create(options: StoreDialectOptions): StoreDialect {
    return new StoreDialect(options);
  }

  private constructor(options: StoreDialectOptions) {
    this.#options = options;
    const { dialect = 'auto' } = options.config;
    this.#fixed =
      dialect === 'auto'
        ? undefined
        : { search: dialect, detail: dialect === 'legacy' ? 'legacy' : 'v3' };
  }

  /** @throws as `probeDialect` */
  async abilities(): Promise<StoreAbilities> {
    if (this.#fixed) {
      return this.#fixed;
    }
    const nowMs = this.#options.now();
    if (!this.#probe || nowMs - this.#probe.atMs > PROBE_TTL_MS) {
      this.#probe = this.#startProbe(nowMs);
    }
    return this.#probe.abilities;
  }

  /**
   * Looks again, since an answer was none of the API: the store may be another
   * version by now.
   *
   * @returns undefined when the dialect is configured, or still the same
   */
  async changedFrom(
    before: StoreAbilities,
  ): Promise<StoreAbilities | undefined> {
    if (this.#fixed) {
      return undefined;
    }
    this.#probe = undefined;
    const found = await this.abilities();
    return found.search === before.search && found.detail === before.detail
      ? undefined
      : found;
  }

  #startProbe(nowMs: number) {
    const { client, config, logger } = this.#options;
    const abilities = probeDialect(client, config.name, nowMs);
    const probe = { abilities, atMs: nowMs };
    abilities.then(
      ({ search, detail }) =>
        logger.info(
          `Trace store '${config.name}' speaks ${search} (single traces: ${detail})`,
        ),
      () => {
        if (this.#probe === probe) {
          this.#probe = undefined;
        }
      },
    );
    return probe;
  }
}
