import { normalizeTraceId } from '../../decode/ids';
import type { ByteTexts } from '../ByteTexts';
import { OddBodyError, type JsonCursor } from '../JsonCursor';

/** Ids of the traces of a body; each span names its own. */
export class OtlpTraceIds {
  readonly ids: string[] = [];
  readonly #byText = new Map<number, number>();
  readonly #byId = new Map<string, number>();

  constructor(readonly cursor: JsonCursor, readonly texts: ByteTexts) {}

  /** The trace whose id is the string that the cursor read last. */
  current(): number {
    const text = this.texts.indexOf(this.cursor);
    let trace = this.#byText.get(text);
    if (trace === undefined) {
      trace = this.#ofText(text);
      this.#byText.set(text, trace);
    }
    return trace;
  }

  #ofText(text: number): number {
    const id = normalizeTraceId(this.texts.text(text));
    if (!id) {
      throw new OddBodyError();
    }
    let trace = this.#byId.get(id);
    if (trace === undefined) {
      trace = this.ids.length;
      this.ids.push(id);
      this.#byId.set(id, trace);
    }
    return trace;
  }
}
