import { endMsOf, startMsOf, type RecordedTrace } from './RecordedTrace';

interface Slot {
  trace: RecordedTrace;
  startMs: number;
  endMs: number;
}

/** Keeps the latest traces; a new one replaces the oldest when it is full. */
export class TraceRing {
  readonly #slots: Slot[] = [];
  readonly #byId = new Map<string, Slot>();
  #next = 0;
  #lostUntilMs = -Infinity;

  constructor(readonly capacity: number) {}

  get size(): number {
    return this.#slots.length;
  }

  /**
   * Start of the newest trace that was dropped, milliseconds since the epoch:
   * earlier windows may be incomplete.
   */
  get lostUntilMs(): number {
    return this.#lostUntilMs;
  }

  add(trace: RecordedTrace): void {
    const slot = { trace, startMs: startMsOf(trace), endMs: endMsOf(trace) };
    const old = this.#slots[this.#next];
    if (old) {
      this.#byId.delete(old.trace.traceId);
      this.#lostUntilMs = Math.max(this.#lostUntilMs, old.startMs);
    }
    this.#slots[this.#next] = slot;
    this.#byId.set(trace.traceId, slot);
    this.#next = (this.#next + 1) % this.capacity;
  }

  /** One trace, if it has ended by then. */
  get(traceId: string, nowMs: number): RecordedTrace | undefined {
    const slot = this.#byId.get(traceId);
    return slot && slot.endMs <= nowMs ? slot.trace : undefined;
  }

  /** Traces with a part in the window that have ended by now, in no order. */
  overlapping(
    { startTimeMs, endTimeMs }: { startTimeMs: number; endTimeMs: number },
    nowMs: number,
  ): RecordedTrace[] {
    return this.#slots
      .filter(
        ({ startMs, endMs }) =>
          startMs <= endTimeMs && endMs >= startTimeMs && endMs <= nowMs,
      )
      .map(({ trace }) => trace);
  }

  /**
   * Traces that start in the window (both ends included) and have ended by
   * now, newest first.
   */
  inWindow(
    window: { startTimeMs: number; endTimeMs: number },
    nowMs: number,
  ): RecordedTrace[] {
    return this.#slots
      .filter(
        slot =>
          slot.startMs >= window.startTimeMs &&
          slot.startMs <= window.endTimeMs &&
          slot.endMs <= nowMs,
      )
      .sort((a, b) => b.startMs - a.startMs)
      .map(slot => slot.trace);
  }
}
