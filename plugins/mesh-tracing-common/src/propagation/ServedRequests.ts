import { NO_REQUEST_ID, type SpanTable } from '../traces';

/** Clocks of an application and its proxy tell the same moment that differently. */
export const TOLERANCE_US = 1_000;

/** The place of spans that do not tell theirs: all pods together. */
export const ANYWHERE = -1;

interface Place {
  /** Absolute, microseconds, in order of start once they are sorted. */
  spans: number[];
  starts: Float64Array;
  /** The latest end of all that started so far. */
  latestEnds: Float64Array;
  /** Of which span that end is. */
  latest: Int32Array;
}

/**
 * The requests that a subject served, by place: a pod, or everything where spans do
 * not tell. Built once; each question takes the logarithm of their number.
 */
export class ServedRequests {
  readonly #table: SpanTable;
  readonly #traceOf: Int32Array;
  readonly #spans = new Map<number, number[]>();
  readonly #places = new Map<number, Place>();
  readonly #byRequestId = new Map<number, number>();
  readonly #durations: number[] = [];
  count = 0;

  constructor(table: SpanTable, traceOf: Int32Array) {
    this.#table = table;
    this.#traceOf = traceOf;
  }

  add(span: number, place: number): void {
    this.#put(span, ANYWHERE);
    if (place !== ANYWHERE) {
      this.#put(span, place);
    }
    this.count += 1;
    this.#durations.push(this.#table.durations[span] as number);
    const id = this.#table.requestIds[span] as number;
    if (id !== NO_REQUEST_ID && !this.#byRequestId.has(id)) {
      this.#byRequestId.set(id, span);
    }
  }

  /** All of them, in no order. */
  spans(): number[] {
    return this.#spans.get(ANYWHERE) ?? [];
  }

  /** The place itself if requests are served there, else anywhere. */
  placeFor(place: number): number {
    return this.#spans.has(place) ? place : ANYWHERE;
  }

  startUs(span: number): number {
    const trace = this.#traceOf[span] as number;
    return (
      (this.#table.traceStartUs[trace] as number) +
      (this.#table.starts[span] as number)
    );
  }

  /** The served request of a request id; undefined without one. */
  ofRequestId(id: number): number | undefined {
    return id === NO_REQUEST_ID ? undefined : this.#byRequestId.get(id);
  }

  /**
   * A request that was being served at a moment: of those that began before, the one
   * that ended last.
   */
  at(place: number, us: number): { span: number; endUs: number } | undefined {
    const { starts, latestEnds, latest } = this.#placeOf(place);
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) - TOLERANCE_US <= us) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const endUs = latestEnds[low - 1];
    return endUs !== undefined && endUs + TOLERANCE_US >= us
      ? { span: latest[low - 1] as number, endUs }
      : undefined;
  }

  /** Time in which a place served something, microseconds. */
  busyUs(place: number): number {
    const { starts, spans } = this.#placeOf(place);
    let [busyUs, untilUs] = [0, -Infinity];
    spans.forEach((span, i) => {
      const fromUs = Math.max(untilUs, (starts[i] as number) - TOLERANCE_US);
      const endUs =
        (starts[i] as number) +
        (this.#table.durations[span] as number) +
        TOLERANCE_US;
      busyUs += Math.max(0, endUs - fromUs);
      untilUs = Math.max(untilUs, endUs);
    });
    return busyUs;
  }

  /** How long all but the longest requests take, microseconds. */
  usualUs(): number {
    const sorted = Float64Array.from(this.#durations).sort();
    return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
  }

  #put(span: number, place: number): void {
    const known = this.#spans.get(place);
    if (known) {
      known.push(span);
    } else {
      this.#spans.set(place, [span]);
    }
  }

  #placeOf(place: number): Place {
    let found = this.#places.get(place);
    if (!found) {
      found = this.#sorted(this.#spans.get(place) ?? []);
      this.#places.set(place, found);
    }
    return found;
  }

  #sorted(unsorted: number[]): Place {
    const spans = [...unsorted].sort(
      (a, b) => this.startUs(a) - this.startUs(b) || a - b,
    );
    const starts = Float64Array.from(spans, span => this.startUs(span));
    const latestEnds = new Float64Array(spans.length);
    const latest = new Int32Array(spans.length);
    let [endUs, last] = [-Infinity, -1];
    spans.forEach((span, i) => {
      const end =
        (starts[i] as number) + (this.#table.durations[span] as number);
      if (end > endUs) {
        [endUs, last] = [end, span];
      }
      latestEnds[i] = endUs;
      latest[i] = last;
    });
    return { spans, starts, latestEnds, latest };
  }
}
