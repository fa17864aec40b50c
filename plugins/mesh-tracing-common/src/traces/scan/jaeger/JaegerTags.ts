import { STATUS_SLOT } from '../attributeCodes';
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
  type,
  value,
}

const NAMES = new NameTable([
  ['key', Name.key],
  ['type', Name.type],
  ['value', Name.value],
]);
const TEXT_TYPES = new NameTable([
  ['string', 1],
  ['binary', 1],
]);
const TRUE = 116;
const FALSE = 102;
const NULL = 110;

/** Reads Jaeger's tags into the attributes of a span or process. */
export class JaegerTags {
  constructor(
    readonly cursor: JsonCursor,
    readonly texts: ByteTexts,
    readonly attributes: SpanAttributes,
  ) {}

  /** An array of tags, or null. */
  read(): void {
    const cursor = this.cursor;
    if (cursor.enterUnlessNull(OPEN_ARRAY, CLOSE_ARRAY)) {
      do {
        this.#readTag();
      } while (cursor.more(CLOSE_ARRAY));
    }
  }

  /** `{"key": …, "type": …, "value": …}`, in that order. */
  #readTag(): void {
    const cursor = this.cursor;
    let slot = -1;
    let isText = true;
    if (!cursor.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
      return;
    }
    do {
      cursor.readKey();
      switch (NAMES.codeOf(cursor)) {
        case Name.key:
          cursor.readString();
          slot = this.texts.slotOf(cursor);
          break;
        case Name.type:
          if (slot > 0) {
            cursor.readString();
            isText = TEXT_TYPES.codeOf(cursor) > 0;
          } else {
            cursor.skipValue();
          }
          break;
        case Name.value:
          if (slot < 0) {
            throw new OddBodyError();
          }
          if (slot === 0) {
            cursor.skipValue();
          } else {
            this.#readTagValue(slot - 1, isText);
          }
          break;
        default:
          cursor.skipValue();
      }
    } while (cursor.more(CLOSE_OBJECT));
  }

  #readTagValue(slot: number, isText: boolean): void {
    const cursor = this.cursor;
    const first = cursor.peek();
    if (first === QUOTE) {
      if (!isText) {
        throw new OddBodyError();
      }
      cursor.readString();
      this.attributes.addText(slot, cursor);
    } else if (first === TRUE || first === FALSE) {
      cursor.readWord();
      this.attributes.addBoolean(slot, cursor);
    } else if (first === OPEN_ARRAY || first === OPEN_OBJECT) {
      throw new OddBodyError();
    } else if (first === NULL) {
      cursor.skipScalar();
    } else {
      if (slot === STATUS_SLOT) {
        throw new OddBodyError();
      }
      cursor.readWord();
      this.attributes.addNumber(slot, cursor);
    }
  }
}
