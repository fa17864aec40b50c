import { DEFAULT_TRACE_LIMITS } from '../../analyse/limitTrace';
import { spanKindOf, SPAN_KINDS } from '../../model/spanKind';
import { spanStatusOf } from '../../model/spanStatus';
import type { ByteTexts } from '../../scan/ByteTexts';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COMMA,
  OddBodyError,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from '../../scan/JsonCursor';
import { NameTable } from '../../scan/NameTable';
import type { ByteWriter } from '../ByteWriter';
import { AttributeRows, KEY } from './AttributeRows';
import { STATUSES, type PlainSpan, type TextRange } from './PlainSpan';
import type { StrictCursor } from './StrictCursor';

const enum Part {
  key = 1,
  type,
  value,
}

const PARTS = new NameTable([
  ['key', Part.key],
  ['type', Part.type],
  ['value', Part.value],
]);

const enum Type {
  text = 1,
  bool,
  integer,
  float,
}

const TYPES = new NameTable([
  ['string', Type.text],
  ['binary', Type.text],
  ['bool', Type.bool],
  ['int64', Type.integer],
  ['float64', Type.float],
]);

/** What each special tag is, from `KEY.special` on. */
const TAG = {
  kind: KEY.special,
  status: KEY.special + 1,
  error: KEY.special + 2,
  message: KEY.special + 3,
  scopeName: KEY.special + 4,
  scopeVersion: KEY.special + 5,
  dropped: KEY.special + 6,
  libraryName: KEY.special + 7,
  libraryVersion: KEY.special + 8,
};

const SPECIAL: ReadonlyMap<string, number> = new Map<string, number>([
  ['span.kind', TAG.kind],
  ['otel.status_code', TAG.status],
  ['error', TAG.error],
  ['otel.status_description', TAG.message],
  ['otel.scope.name', TAG.scopeName],
  ['otel.scope.version', TAG.scopeVersion],
  ['otel.library.name', TAG.libraryName],
  ['otel.library.version', TAG.libraryVersion],
  ['internal.span.format', TAG.dropped],
]);
const TRUE = 116;
const FALSE = 102;

/** Reads the tags of Jaeger's legacy JSON: attributes, and what Jaeger made tags of. */
export class JaegerTagRows {
  /** Whether the tag `error` said so. */
  isError = false;
  readonly #attributes: AttributeRows;

  constructor(
    readonly cursor: StrictCursor,
    readonly texts: ByteTexts,
    out: ByteWriter,
    readonly span: PlainSpan,
  ) {
    this.#attributes = new AttributeRows(cursor, texts, out, SPECIAL);
  }

  /** Begins a span. */
  begin(): void {
    this.isError = false;
    this.#attributes.begin();
  }

  /** An array of tags, or null. */
  read(): void {
    const { cursor } = this;
    if (cursor.enterUnlessNull(OPEN_ARRAY, CLOSE_ARRAY)) {
      do {
        this.#readTag();
      } while (cursor.more(CLOSE_ARRAY));
    }
  }

  /** `{"key": …, "type": …, "value": …}`, in that order. */
  #readTag(): void {
    const { cursor } = this;
    cursor.expect(OPEN_OBJECT);
    this.#expectPart(Part.key);
    cursor.readString();
    const kind = this.#attributes.readName();
    cursor.expect(COMMA);
    this.#expectPart(Part.type);
    cursor.readString();
    const type = TYPES.codeOf(cursor);
    cursor.expect(COMMA);
    this.#expectPart(Part.value);
    this.#readValue(kind, type);
    cursor.expect(CLOSE_OBJECT);
  }

  #expectPart(part: number): void {
    this.cursor.readKey();
    if (PARTS.codeOf(this.cursor) !== part) {
      throw new OddBodyError();
    }
  }

  #readValue(kind: number, type: number): void {
    const { cursor, span } = this;
    const first = cursor.peek();
    if (kind >= KEY.special) {
      this.#readSpecial(kind, type, first);
    } else if (first === QUOTE) {
      if (type === Type.text) {
        this.#attributes.writeText(kind, span);
      } else if (type === Type.integer) {
        this.#attributes.writeInteger(kind, span);
      } else {
        throw new OddBodyError();
      }
    } else {
      this.#attributes.writeWord(kind, span);
    }
  }

  /** What Jaeger made a tag of, and is none. */
  #readSpecial(kind: number, type: number, first: number): void {
    const { cursor, span, texts } = this;
    if (kind === TAG.error) {
      if (first === FALSE) {
        this.#attributes.writeWord(kind, span);
      } else if (first === TRUE) {
        cursor.skipScalar();
        this.isError = true;
      } else {
        throw new OddBodyError();
      }
      return;
    }
    if (first !== QUOTE || type !== Type.text) {
      throw new OddBodyError();
    }
    cursor.readString();
    switch (kind) {
      case TAG.kind:
        span.kind = SPAN_KINDS.indexOf(
          spanKindOf(texts.text(texts.indexOf(cursor))),
        );
        break;
      case TAG.status:
        span.status = STATUSES.indexOf(
          spanStatusOf(texts.text(texts.indexOf(cursor))),
        );
        break;
      case TAG.message:
        keep(span.statusMessage, cursor);
        break;
      case TAG.scopeName:
        keep(span.scopeName, cursor);
        break;
      case TAG.scopeVersion:
        keep(span.scopeVersion, cursor);
        break;
      case TAG.dropped:
        break;
      default:
        throw new OddBodyError();
    }
  }
}

function keep(range: TextRange, { start, end }: StrictCursor): void {
  if (end - start > DEFAULT_TRACE_LIMITS.textLength) {
    throw new OddBodyError();
  }
  range.start = start;
  range.end = end;
}
