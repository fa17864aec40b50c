import type {
  MeasuredRequests,
  RequestFigures,
} from 'backstage-plugin-mesh-tracing-common';

/** The simulated proxies count as Istio's do. */
export const REQUEST_SOURCE = {
  kind: 'istio',
  counts: 'every-request',
} as const;

const SLICE_MS = 10_000;
/** As long as a window may be, and a little more. */
const KEPT_SLICES = (25 * 3_600_000) / SLICE_MS;
/** Buckets of durations: each bound is 4 % above the one before. */
const BUCKETS_PER_DOUBLING = 16;
const MOST_POINTS = 60;

/** A request that a proxy saw arrive, sampled or not. */
export interface ServedRequest {
  namespace: string;
  workload: string;
  operation: string;
  /** Milliseconds since the epoch. */
  startMs: number;
  durationUs: number;
  isFailed: boolean;
}

/** Requests of one operation in one slice of time. */
class Cell {
  count = 0;
  failed = 0;
  readonly buckets = new Map<number, number>();

  add({ durationUs, isFailed }: ServedRequest): void {
    const bucket = Math.ceil(
      Math.log2(Math.max(1, durationUs)) * BUCKETS_PER_DOUBLING,
    );
    this.count += 1;
    this.failed += isFailed ? 1 : 0;
    this.buckets.set(bucket, (this.buckets.get(bucket) ?? 0) + 1);
  }

  addAll(other: Cell): void {
    this.count += other.count;
    this.failed += other.failed;
    other.buckets.forEach((times, bucket) =>
      this.buckets.set(bucket, (this.buckets.get(bucket) ?? 0) + times),
    );
  }

  figures(lengthMs: number): RequestFigures {
    const sorted = [...this.buckets].sort(([a], [b]) => a - b);
    const quantile = (share: number) => {
      let seen = 0;
      const found = sorted.find(([, times]) => {
        seen += times;
        return seen >= share * this.count;
      });
      return found ? 2 ** (found[0] / BUCKETS_PER_DOUBLING) : null;
    };
    return {
      callsPerSecond: (1000 * this.count) / lengthMs,
      errorRate: this.count > 0 ? this.failed / this.count : null,
      p50Us: quantile(0.5),
      p95Us: quantile(0.95),
      p99Us: quantile(0.99),
    };
  }
}

/** Cells of one operation of one workload, by slice. */
interface Book {
  service: string;
  operation: string;
  slices: Map<number, Cell>;
}

/**
 * Counts every request of the simulated mesh as its proxies would, in slices of ten
 * seconds: what Istio's metrics tell of a real one.
 */
export class RequestLedger {
  readonly #books = new Map<string, Book[]>();

  record(request: ServedRequest): void {
    const { namespace, workload, operation, startMs } = request;
    const key = `${namespace}/${workload}`;
    const books = this.#books.get(key) ?? [];
    this.#books.set(key, books);
    let book = books.find(known => known.operation === operation);
    if (!book) {
      book = {
        service: `${workload}.${namespace}`,
        operation,
        slices: new Map(),
      };
      books.push(book);
    }
    const slice = Math.floor(startMs / SLICE_MS);
    let cell = book.slices.get(slice);
    if (!cell) {
      cell = new Cell();
      book.slices.set(slice, cell);
      this.#forget(book.slices, slice);
    }
    cell.add(request);
  }

  /** Figures of workloads in a window, which is read in whole slices. */
  measure(query: {
    workloads: Array<{ namespace: string; name: string }>;
    startTimeMs: number;
    endTimeMs: number;
  }): MeasuredRequests {
    const { startTimeMs, endTimeMs } = query;
    const books = query.workloads.flatMap(
      ({ namespace, name }) => this.#books.get(`${namespace}/${name}`) ?? [],
    );
    const lengthMs = endTimeMs - startTimeMs;
    const rowOf = (some: Book[]) =>
      sumOf(some, startTimeMs, endTimeMs).figures(lengthMs);
    const services = [...new Set(books.map(({ service }) => service))];
    const busiestFirst = (a: RequestFigures, b: RequestFigures) =>
      (b.callsPerSecond ?? 0) - (a.callsPerSecond ?? 0);
    return {
      source: REQUEST_SOURCE,
      overall: books.length > 0 ? rowOf(books) : null,
      services: services
        .map(service => ({
          service,
          ...rowOf(books.filter(book => book.service === service)),
        }))
        .sort(busiestFirst),
      operations: books
        .map(book => ({
          service: book.service,
          operation: book.operation,
          ...rowOf([book]),
        }))
        .sort(busiestFirst),
      knowsOperations: true,
      series: courseOf(books, query),
      resolutionMs: SLICE_MS,
      missing: [],
    };
  }

  #forget(slices: Map<number, Cell>, newest: number): void {
    for (const slice of slices.keys()) {
      if (slice > newest - KEPT_SLICES) {
        return;
      }
      slices.delete(slice);
    }
  }
}

/** Requests of some books from one moment until before another. */
function sumOf(books: Book[], fromMs: number, toMs: number): Cell {
  const sum = new Cell();
  for (const { slices } of books) {
    for (const [slice, cell] of slices) {
      const atMs = slice * SLICE_MS;
      if (atMs >= fromMs && atMs < toMs) {
        sum.addAll(cell);
      }
    }
  }
  return sum;
}

function courseOf(
  books: Book[],
  { startTimeMs, endTimeMs }: { startTimeMs: number; endTimeMs: number },
): MeasuredRequests['series'] {
  const lengthMs = endTimeMs - startTimeMs;
  const stepMs =
    Math.max(1, Math.ceil(lengthMs / MOST_POINTS / SLICE_MS)) * SLICE_MS;
  const count =
    books.length > 0 ? Math.max(1, Math.floor(lengthMs / stepMs)) : 0;
  return {
    stepMs,
    points: Array.from({ length: count }, (_, index) => {
      const startMs = endTimeMs - (count - index) * stepMs;
      const sum = sumOf(books, startMs, startMs + stepMs);
      return { startMs, ...sum.figures(stepMs) };
    }),
  };
}
