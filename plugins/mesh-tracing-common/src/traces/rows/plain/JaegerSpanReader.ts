import { MAX_TIME_US } from '../../decode/time';
import type { ByteTexts } from '../../scan/ByteTexts';
import { CLOSE_ARRAY, OddBodyError, OPEN_ARRAY } from '../../scan/JsonCursor';
import { NameTable } from '../../scan/NameTable';
import type { ByteWriter } from '../ByteWriter';
import { JaegerTagRows } from './JaegerTagRows';
import { PlainSpan, STATUSES } from './PlainSpan';
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
  refType = 1,
  traceID,
  spanID,
}

const PARTS = new NameTable([
  ['refType', Part.refType],
  ['traceID', Part.traceID],
  ['spanID', Part.spanID],
]);
const CHILD_OF = new NameTable([['CHILD_OF', 1]]);

/** Reads spans of Jaeger's legacy JSON. */
export class JaegerSpanReader implements SpanReader {
  readonly span = new PlainSpan();
  readonly #tags: JaegerTagRows;
  readonly #ids: SpanTexts;
  #traceId = '';
  /** Text of the span's `processID`. */
  process = '';

  constructor(
    readonly cursor: StrictCursor,
    readonly texts: ByteTexts,
    out: ByteWriter,
  ) {
    this.#tags = new JaegerTagRows(cursor, texts, out, this.span);
    this.#ids = new SpanTexts(cursor, texts);
  }

  read(position: number, traceId: string): number {
    const { cursor, span } = this;
    cursor.position = position;
    span.clear();
    span.startNs = 0;
    this.#tags.begin();
    this.#traceId = traceId;
    const fields = cursor.readMembers(NAMES, this.#readField);
    if ((fields & NEEDED) !== NEEDED) {
      throw new OddBodyError();
    }
    if (this.#tags.isError) {
      span.status = STATUSES.indexOf('error');
    }
    return cursor.position;
  }

  readonly #readField = (name: number): void => {
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
        this.#tags.read();
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
  };

  /** None, or that to the parent. */
  #readReferences(): void {
    const { cursor } = this;
    if (!cursor.enterUnlessNull(OPEN_ARRAY, CLOSE_ARRAY)) {
      return;
    }
    const seen = cursor.readMembers(PARTS, this.#readReference);
    const whole =
      (1 << Part.traceID) | (1 << Part.spanID) | (1 << Part.refType);
    if (seen !== whole || cursor.more(CLOSE_ARRAY)) {
      throw new OddBodyError();
    }
  }

  readonly #readReference = (part: number): void => {
    const { cursor, span } = this;
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
  };
}
