import { UNKNOWN_SERVICE } from '../../decode/decodeJaegerTraces';
import { protocolOf } from '../../model/peer';
import type { SpanTable } from '../../table/SpanTable';
import { ERROR_SLOT } from '../attributeCodes';
import { buildSpanTable } from '../buildSpanTable';
import { ByteTexts } from '../ByteTexts';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  JsonCursor,
  OddBodyError,
  OPEN_ARRAY,
  OPEN_OBJECT,
} from '../JsonCursor';
import { NameTable } from '../NameTable';
import { OtlpAttributes } from './OtlpAttributes';
import { OtlpLinks } from './OtlpLinks';
import { OtlpTime } from './OtlpTime';
import { OtlpTraceIds } from './OtlpTraceIds';
import { readOtlpKind } from './readOtlpKind';
import { readOtlpStatus } from './readOtlpStatus';
import {
  processTexts,
  SenderResolver,
  type ProcessTexts,
} from '../SenderResolver';
import { SpanAttributes } from '../SpanAttributes';
import { SpanRows } from '../SpanRows';

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
  links,
  error,
  /**
   * Names of older or other forms, whose bodies are left to the tolerant
   * reader.
   */
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
  ['links', Name.links],
  ['error', Name.error],
  ['batches', Name.odd],
  ['instrumentationLibrarySpans', Name.odd],
]);

class OtlpScan {
  readonly #cursor: JsonCursor;
  readonly #texts: ByteTexts;
  readonly #attributes: SpanAttributes;
  readonly #reader: OtlpAttributes;
  readonly #senders: SenderResolver;
  readonly #rows = new SpanRows();
  readonly #traceIds: OtlpTraceIds;
  readonly #links: OtlpLinks;
  #parentStart = -1;
  /** Of the span that is being read. */
  readonly #start = new OtlpTime();
  readonly #end = new OtlpTime();
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
    this.#traceIds = new OtlpTraceIds(this.#cursor, this.#texts);
    this.#links = new OtlpLinks(this.#cursor, this.#rows);
  }

  read(): SpanTable {
    while (this.#cursor.peek() >= 0) {
      this.#readDocument(true);
    }
    return buildSpanTable({
      rows: this.#rows,
      traceIds: this.#traceIds.ids,
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
      } else if (name === Name.error) {
        throw new OddBodyError();
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
    if (cursor.enterUnlessNull(OPEN_ARRAY, CLOSE_ARRAY)) {
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
    let fields = 0;
    attributes.clear();
    this.#links.clear();
    this.#parentStart = -1;
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
        this.#readField(row, name);
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
    this.#finishSpan(row);
  };

  #finishSpan(row: number): void {
    const rows = this.#rows;
    if (this.#links.mayHoldReferences) {
      const from = this.#parentStart;
      this.#links.apply(
        row,
        from < 0 ? '' : this.#texts.decode(from, from + 16),
        this.#traceIds.ids[rows.traces[row] as number] as string,
      );
    }
    const attributes = this.#attributes;
    const kind = rows.kinds[row] as number;
    const us = this.#end.us - this.#start.us;
    const ns = this.#end.ns - this.#start.ns;
    rows.durationUs[row] = Math.max(0, (us * 1000 + ns) / 1000);
    if (attributes.text(ERROR_SLOT) === 'true') {
      rows.errors[row] = 1;
    }
    rows.protocols[row] = protocolOf(attributes.signs, kind);
    rows.statuses[row] = attributes.status();
    rows.peers[row] = kind === 3 || kind === 4 ? attributes.peer() : -1;
    rows.senders[row] = this.#senders.senderOf(
      attributes.values,
      this.#process,
      rows.operations[row] as number,
    );
  }

  #readField(row: number, name: number): void {
    const cursor = this.#cursor;
    const rows = this.#rows;
    switch (name) {
      case Name.traceId:
        cursor.readString();
        rows.traces[row] = this.#traceIds.current();
        break;
      case Name.spanId:
        cursor.readString();
        rows.setId(row, cursor);
        break;
      case Name.parentSpanId:
        cursor.readString();
        if (cursor.end - cursor.start === 16) {
          rows.setParent(row, cursor.bytes, cursor.start);
          this.#parentStart = cursor.start;
        } else if (cursor.end > cursor.start) {
          throw new OddBodyError();
        }
        break;
      case Name.name:
        cursor.readString();
        rows.operations[row] = this.#texts.indexOf(cursor);
        break;
      case Name.kind:
        rows.kinds[row] = readOtlpKind(cursor, this.#texts);
        break;
      case Name.startTimeUnixNano:
        this.#start.read(cursor);
        rows.startUs[row] = this.#start.us;
        rows.startNs[row] = this.#start.ns;
        break;
      case Name.endTimeUnixNano:
        this.#end.read(cursor);
        break;
      case Name.status:
        rows.errors[row] = readOtlpStatus(cursor, this.#texts);
        break;
      case Name.attributes:
        this.#reader.read();
        break;
      case Name.links:
        this.#links.read();
        break;
      default:
        cursor.skipValue();
    }
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
