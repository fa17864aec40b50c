import type { StoreAbilities } from '../dialects/probeDialect';
import type { SpanFilterName } from './searchFilters';
import type { SearchFacts } from './SearchPlan';
import { TimeOrder } from './TimeOrder';

/** What a search taught about a store. */
export type SearchLesson =
  | { about: 'filter'; filter: SpanFilterName; applies: boolean }
  | { about: 'page-size'; mostTraces: number };

/** What searches taught about one store, for the plans of the next ones. */
export class StoreKnowledge {
  /** Whether it returns the newest traces of a window. */
  readonly order = new TimeOrder();
  readonly #store: string;
  readonly #applies = new Map<SpanFilterName, boolean>();
  #mostTraces: number | undefined;

  static create(store: string): StoreKnowledge {
    return new StoreKnowledge(store);
  }

  private constructor(store: string) {
    this.#store = store;
  }

  /** What is known now; what is learnt later does not change it. */
  facts(abilities: StoreAbilities): SearchFacts {
    return {
      store: this.#store,
      abilities,
      applies: Object.fromEntries(this.#applies),
      mostTraces: this.#mostTraces,
    };
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
