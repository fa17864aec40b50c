import { normalizeTraceId } from '../../decode/ids';
import type { ByteTexts } from '../ByteTexts';
import { OddBodyError, type JsonCursor } from '../JsonCursor';

/** Ids of the traces of a body, and where that of the current one stands. */
export class JaegerTraceIds {
  readonly ids: string[] = [];
  readonly #known = new Set<string>();
  #start = -1;
  #end = -1;

  constructor(readonly cursor: JsonCursor, readonly texts: ByteTexts) {}

  /** Begins a trace, whose id comes before its spans. */
  begin(): void {
    this.#start = -1;
  }

  read(): void {
    const { cursor } = this;
    cursor.readString();
    const id = normalizeTraceId(this.texts.decode(cursor.start, cursor.end));
    if (!id || this.#start >= 0 || this.#known.has(id)) {
      throw new OddBodyError();
    }
    this.#known.add(id);
    this.#start = cursor.start;
    this.#end = cursor.end;
    this.ids.push(id);
  }

  /** Whether the string that the cursor read last is the current trace's id. */
  isCurrent(): boolean {
    const { bytes, start, end } = this.cursor;
    const from = this.#start;
    if (from < 0) {
      throw new OddBodyError();
    }
    if (end - start !== this.#end - from) {
      return false;
    }
    for (let i = 0; i < end - start; i++) {
      if (bytes[start + i] !== bytes[from + i]) {
        return false;
      }
    }
    return true;
  }

  /** Forgets the current trace: one without spans is none. */
  drop(): void {
    if (this.#start >= 0) {
      this.ids.pop();
    }
  }
}
