import { spanStatusOf } from '../../model/spanStatus';
import type { ByteTexts } from '../ByteTexts';
import {
  CLOSE_OBJECT,
  OPEN_OBJECT,
  QUOTE,
  type JsonCursor,
} from '../JsonCursor';
import { NameTable } from '../NameTable';

const NAMES = new NameTable([['code', 1]]);
const ERROR_NUMBER = 2;

/** A span's status, by name or number: 1 for an error, else 0. */
export function readOtlpStatus(cursor: JsonCursor, texts: ByteTexts): number {
  let isError = 0;
  if (cursor.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
    do {
      cursor.readKey();
      if (NAMES.codeOf(cursor) <= 0) {
        cursor.skipValue();
      } else if (cursor.peek() === QUOTE) {
        cursor.readString();
        const code = texts.text(texts.indexOf(cursor));
        isError = spanStatusOf(code) === 'error' ? 1 : 0;
      } else {
        isError = cursor.readInteger() === ERROR_NUMBER ? 1 : 0;
      }
    } while (cursor.more(CLOSE_OBJECT));
  }
  return isError;
}
