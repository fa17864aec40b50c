import { spanKindOf, SPAN_KINDS } from '../model/spanKind';
import { spanStatusOf } from '../model/spanStatus';
import { MAX_TIME_US } from '../decode/time';
import type { ByteTexts } from '../scan/ByteTexts';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  OddBodyError,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from '../scan/JsonCursor';
import { NameTable } from '../scan/NameTable';
import { DEFAULT_TRACE_LIMITS } from '../analyse/limitTrace';
import { AttributeRows, KEY } from './AttributeRows';
import type { ByteWriter } from './ByteWriter';
import { PlainSpan, STATUSES, type TextRange } from './PlainSpan';
import type { SpanReader } from './SpanReader';
import { SpanTexts } from './SpanTexts';
import type { StrictCursor } from './StrictCursor';

const enum Name {
  traceID = 1,
  spanID,
  operationName,
  references,
  startTime,
  duration,
  tags,
  logs,
  processID,
  warnings,
  parentSpanID,
}

const NAMES = new NameTable([
  ['traceID', Name.traceID],
  ['spanID', Name.spanID],
  ['operationName', Name.operationName],
  ['references', Name.references],
  ['startTime', Name.startTime],
  ['duration', Name.duration],
  ['tags', Name.tags],
  ['logs', Name.logs],
  ['processID', Name.processID],
  ['warnings', Name.warnings],
  ['parentSpanID', Name.parentSpanID],
]);
const NEEDED =
  (1 << Name.traceID) |
  (1 << Name.spanID) |
  (1 << Name.operationName) |
  (1 << Name.startTime) |
  (1 << Name.duration) |
  (1 << Name.processID);

const enum Part {
  key = 1,
  type,
  value,
  refType,
  traceID,
  spanID,
}

const PARTS = new NameTable([
  ['key', Part.key],
  ['type', Part.type],
  ['value', Part.value],
  ['refType', Part.refType],
  ['traceID', Part.traceID],
  ['spanID', Part.spanID],
]);
const CHILD_OF = new NameTable([['CHILD_OF', 1]]);

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

/** Reads spans of Jaeger's legacy JSON. */
export class JaegerSpanReader implements SpanReader {
  readonly span = new PlainSpan();
  readonly #attributes: AttributeRows;
  readonly #ids: SpanTexts;
  #fields = 0;
  #traceId = '';
  #isError = false;
  /** Text of the span's `processID`. */
  process = '';

  constructor(
    readonly cursor: StrictCursor,
    readonly texts: ByteTexts,
    out: ByteWriter,
  ) {
    this.#attributes = new AttributeRows(cursor, texts, out, SPECIAL);
    this.#ids = new SpanTexts(cursor, texts);
  }

  read(position: number, traceId: string): number {
    const { cursor, span } = this;
    cursor.position = position;
    span.clear();
    span.startNs = 0;
    this.#attributes.begin();
    this.#traceId = traceId;
    this.#fields = 0;
    this.#isError = false;
    if (cursor.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
      do {
        cursor.readKey();
        const name = NAMES.codeOf(cursor);
        if (name > 0 && this.#fields & (1 << name)) {
          throw new OddBodyError();
        }
        this.#fields |= 1 << name;
        this.#readField(name);
      } while (cursor.more(CLOSE_OBJECT));
    }
    if ((this.#fields & NEEDED) !== NEEDED) {
      throw new OddBodyError();
    }
    if (this.#isError) {
      span.status = STATUSES.indexOf('error');
    }
    return cursor.position;
  }

  #readField(name: number): void {
    const { cursor, span, texts } = this;
    switch (name) {
      case Name.traceID:
        this.#ids.expectTraceId(this.#traceId);
        break;
      case Name.spanID:
        span.idStart = this.#ids.readSpanId(false);
        break;
      case Name.operationName:
        this.#ids.readOperation(span);
        break;
      case Name.references:
        this.#readReferences();
        break;
      case Name.startTime:
        span.startUs = cursor.readInteger();
        if (span.startUs <= 0 || span.startUs >= MAX_TIME_US) {
          throw new OddBodyError();
        }
        break;
      case Name.duration:
        span.durationUs = cursor.readInteger();
        break;
      case Name.tags:
        if (cursor.enterUnlessNull(OPEN_ARRAY, CLOSE_ARRAY)) {
          do {
            this.#readTag();
          } while (cursor.more(CLOSE_ARRAY));
        }
        break;
      case Name.processID:
        cursor.readString();
        this.process = texts.text(texts.indexOf(cursor));
        break;
      case Name.logs:
      case Name.warnings:
        cursor.expectEmpty(OPEN_ARRAY, CLOSE_ARRAY);
        break;
      case Name.parentSpanID:
        throw new OddBodyError();
      default:
        cursor.skipValue();
    }
  }

  /** None, or that to the parent. */
  #readReferences(): void {
    const { cursor, span } = this;
    if (!cursor.enterUnlessNull(OPEN_ARRAY, CLOSE_ARRAY)) {
      return;
    }
    let seen = 0;
    cursor.expect(OPEN_OBJECT);
    do {
      cursor.readKey();
      const part = PARTS.codeOf(cursor);
      if (seen & (1 << part)) {
        throw new OddBodyError();
      }
      seen |= 1 << part;
      if (part === Part.traceID) {
        this.#ids.expectTraceId(this.#traceId);
      } else if (part === Part.spanID) {
        span.parentStart = this.#ids.readSpanId(false);
      } else if (part === Part.refType) {
        cursor.readString();
        if (CHILD_OF.codeOf(cursor) === 0) {
          throw new OddBodyError();
        }
      } else {
        throw new OddBodyError();
      }
    } while (cursor.more(CLOSE_OBJECT));
    const whole =
      (1 << Part.traceID) | (1 << Part.spanID) | (1 << Part.refType);
    if (seen !== whole || cursor.more(CLOSE_ARRAY)) {
      throw new OddBodyError();
    }
  }

  /** `{"key": …, "type": …, "value": …}`, in that order. */
  #readTag(): void {
    const { cursor } = this;
    cursor.expect(OPEN_OBJECT);
    this.#expectPart(Part.key);
    cursor.readString();
    const kind = this.#attributes.readName();
    cursor.expect(44);
    this.#expectPart(Part.type);
    cursor.readString();
    const type = TYPES.codeOf(cursor);
    cursor.expect(44);
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
        this.#isError = true;
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
