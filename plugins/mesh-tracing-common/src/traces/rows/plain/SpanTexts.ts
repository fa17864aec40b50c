import { DEFAULT_TRACE_LIMITS } from '../../analyse/limitTrace';
import { normalizeTraceId } from '../../decode/ids';
import type { ByteTexts } from '../../scan/ByteTexts';
import { OddBodyError } from '../../scan/JsonCursor';
import { readHex } from '../../scan/SpanRows';
import type { PlainSpan } from './PlainSpan';
import type { StrictCursor } from './StrictCursor';

/** Reads names, and ids that are written in full. */
export class SpanTexts {
  readonly #traceIds = new Map<number, string | undefined>();

  constructor(readonly cursor: StrictCursor, readonly texts: ByteTexts) {}

  /** Where the 16 hex digits stand that come next; -1 for an empty text if that may be. */
  readSpanId(mayBeEmpty: boolean): number {
    const { cursor } = this;
    cursor.readString();
    const { bytes, start, end } = cursor;
    if (mayBeEmpty && start === end) {
      return -1;
    }
    if (end - start !== 16) {
      throw new OddBodyError();
    }
    if ((readHex(bytes, start) | readHex(bytes, start + 8)) === 0) {
      throw new OddBodyError();
    }
    return start;
  }

  readOperation(span: PlainSpan): void {
    const { cursor, texts } = this;
    cursor.readString();
    if (cursor.end - cursor.start > DEFAULT_TRACE_LIMITS.textLength) {
      throw new OddBodyError();
    }
    span.operation.start = cursor.start;
    span.operation.end = cursor.end;
    span.operationText = texts.indexOf(cursor);
  }

  /** @throws OddBodyError unless the trace id that comes next is the given one */
  expectTraceId(traceId: string): void {
    const { cursor, texts } = this;
    cursor.readString();
    const index = texts.indexOf(cursor);
    let known = this.#traceIds.get(index);
    if (known === undefined) {
      known = normalizeTraceId(texts.text(index));
      this.#traceIds.set(index, known);
    }
    if (known !== traceId) {
      throw new OddBodyError();
    }
  }
}
