import type { TraceQuery } from 'backstage-plugin-mesh-tracing-common';
import { problemIn } from '../problems/StoreError';
import type { StoreAbilities } from '../dialects/probeDialect';
import {
  doubtfulFilters,
  inexpressible,
  type DoubtfulFilter,
  type SearchMode,
} from './SearchMode';

/** Filters that stores express as tags, and of which some storages know nothing. */
const AS_TAGS: ReadonlySet<DoubtfulFilter> = new Set(['errors', 'span kind']);

/**
 * Learns which filters a store applies. `error` and `span.kind` are no tags of
 * their own in every storage: Jaeger's in-memory one answers such a search with
 * nothing at all, or with the wrong spans. An empty answer is therefore checked
 * once by a search without these filters, which are then applied here.
 */
export class FilterTrust {
  readonly #works = new Map<DoubtfulFilter, boolean>();

  /**
   * @param search - runs a search; `matchedCount` counts what passed our own check
   */
  async run<T>(
    abilities: StoreAbilities,
    query: TraceQuery,
    search: (mode: SearchMode) => Promise<{ result: T; matchedCount: number }>,
  ): Promise<T> {
    const withheld = new Set(
      doubtfulFilters(query).filter(
        filter =>
          inexpressible(abilities).includes(filter) ||
          this.#works.get(filter) === false,
      ),
    );
    const sent = doubtfulFilters(query).filter(
      filter => AS_TAGS.has(filter) && !withheld.has(filter),
    );
    const unproven = sent.filter(filter => !this.#works.get(filter));
    const asked = await this.#withholdingDurations(
      { abilities, withheld },
      search,
    );
    if (asked.matchedCount > 0) {
      unproven.forEach(filter => this.#works.set(filter, true));
      return asked.result;
    }
    if (unproven.length === 0) {
      return asked.result;
    }
    const checked = await this.#withholdingDurations(
      { abilities, withheld: new Set([...withheld, ...unproven]) },
      search,
    );
    if (checked.matchedCount > 0 && unproven.length === 1) {
      unproven.forEach(filter => this.#works.set(filter, false));
    }
    return checked.result;
  }

  /** Cassandra cannot combine durations with tags. */
  async #withholdingDurations<T>(
    mode: SearchMode,
    search: (mode: SearchMode) => Promise<T>,
  ): Promise<T> {
    try {
      return await search(mode);
    } catch (error) {
      if (!problemIn(error, 'unsupported-combination')) {
        throw error;
      }
      return search({
        ...mode,
        withheld: new Set([...mode.withheld, 'span duration' as const]),
      });
    }
  }
}
