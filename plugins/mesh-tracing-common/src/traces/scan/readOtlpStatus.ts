import {
  CLOSE_OBJECT,
  OPEN_OBJECT,
  QUOTE,
  type JsonCursor,
} from './JsonCursor';
import { NameTable } from './NameTable';

const NAMES = new NameTable([['code', 1]]);
const ERROR_CODES = new NameTable([['STATUS_CODE_ERROR', 1]]);
const ERROR_NUMBER = 2;

/** A span's status: 1 for an error, else 0. */
export function readOtlpStatus(cursor: JsonCursor): number {
  let isError = 0;
  if (cursor.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
    do {
      cursor.readKey();
      if (NAMES.codeOf(cursor) <= 0) {
        cursor.skipValue();
      } else if (cursor.peek() === QUOTE) {
        cursor.readString();
        isError = ERROR_CODES.codeOf(cursor) > 0 ? 1 : 0;
      } else {
        isError = cursor.readInteger() === ERROR_NUMBER ? 1 : 0;
      }
    } while (cursor.more(CLOSE_OBJECT));
  }
  return isError;
}
