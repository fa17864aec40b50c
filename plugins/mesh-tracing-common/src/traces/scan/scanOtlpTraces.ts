import { UNKNOWN_SERVICE } from '../decodeJaegerTraces';
import { normalizeTraceId } from '../ids';
import { protocolOf } from '../peer';
import { spanKindOf, SPAN_KINDS } from '../spanKind';
import type { SpanTable } from '../SpanTable';
import { MAX_TIME_US } from '../time';
import { ERROR_SLOT } from './attributeCodes';
import { buildSpanTable } from './buildSpanTable';
import { ByteTexts } from './ByteTexts';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  JsonCursor,
  OddBodyError,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from './JsonCursor';
import { NameTable } from './NameTable';
import { OtlpAttributes } from './OtlpAttributes';
import {
  processTexts,
  SenderResolver,
  type ProcessTexts,
} from './SenderResolver';
import { SpanAttributes } from './SpanAttributes';
import { SpanRows } from './SpanRows';

const enum Name {
  result = 1,
  resourceSpans,
  resource,
  scopeSpans,
  spans,
  attributes,
  traceId,
  spanId,
  parentSpanId,
  name,
  kind,
  startTimeUnixNano,
  endTimeUnixNano,
  status,
  code,
  /** Names of older or other forms: for the tolerant reader. */
  odd,
}

const NAMES = new NameTable([
  ['result', Name.result],
  ['resourceSpans', Name.resourceSpans],
  ['resource', Name.resource],
  ['scopeSpans', Name.scopeSpans],
  ['spans', Name.spans],
  ['attributes', Name.attributes],
  ['traceId', Name.traceId],
  ['spanId', Name.spanId],
  ['parentSpanId', Name.parentSpanId],
  ['name', Name.name],
  ['kind', Name.kind],
  ['startTimeUnixNano', Name.startTimeUnixNano],
  ['endTimeUnixNano', Name.endTimeUnixNano],
  ['status', Name.status],
  ['code', Name.code],
  ['batches', Name.odd],
  ['instrumentationLibrarySpans', Name.odd],
]);

const ERROR_CODES = new NameTable([['STATUS_CODE_ERROR', 1]]);
const NULL = 110;
const ZERO = 48;

class OtlpScan {
  readonly #cursor: JsonCursor;
  readonly #texts: ByteTexts;
  readonly #attributes: SpanAttributes;
  readonly #reader: OtlpAttributes;
  readonly #senders: SenderResolver;
  readonly #rows = new SpanRows();
  readonly #traceIds: string[] = [];
  readonly #traceByText = new Map<number, number>();
  readonly #traceById = new Map<string, number>();
  #process: ProcessTexts | undefined;

