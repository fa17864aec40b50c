import type { PageFacts } from '../../workers/TraceJob';

/**
 * By trace, a time after which none of its matching spans starts: whoever is to
 * see a trace again searches up to there. Whole microseconds since the epoch.
 */
export class TraceLatest {
  /** Of pages that hold all that their slices have down to their bounds. */
  readonly #seen = new Map<string, number>();
  /** Of pages that a store may have picked as it liked. */
  readonly #glimpsed = new Map<string, number>();

  /** Pages come newest first: where a trace is met first, there is its latest span. */
  see(page: PageFacts, endUs: number): void {
    this.#addTo(this.#seen, page, endUs);
  }

  glimpse(page: PageFacts, endUs: number): void {
    this.#addTo(this.#glimpsed, page, endUs);
  }

  /** @param backToUs - where the walk ended; absent when it went through */
  all(backToUs = Infinity): Map<string, number> {
    const latest = new Map<string, number>();
    for (const [id, us] of this.#glimpsed) {
      // What the pages after it do not hold is older than they are.
      latest.set(id, Math.min(us, backToUs));
    }
    for (const [id, us] of this.#seen) {
      latest.set(id, us);
    }
    return latest;
  }

  #addTo(
    times: Map<string, number>,
    { traceIds, times: { endUs: ends, matchUs } }: PageFacts,
    endUs: number,
  ): void {
    traceIds.forEach((id, i) => {
      const us = (matchUs ?? ends)[i] as number;
      if (!times.has(id)) {
        times.set(id, us <= endUs ? us : endUs);
      }
    });
  }
}
