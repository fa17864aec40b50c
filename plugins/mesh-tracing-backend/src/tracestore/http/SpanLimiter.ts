import { ResponseTooLargeError } from './ResponseTooLargeError';

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
/** `spans`, the member that holds spans in both of Jaeger's forms. */
const SPANS = Uint8Array.from([115, 112, 97, 110, 115]);
const COMMA_TEXT = Uint8Array.from([COMMA]);
/** What one more span may add to what is read. */
const BYTES_PER_SPAN = 2 * 1024;

/** How much of a trace is kept. */
export interface SpanLimits {
  spans: number;
  /** What may be kept beside 2 KiB for each span. */
  bytes: number;
}

/** An object or list that is open at this point of the body. */
interface Open {
  /** A list of spans. */
  holdsSpans: boolean;
  hasElements: boolean;
}

/**
 * Leaves out spans of a trace while its JSON arrives: those beyond a number, and
 * those for which there is no room. What is kept is valid JSON of the same form.
 */
export class SpanLimiter {
  readonly #limits: SpanLimits;
  readonly #open: Open[] = [];
  #sent = 0;
  #kept = 0;
  #keptBytes = 0;
  #inString = false;
  #escaped = false;
  /** Bytes of the string so far that agree with `spans`; -1 when they do not. */
  #matched = 0;
  /** Whether the last string, or the member's name, is `spans`. */
  #isSpans = false;
  #isSpansMember = false;
  /** Depth of the span that is being left out; -1 outside of one. */
  #omittedDepth = -1;

  constructor(limits: SpanLimits) {
    this.#limits = limits;
  }

  /** Spans that were sent, and of these the ones that were kept. */
  get counts(): { sent: number; kept: number } {
    return { sent: this.#sent, kept: this.#kept };
  }

  /**
   * What is kept of the next bytes.
   *
   * @throws ResponseTooLargeError when leaving out spans is not enough
   */
  push(chunk: Uint8Array): Uint8Array[] {
    const parts: Uint8Array[] = [];
    let from = -1;
    const end = (to: number) => {
      if (from >= 0) {
        parts.push(chunk.subarray(from, to));
        this.#keptBytes += to - from;
        from = -1;
      }
    };
    for (let at = 0; at < chunk.length; at++) {
      const keptBefore = this.#kept;
      if (!this.#keeps(chunk[at] as number)) {
        end(at);
      } else if (this.#kept > keptBefore && this.#isFollowing()) {
        end(at);
        parts.push(COMMA_TEXT);
        from = at;
      } else if (from < 0) {
        from = at;
      }
    }
    end(chunk.length);
    if (this.#keptBytes > this.#room()) {
      throw new ResponseTooLargeError(this.#room());
    }
    return parts;
  }

  #room(): number {
    return this.#limits.bytes + this.#kept * BYTES_PER_SPAN;
  }

  /** Reads one byte; whether it is kept. */
  #keeps(byte: number): boolean {
    const wasKept = this.#omittedDepth < 0;
    if (this.#inString) {
      this.#readText(byte);
      return wasKept;
    }
    const list = this.#open[this.#open.length - 1];
    if (byte === OPEN_OBJECT && list?.holdsSpans) {
      this.#beginSpan();
    }
    this.#readStructure(byte);
    if (!wasKept && this.#open.length === this.#omittedDepth) {
      this.#omittedDepth = -1;
    }
    const isSeparator = byte === COMMA && list?.holdsSpans === true;
    return wasKept && this.#omittedDepth < 0 && !isSeparator;
  }

  /** The list of spans that a span was just begun in has some before it. */
  #isFollowing(): boolean {
    const list = this.#open[this.#open.length - 2];
    const isFollowing = list?.hasElements === true;
    if (list) {
      list.hasElements = true;
    }
    return isFollowing;
  }

  #beginSpan(): void {
    this.#sent += 1;
    const isFull =
      this.#kept >= this.#limits.spans ||
      this.#kept < this.#sent - 1 ||
      this.#keptBytes > this.#room() - this.#limits.bytes / 8;
    if (isFull) {
      this.#omittedDepth = this.#open.length;
    } else {
      this.#kept += 1;
    }
  }

  #readText(byte: number): void {
    if (this.#escaped) {
      this.#escaped = false;
    } else if (byte === BACKSLASH) {
      this.#escaped = true;
      this.#matched = -1;
    } else if (byte === QUOTE) {
      this.#inString = false;
      this.#isSpans = this.#matched === SPANS.length;
    } else {
      this.#matched =
        this.#matched >= 0 && byte === SPANS[this.#matched]
          ? this.#matched + 1
          : -1;
    }
  }

  #readStructure(byte: number): void {
    switch (byte) {
      case QUOTE:
        this.#inString = true;
        this.#matched = 0;
        break;
      case COLON:
        this.#isSpansMember = this.#isSpans;
        break;
      case COMMA:
        this.#isSpansMember = false;
        break;
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        this.#open.push({
          holdsSpans: byte === OPEN_ARRAY && this.#isSpansMember,
          hasElements: false,
        });
        this.#isSpansMember = false;
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        this.#open.pop();
        break;
      default:
    }
  }
}
