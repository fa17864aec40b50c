import type { JaegerTraceIds } from './JaegerTraceIds';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  OddBodyError,
  OPEN_ARRAY,
  OPEN_OBJECT,
  type JsonCursor,
} from '../JsonCursor';
import { NameTable } from '../NameTable';
import { readHex, type SpanRows } from '../SpanRows';
import { normalizeTraceId } from '../../decode/ids';

const enum Name {
  traceID = 1,
  spanID,
  refType,
}

const NAMES = new NameTable([
  ['traceID', Name.traceID],
  ['spanID', Name.spanID],
  ['refType', Name.refType],
]);
const CHILD_OF = 1;
const FOLLOWS_FROM = 2;
const TYPES = new NameTable([
  ['CHILD_OF', CHILD_OF],
  ['FOLLOWS_FROM', FOLLOWS_FROM],
]);

/** Finds the parent among the references of a span. */
export class JaegerReferences {
  /**
   * Whether the reference that was read last is to a span of this trace; its
   * type and id follow.
   */
  #isLocal = false;
  #type = 0;
  #idStart = -1;
  /** It is to a span of another trace. */
  #isForeign = false;

  constructor(
    readonly cursor: JsonCursor,
    readonly traceIds: JaegerTraceIds,
    readonly rows: SpanRows,
  ) {}

  /** The first `CHILD_OF` within the trace, else its first reference. */
  read(row: number): void {
    const { cursor, rows } = this;
    let hasChildOf = false;
    let first = true;
    if (cursor.enterUnlessNull(OPEN_ARRAY, CLOSE_ARRAY)) {
      do {
        this.#readReference();
        const wins = this.#type === CHILD_OF ? !hasChildOf : first;
        if (this.#isLink(wins)) {
          rows.linked[row] = 1;
        } else if (this.#isLocal && this.#idStart >= 0 && wins) {
          const isReplaced = !first;
          rows.setParent(row, cursor.bytes, this.#idStart);
          if (rows.hasParent[row]) {
            rows.linked[row] ||= isReplaced ? 1 : 0;
            first = false;
            hasChildOf = this.#type === CHILD_OF;
            rows.followsFrom[row] = this.#type === FOLLOWS_FROM ? 1 : 0;
          }
        }
      } while (cursor.more(CLOSE_ARRAY));
    }
  }

  /** The string that was read last is the id of a trace. */
  #namesTrace(): boolean {
    const { bytes, start, end } = this.cursor;
    return (
      normalizeTraceId(String.fromCharCode(...bytes.subarray(start, end))) !==
      undefined
    );
  }

  /** Whether the reference names a span that is not the parent. */
  #isLink(wins: boolean): boolean {
    if (this.#idStart < 0 || (this.#isLocal && wins)) {
      return false;
    }
    const { bytes } = this.cursor;
    const high = readHex(bytes, this.#idStart);
    const low = readHex(bytes, this.#idStart + 8);
    return (high !== 0 || low !== 0) && (this.#isLocal || this.#isForeign);
  }

  #readReference(): void {
    const { cursor } = this;
    this.#isLocal = false;
    this.#isForeign = false;
    this.#type = 0;
    this.#idStart = -1;
    if (cursor.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
      do {
        cursor.readKey();
        const name = NAMES.codeOf(cursor);
        cursor.readString();
        if (name === Name.traceID) {
          this.#isLocal = this.traceIds.isCurrent();
          if (!this.#isLocal && cursor.end - cursor.start !== 32) {
            throw new OddBodyError();
          }
          this.#isForeign = !this.#isLocal && this.#namesTrace();
        } else if (name === Name.spanID) {
          if (cursor.end - cursor.start !== 16) {
            throw new OddBodyError();
          }
          this.#idStart = cursor.start;
        } else if (name === Name.refType) {
          this.#type = TYPES.codeOf(cursor);
        }
      } while (cursor.more(CLOSE_OBJECT));
    }
  }
}
