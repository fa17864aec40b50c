import type { PageFacts } from '../workers/TraceJob';
import type { SearchOutcome } from './SearchOutcome';

/** Counts traces once, whichever sources and slices they came from. */
export class SeenTraces {
  readonly #fetched = new Set<string>();
  readonly #belonging = new Set<string>();
  readonly #matched = new Set<string>();
  #wereChecked = false;

  add(page: PageFacts, matchedIds: readonly string[]): void {
    page.traceIds.forEach(id => this.#fetched.add(id));
    (page.belongingIds ?? page.traceIds).forEach(id => this.#belonging.add(id));
    matchedIds.forEach(id => this.#matched.add(id));
    this.#wereChecked ||= page.belongingIds !== undefined;
  }

  counts(): Pick<
    SearchOutcome<PageFacts>,
    'fetchedCount' | 'belongingCount' | 'matchedCount'
  > {
    return {
      fetchedCount: this.#fetched.size,
      matchedCount: this.#matched.size,
      ...(this.#wereChecked ? { belongingCount: this.#belonging.size } : {}),
    };
  }
}
