import type { StoreAbilities } from '../dialects/probeDialect';
import type { SpanFilterName } from './searchFilters';
import type { SearchFacts } from './SearchPlan';
import { TimeOrder } from './walk/TimeOrder';

/** What a search taught about a store. */
export type SearchLesson =
  | { about: 'filter'; filter: SpanFilterName; applies: boolean }
  | { about: 'page-size'; mostTraces: number };

/** So often the store is asked for its version, while something is known of it. */
const CHECK_MS = 10 * 60_000;
/** What is learnt is believed so long: stores are upgraded and moved. */
const BELIEVED_MS = 60 * 60_000;

/**
 * What searches taught about one store, for the plans of the next ones. It is
 * forgotten when the store speaks another dialect or tells another version, and
 * after an hour anyway, as many tell none.
 */
export class StoreKnowledge {
  /** Whether it returns the newest traces of a window. */
  readonly order = new TimeOrder();
  readonly #store: string;
  readonly #applies = new Map<SpanFilterName, boolean>();
  #mostTraces: number | undefined;
  readonly #now: () => number;
  #of = { dialect: '', version: '', sinceMs: 0, checkedMs: 0 };

  static create(store: string, now: () => number = Date.now): StoreKnowledge {
    return new StoreKnowledge(store, now);
  }

  private constructor(store: string, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** Whether the version may tell that something must be forgotten. */
  get wantsVersion(): boolean {
    const isEmpty =
      this.#applies.size === 0 &&
      this.#mostTraces === undefined &&
      this.order.isUnknown;
    return !isEmpty && this.#now() - this.#of.checkedMs > CHECK_MS;
  }

  /**
   * What is known now; what is learnt later does not change it.
   *
   * @param version - of the store's program, where it was asked for; empty where the
   *   store does not tell it
   */
  facts(abilities: StoreAbilities, version?: string): SearchFacts {
    const dialect = `${abilities.search} ${abilities.detail}`;
    const nowMs = this.#now();
    const isOfAnother =
      this.#of.dialect !== dialect ||
      (version !== undefined && this.#of.version !== version);
    if (isOfAnother || nowMs - this.#of.sinceMs > BELIEVED_MS) {
      this.#forget();
      this.#of = { dialect, version: '', sinceMs: nowMs, checkedMs: nowMs };
    }
    if (version !== undefined) {
      this.#of.version = version;
      this.#of.checkedMs = nowMs;
    }
    return {
      store: this.#store,
      abilities,
      applies: Object.fromEntries(this.#applies),
      mostTraces: this.#mostTraces,
    };
  }

  #forget(): void {
    this.#applies.clear();
    this.#mostTraces = undefined;
    this.order.forget();
  }

  learn(lessons: readonly SearchLesson[]): void {
    for (const lesson of lessons) {
      if (lesson.about === 'filter') {
        this.#applies.set(lesson.filter, lesson.applies);
      } else {
        const { mostTraces } = lesson;
        this.#mostTraces = Math.min(this.#mostTraces ?? Infinity, mostTraces);
      }
    }
  }
}
