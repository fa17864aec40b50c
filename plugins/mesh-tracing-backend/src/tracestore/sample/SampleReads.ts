import type {
  SampleAsk,
  SampleOutcome,
  SampleRead,
  SpanTable,
  TraceFilter,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  TraceCoverage,
  TraceReadReach,
  TraceReadResult,
} from 'backstage-plugin-mesh-tracing-node';
import { traceTimes } from './traceTimes';

interface DoneAsk {
  ask: SampleAsk;
  reach: readonly TraceReadReach[];
  byteCount: number;
  fetchedCount: number;
  /** Where in the window each of its traces counts; milliseconds since the epoch. */
  timesMs: readonly number[];
}

/**
 * What was read of one window so far, for plans of any level. A stretch counts as
 * read where that holds for every service name; a name that never answered is left
 * out instead of making all of the others' reads worthless.
 */
export class SampleReads {
  readonly #filter: TraceFilter;
  readonly #done: DoneAsk[] = [];
  readonly #tables: SpanTable[] = [];
  readonly #answered = new Set<string>();
  readonly #errors = new Map<string, Error>();
  #fetchedCount = 0;
  #belongingCount: number | undefined;
  #byteCount = 0;
  #sizeBytes = 0;

  static create(filter: TraceFilter): SampleReads {
    return new SampleReads(filter);
  }

  private constructor(filter: TraceFilter) {
    this.#filter = filter;
  }

  get tables(): readonly SpanTable[] {
    return this.#tables;
  }

  /** Memory of the columns, bytes. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** What the store sent, bytes. */
  get byteCount(): number {
    return this.#byteCount;
  }

  get askCount(): number {
    return this.#done.length;
  }

  /** Bytes that a trace had on average; undefined before there is one. */
  get bytesPerTrace(): number | undefined {
    return this.#fetchedCount > 0
      ? this.#byteCount / this.#fetchedCount
      : undefined;
  }

  add(ask: SampleAsk, result: TraceReadResult): void {
    const { tables, reach, byteCount, fetchedCount, belongingCount } = result;
    const timesMs = [...traceTimes(tables, this.#filter).values()];
    this.#note(reach);
    this.#done.push({ ask, reach, byteCount, fetchedCount, timesMs });
    this.#tables.push(...tables.filter(({ traceIds }) => traceIds.length > 0));
    this.#fetchedCount += fetchedCount;
    this.#byteCount += byteCount;
    if (belongingCount !== undefined) {
      this.#belongingCount = (this.#belongingCount ?? 0) + belongingCount;
    }
    this.#sizeBytes += tables.reduce((sum, table) => sum + sizeOf(table), 0);
  }

  /** Notes that no name of an ask answered. */
  addFailure(ask: SampleAsk, error: Error): void {
    const reach = this.#filter.services.map(service => ({ service, error }));
    this.#note(reach);
    const nothing = { byteCount: 0, fetchedCount: 0, timesMs: [] };
    this.#done.push({ ask, reach, ...nothing });
  }

  /** What came of the asks from a place on, in the order in which they ended. */
  *outcomes(from: number): Generator<[SampleAsk, SampleOutcome]> {
    for (const done of this.#done.slice(from)) {
      yield [done.ask, this.#outcomeOf(done)];
    }
  }

  /** All stretches of which every trace was read; they may overlap. */
  reads(): SampleRead[] {
    return this.#done.flatMap(done => {
      const { read, traceCount } = this.#outcomeOf(done);
      return read ? [{ ...read, traceCount }] : [];
    });
  }

  /** Each name that failed somewhere, with the first of its errors. */
  failures(): TraceCoverage['failures'] {
    return [...this.#errors].map(([service, { message }]) => ({
      service,
      message,
    }));
  }

  counts(): Pick<TraceCoverage, 'fetchedCount' | 'belongingCount'> {
    return {
      fetchedCount: this.#fetchedCount,
      ...(this.#belongingCount === undefined
        ? {}
        : { belongingCount: this.#belongingCount }),
    };
  }

  /** The first error, where no name ever answered. */
  failure(): Error | undefined {
    const [first] = this.#errors.values();
    return this.#answered.size === 0 ? first : undefined;
  }

  #outcomeOf(done: DoneAsk): SampleOutcome {
    const { ask, reach, byteCount: bytes, fetchedCount, timesMs } = done;
    const known = reach.filter(({ service }) => !this.#isLost(service));
    const starts = known.map(({ readFromMs }) => readFromMs ?? Infinity);
    const startTimeMs =
      starts.length > 0 ? Math.max(ask.startTimeMs, ...starts) : Infinity;
    const { endTimeMs } = ask;
    const isRead = startTimeMs < endTimeMs;
    return {
      traceCount: timesMs.filter(ms => ms >= startTimeMs && ms < endTimeMs)
        .length,
      fetchedTraceCount: fetchedCount,
      bytes,
      ...(isRead ? { read: { startTimeMs, endTimeMs } } : {}),
      ...(known.some(({ error }) => error) ? { isFailed: true } : {}),
    };
  }

  #isLost(service: string): boolean {
    return this.#errors.has(service) && !this.#answered.has(service);
  }

  #note(reach: readonly TraceReadReach[]): void {
    for (const { service, error } of reach) {
      if (!error) {
        this.#answered.add(service);
      } else if (!this.#errors.has(service)) {
        this.#errors.set(service, error);
      }
    }
  }
}

/** Columns alone: names are few, and shared. */
function sizeOf(table: SpanTable): number {
  return Object.values(table).reduce(
    (sum: number, column: unknown) =>
      sum + (ArrayBuffer.isView(column) ? column.byteLength : 0),
    0,
  );
}
