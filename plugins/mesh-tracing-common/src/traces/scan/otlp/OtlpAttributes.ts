import type { ByteTexts } from '../ByteTexts';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  OddBodyError,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  type JsonCursor,
} from '../JsonCursor';
import { NameTable } from '../NameTable';
import type { SpanAttributes } from '../SpanAttributes';

const enum Name {
  key = 1,
  value,
  stringValue,
  boolValue,
  intValue,
}

const NAMES = new NameTable([
  ['key', Name.key],
  ['value', Name.value],
  ['stringValue', Name.stringValue],
  ['boolValue', Name.boolValue],
  ['intValue', Name.intValue],
]);
const ZERO = 48;

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= ZERO + 9;
}

/** Reads OTLP's attributes into those of a span or resource. */
export class OtlpAttributes {
  constructor(
    readonly cursor: JsonCursor,
    readonly texts: ByteTexts,
    readonly attributes: SpanAttributes,
  ) {}

  /** An array of attributes, or null. */
  read(): void {
    const cursor = this.cursor;
    if (cursor.enterUnlessNull(OPEN_ARRAY, CLOSE_ARRAY)) {
      do {
        this.#readAttribute();
      } while (cursor.more(CLOSE_ARRAY));
    }
  }

  /** `{"key": …, "value": {…}}`, in that order. */
  #readAttribute(): void {
    const cursor = this.cursor;
    let slot = -1;
    if (!cursor.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
      return;
    }
    do {
      cursor.readKey();
      const name = NAMES.codeOf(cursor);
      if (name === Name.key) {
        cursor.readString();
        slot = this.texts.slotOf(cursor);
      } else if (name === Name.value && slot > 0) {
        this.#readAttributeValue(slot - 1);
      } else if (name === Name.value && slot < 0) {
        throw new OddBodyError();
      } else {
        cursor.skipValue();
      }
    } while (cursor.more(CLOSE_OBJECT));
  }

  #readAttributeValue(slot: number): void {
    const cursor = this.cursor;
    if (!cursor.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
      return;
    }
    cursor.readKey();
    const type = NAMES.codeOf(cursor);
    const first = cursor.peek();
    if (type === Name.stringValue && first === QUOTE) {
      cursor.readString();
      this.attributes.addText(slot, cursor);
    } else if (type === Name.boolValue && first !== QUOTE) {
      cursor.readWord();
      this.attributes.addBoolean(slot, cursor);
    } else if (type === Name.intValue && (first === QUOTE || isDigit(first))) {
      if (first === QUOTE) {
        cursor.readString();
      } else {
        cursor.readWord();
      }
      this.attributes.addNumber(slot, cursor);
    } else {
      throw new OddBodyError();
    }
    if (cursor.more(CLOSE_OBJECT)) {
      throw new OddBodyError();
    }
  }
}
