import { spanKindOf, SPAN_KINDS } from '../../model/spanKind';
import { spanStatusOf } from '../../model/spanStatus';
import type { ByteTexts } from '../../scan/ByteTexts';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  OddBodyError,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from '../../scan/JsonCursor';
import { NameTable } from '../../scan/NameTable';
import { OtlpTime } from '../../scan/otlp/OtlpTime';
import { DEFAULT_TRACE_LIMITS } from '../../analyse/limitTrace';
import { AttributeRows, KEY } from './AttributeRows';
import type { ByteWriter } from '../ByteWriter';
import { PlainSpan, STATUSES } from './PlainSpan';
import type { SpanReader } from './SpanReader';
import { SpanTexts } from './SpanTexts';
import type { StrictCursor } from './StrictCursor';

const enum Name {
  traceId = 1,
  spanId,
  parentSpanId,
  name,
  kind,
  startTimeUnixNano,
  endTimeUnixNano,
  status,
  attributes,
  links,
  events,
}

const NAMES = new NameTable([
  ['traceId', Name.traceId],
  ['spanId', Name.spanId],
  ['parentSpanId', Name.parentSpanId],
  ['name', Name.name],
  ['kind', Name.kind],
  ['startTimeUnixNano', Name.startTimeUnixNano],
  ['endTimeUnixNano', Name.endTimeUnixNano],
  ['status', Name.status],
  ['attributes', Name.attributes],
  ['links', Name.links],
  ['events', Name.events],
]);
const NEEDED =
  (1 << Name.traceId) |
  (1 << Name.spanId) |
  (1 << Name.name) |
  (1 << Name.startTimeUnixNano) |
  (1 << Name.endTimeUnixNano);

const enum Part {
  key = 1,
  value,
  stringValue,
  boolValue,
  intValue,
  doubleValue,
  code,
  message,
}

const PARTS = new NameTable([
  ['key', Part.key],
  ['value', Part.value],
  ['stringValue', Part.stringValue],
  ['boolValue', Part.boolValue],
  ['intValue', Part.intValue],
  ['doubleValue', Part.doubleValue],
  ['code', Part.code],
  ['message', Part.message],
]);

const SPECIAL: ReadonlyMap<string, number> = new Map([
  ['error', KEY.special],
  ['@jaeger@warnings', KEY.special],
  ['@jaeger@format', KEY.special],
]);

/** Reads spans of OTLP JSON. */
export class OtlpSpanReader implements SpanReader {
  readonly span = new PlainSpan();
  readonly #attributes: AttributeRows;
  readonly #ids: SpanTexts;
  readonly #start = new OtlpTime();
  readonly #end = new OtlpTime();
  #traceId = '';

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
    this.#attributes.begin();
    this.#traceId = traceId;
    const fields = cursor.readMembers(NAMES, this.#readField);
    if ((fields & NEEDED) !== NEEDED) {
      throw new OddBodyError();
    }
    this.#finish();
    return cursor.position;
  }

  #finish(): void {
    const { span } = this;
    span.startUs = this.#start.us;
    span.startNs = this.#start.ns;
    const us = this.#end.us - this.#start.us;
    span.durationUs = (us * 1000 + this.#end.ns - this.#start.ns) / 1000;
    if (span.durationUs < 0) {
      throw new OddBodyError();
    }
  }

  readonly #readField = (name: number): void => {
    const { cursor, span } = this;
    switch (name) {
      case Name.traceId:
        this.#ids.expectTraceId(this.#traceId);
        break;
      case Name.spanId:
        span.idStart = this.#ids.readSpanId(false);
        break;
      case Name.parentSpanId:
        span.parentStart = this.#ids.readSpanId(true);
        break;
      case Name.name:
        this.#ids.readOperation(span);
        break;
      case Name.kind:
        span.kind = this.#readKind();
        break;
      case Name.startTimeUnixNano:
        this.#start.read(cursor);
        break;
      case Name.endTimeUnixNano:
        this.#end.read(cursor);
        break;
      case Name.status:
        cursor.readMembers(PARTS, this.#readStatusPart);
        break;
      case Name.attributes:
        if (cursor.enterUnlessNull(OPEN_ARRAY, CLOSE_ARRAY)) {
          do {
            this.#readAttribute();
          } while (cursor.more(CLOSE_ARRAY));
        }
        break;
      case Name.links:
      case Name.events:
        cursor.expectEmpty(OPEN_ARRAY, CLOSE_ARRAY);
        break;
      default:
        cursor.skipValue();
    }
  };

  #readKind(): number {
    const { cursor, texts } = this;
    if (cursor.peek() === QUOTE) {
      cursor.readString();
      const text = texts.text(texts.indexOf(cursor));
      return SPAN_KINDS.indexOf(spanKindOf(text));
    }
    return SPAN_KINDS.indexOf(spanKindOf(cursor.readInteger()));
  }

  readonly #readStatusPart = (part: number): void => {
    const { cursor, span, texts } = this;
    if (part === Part.code) {
      let code: string | number;
      if (cursor.peek() === QUOTE) {
        cursor.readString();
        code = texts.text(texts.indexOf(cursor));
      } else {
        code = cursor.readInteger();
      }
      span.status = STATUSES.indexOf(spanStatusOf(code));
    } else if (part === Part.message) {
      cursor.readText();
      span.statusMessage.start = cursor.start;
      span.statusMessage.end = cursor.end;
      if (cursor.end - cursor.start > DEFAULT_TRACE_LIMITS.textLength) {
        throw new OddBodyError();
      }
    } else {
      throw new OddBodyError();
    }
  };

  /** `{"key": …, "value": {…}}`, in that order. */
  #readAttribute(): void {
    const { cursor } = this;
    cursor.expect(OPEN_OBJECT);
    cursor.readKey();
    if (PARTS.codeOf(cursor) !== Part.key) {
      throw new OddBodyError();
    }
    cursor.readString();
    const kind = this.#attributes.readName();
    if (!cursor.more(CLOSE_OBJECT)) {
      throw new OddBodyError();
    }
    cursor.readKey();
    if (PARTS.codeOf(cursor) !== Part.value) {
      throw new OddBodyError();
    }
    cursor.expect(OPEN_OBJECT);
    cursor.readKey();
    this.#readValue(kind, PARTS.codeOf(cursor));
    cursor.expect(CLOSE_OBJECT);
    cursor.expect(CLOSE_OBJECT);
  }

  #readValue(kind: number, type: number): void {
    const { cursor, span } = this;
    const first = cursor.peek();
    if (kind >= KEY.special) {
      throw new OddBodyError();
    }
    if (type === Part.stringValue) {
      this.#attributes.writeText(kind, span);
    } else if (type === Part.boolValue && (first === 116 || first === 102)) {
      this.#attributes.writeWord(kind, span);
    } else if (type === Part.intValue) {
      this.#attributes.writeInteger(kind, span);
    } else if (type === Part.doubleValue && first !== QUOTE) {
      this.#attributes.writeWord(kind, span);
    } else {
      throw new OddBodyError();
    }
  }
}
