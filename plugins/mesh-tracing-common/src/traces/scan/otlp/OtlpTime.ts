import { MAX_TIME_US } from '../../decode/time';
import { OddBodyError, type JsonCursor } from '../JsonCursor';

const ZERO = 48;

function digitOf(byte: number): number {
  const digit = byte - ZERO;
  if (digit < 0 || digit > 9) {
    throw new OddBodyError();
  }
  return digit;
}

/** A time since the epoch, read from a decimal text of nanoseconds. */
export class OtlpTime {
  /** Whole microseconds. */
  us = 0;
  /** The nanoseconds beyond them. */
  ns = 0;

  read(cursor: JsonCursor): void {
    cursor.readString();
    const { bytes, start, end } = cursor;
    if (end - start < 4 || end - start > 19) {
      throw new OddBodyError();
    }
    let us = 0;
    for (let i = start; i < end - 3; i++) {
      us = us * 10 + digitOf(bytes[i] as number);
    }
    if (us <= 0 || us >= MAX_TIME_US) {
      throw new OddBodyError();
    }
    this.us = us;
    this.ns =
      digitOf(bytes[end - 3] as number) * 100 +
      digitOf(bytes[end - 2] as number) * 10 +
      digitOf(bytes[end - 1] as number);
  }
}