  constructor(bytes: Uint8Array) {
    this.#cursor = new JsonCursor(bytes);
    this.#texts = new ByteTexts(bytes);
    this.#attributes = new SpanAttributes(this.#texts);
    this.#reader = new OtlpAttributes(
      this.#cursor,
      this.#texts,
      this.#attributes,
    );
    this.#senders = new SenderResolver(this.#texts, UNKNOWN_SERVICE);
  }

  read(): SpanTable {
    while (this.#cursor.peek() >= 0) {
      this.#readDocument(true);
    }
    return buildSpanTable({
      rows: this.#rows,
      traceIds: this.#traceIds,
      texts: this.#texts,
      senders: this.#senders.index,
      peers: this.#attributes.peers,
    });
  }

  #readDocument(mayBeWrapped: boolean): void {
    const cursor = this.#cursor;
    this.#object(name => {
      if (name === Name.result && mayBeWrapped) {
        if (cursor.peek() !== OPEN_OBJECT) {
          throw new OddBodyError();
        }
        this.#readDocument(false);
      } else if (name === Name.resourceSpans) {
        this.#array(() => this.#readResourceSpans());
      } else {
        cursor.skipValue();
      }
    });
  }

  /** Visits the members of an object. */
  #object(member: (name: number) => void): void {
    const cursor = this.#cursor;
    if (cursor.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
      do {
        cursor.readKey();
        const name = NAMES.codeOf(cursor);
        if (name === Name.odd) {
          throw new OddBodyError();
        }
        member(name);
      } while (cursor.more(CLOSE_OBJECT));
    }
  }

  /** Visits the elements of an array; null is an empty one. */
  #array(element: () => void): void {
    const cursor = this.#cursor;
    if (cursor.peek() === NULL) {
      cursor.skipScalar();
    } else if (cursor.enter(OPEN_ARRAY, CLOSE_ARRAY)) {
      do {
        element();
      } while (cursor.more(CLOSE_ARRAY));
    }
  }

  #readResourceSpans(): void {
    let hasSpans = false;
    this.#attributes.clear();
    this.#process = undefined;
    this.#object(name => {
      if (name === Name.resource) {
        if (hasSpans || this.#process) {
          throw new OddBodyError();
        }
        this.#object(inner => {
          if (inner === Name.attributes) {
            this.#reader.read();
          } else {
            this.#cursor.skipValue();
          }
        });
        this.#process = processTexts(this.#attributes.values);
      } else if (name === Name.scopeSpans) {
        hasSpans = true;
        this.#array(() =>
          this.#object(inner => {
            if (inner === Name.spans) {
              this.#array(this.#readSpan);
            } else {
              this.#cursor.skipValue();
            }
          }),
        );
      } else {
        this.#cursor.skipValue();
      }
    });
  }

  readonly #readSpan = (): void => {
    const cursor = this.#cursor;
    const rows = this.#rows;
    const attributes = this.#attributes;
    const row = rows.add();
    const times = { endUs: 0, endNs: 0 };
    let fields = 0;
    attributes.clear();
    rows.kinds[row] = 0;
    if (cursor.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
      do {
        cursor.readKey();
        const name = NAMES.codeOf(cursor);
        if (name > 0) {
          if (fields & (1 << name)) {
            throw new OddBodyError();
          }
          fields |= 1 << name;
        }
        this.#readField(row, name, times);
      } while (cursor.more(CLOSE_OBJECT));
    }
    const needed =
      (1 << Name.traceId) |
      (1 << Name.spanId) |
      (1 << Name.name) |
      (1 << Name.startTimeUnixNano) |
      (1 << Name.endTimeUnixNano);
    if ((fields & needed) !== needed) {
      throw new OddBodyError();
    }
    this.#finishSpan(row, times);
  };

  #finishSpan(row: number, times: { endUs: number; endNs: number }): void {
    const rows = this.#rows;
    const attributes = this.#attributes;
    const kind = rows.kinds[row] as number;
    const us = times.endUs - (rows.startUs[row] as number);
    const ns = times.endNs - (rows.startNs[row] as number);
    rows.durationUs[row] = Math.max(0, (us * 1000 + ns) / 1000);
    if (attributes.text(ERROR_SLOT) === 'true') {
      rows.errors[row] = 1;
    }
    rows.protocols[row] = protocolOf(attributes.signs, kind);
    rows.peers[row] = kind === 3 || kind === 4 ? attributes.peer() : -1;
    rows.senders[row] = this.#senders.senderOf(
      attributes.values,
      this.#process,
    );
  }

  #readField(
    row: number,
    name: number,
    times: { endUs: number; endNs: number },
  ): void {
    const cursor = this.#cursor;
    const rows = this.#rows;
    switch (name) {
      case Name.traceId:
        cursor.readString();
        rows.traces[row] = this.#traceOf();
        break;
      case Name.spanId:
        cursor.readString();
        rows.setId(row, cursor);
        break;
      case Name.parentSpanId:
        cursor.readString();
        if (cursor.end - cursor.start === 16) {
          rows.setParent(row, cursor.bytes, cursor.start);
        } else if (cursor.end > cursor.start) {
          throw new OddBodyError();
        }
        break;
      case Name.name:
        cursor.readString();
        rows.operations[row] = this.#texts.indexOf(cursor);
        break;
      case Name.kind:
        rows.kinds[row] = this.#readKind();
        break;
      case Name.startTimeUnixNano:
        rows.startUs[row] = this.#readMicroseconds();
        rows.startNs[row] = this.#readNanoseconds();
        break;
      case Name.endTimeUnixNano:
        times.endUs = this.#readMicroseconds();
        times.endNs = this.#readNanoseconds();
        break;
      case Name.status:
        this.#readStatus(row);
        break;
      case Name.attributes:
        this.#reader.read();
        break;
      default:
        cursor.skipValue();
    }
  }

  #traceOf(): number {
    const text = this.#texts.indexOf(this.#cursor);
    let trace = this.#traceByText.get(text);
    if (trace === undefined) {
      const id = normalizeTraceId(this.#texts.text(text));
      if (!id) {
        throw new OddBodyError();
      }
      trace = this.#traceById.get(id);
      if (trace === undefined) {
        trace = this.#traceIds.length;
        this.#traceIds.push(id);
        this.#traceById.set(id, trace);
      }
      this.#traceByText.set(text, trace);
    }
    return trace;
  }

  #readKind(): number {
    const cursor = this.#cursor;
    if (cursor.peek() === QUOTE) {
      cursor.readString();
      const text = this.#texts.text(this.#texts.indexOf(cursor));
      return SPAN_KINDS.indexOf(spanKindOf(text));
    }
    const kind = cursor.readInteger();
    return kind < SPAN_KINDS.length ? kind : 0;
  }

  /** A decimal text of nanoseconds: the part in whole microseconds. */
  #readMicroseconds(): number {
    const cursor = this.#cursor;
    cursor.readString();
    const { bytes, start, end } = cursor;
    if (end - start < 4 || end - start > 19) {
      throw new OddBodyError();
    }
    let us = 0;
    for (let i = start; i < end - 3; i++) {
      us = us * 10 + this.#digit(bytes[i] as number);
    }
    if (us <= 0 || us >= MAX_TIME_US) {
      throw new OddBodyError();
    }
    return us;
  }

  /** The last three digits of the text that was read as microseconds. */
  #readNanoseconds(): number {
    const { bytes, end } = this.#cursor;
    return (
      this.#digit(bytes[end - 3] as number) * 100 +
      this.#digit(bytes[end - 2] as number) * 10 +
      this.#digit(bytes[end - 1] as number)
    );
  }

  #digit(byte: number): number {
    const digit = byte - ZERO;
    if (digit < 0 || digit > 9) {
      throw new OddBodyError();
    }
    return digit;
  }

  #readStatus(row: number): void {
    const cursor = this.#cursor;
    this.#object(name => {
      if (name !== Name.code) {
        cursor.skipValue();
      } else if (cursor.peek() === QUOTE) {
        cursor.readString();
        this.#rows.errors[row] = ERROR_CODES.codeOf(cursor);
      } else {
        this.#rows.errors[row] = cursor.readInteger() === 2 ? 1 : 0;
      }
    });
  }
}

/**
 * Reads a body of Jaeger's v3 search straight into columns.
 *
 * @throws OddBodyError for anything but the plain form that Jaeger writes
 */
export function scanOtlpTraces(bytes: Uint8Array): SpanTable {
  return new OtlpScan(bytes).read();
}
