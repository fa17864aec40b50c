import { UNKNOWN_SERVICE } from '../../decode/decodeJaegerTraces';
import { protocolOf } from '../../model/peer';
import { ERROR_SLOT } from '../attributeCodes';
import type { ByteTexts } from '../ByteTexts';
import {
  CLOSE_OBJECT,
  OddBodyError,
  OPEN_OBJECT,
  type JsonCursor,
} from '../JsonCursor';
import { NameTable } from '../NameTable';
import { SenderResolver, type ProcessTexts } from '../SenderResolver';
import type { SpanAttributes } from '../SpanAttributes';
import { SpanRows } from '../SpanRows';
import type { OtlpAttributes } from './OtlpAttributes';
import { OtlpLinks } from './OtlpLinks';
import { OtlpTime } from './OtlpTime';
import { OtlpTraceIds } from './OtlpTraceIds';
import { readOtlpKind } from './readOtlpKind';
import { readOtlpStatus } from './readOtlpStatus';

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
]);

/** Reads the spans of a body, each into a row. */
export class OtlpSpans {
  readonly rows = new SpanRows();
  readonly traceIds: OtlpTraceIds;
  /** The resource of the spans that follow. */
  process: ProcessTexts | undefined;
  readonly #cursor: JsonCursor;
  readonly #texts: ByteTexts;
  readonly #attributes: SpanAttributes;
  readonly #reader: OtlpAttributes;
  readonly #senders: SenderResolver;
  readonly #links: OtlpLinks;
  /** Where the id of the parent stands; -1 without one. */
  #parentStart = -1;
  /** Times of the span that is being read. */
  readonly #start = new OtlpTime();
  readonly #end = new OtlpTime();

  constructor(
    cursor: JsonCursor,
    texts: ByteTexts,
    attributes: SpanAttributes,
    reader: OtlpAttributes,
  ) {
    this.#cursor = cursor;
    this.#texts = texts;
    this.#attributes = attributes;
    this.#reader = reader;
    this.#senders = new SenderResolver(texts, UNKNOWN_SERVICE);
    this.traceIds = new OtlpTraceIds(cursor, texts);
    this.#links = new OtlpLinks(cursor, this.rows);
  }

  /** Who sent the spans that were read. */
  get senders(): SenderResolver['index'] {
    return this.#senders.index;
  }

  /** Reads one span. */
  readonly read = (): void => {
    const cursor = this.#cursor;
    const rows = this.rows;
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
    const rows = this.rows;
    if (this.#links.isThere) {
      const from = this.#parentStart;
      this.#links.apply(
        row,
        from < 0 ? '' : this.#texts.decode(from, from + 16),
        this.traceIds.ids[rows.traces[row] as number] as string,
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
    rows.requestIds[row] = attributes.requestId();
    rows.peers[row] = kind === 3 || kind === 4 ? attributes.peer() : -1;
    rows.senders[row] = this.#senders.senderOf(
      attributes.values,
      this.process,
      rows.operations[row] as number,
    );
  }

  #readField(row: number, name: number): void {
    const cursor = this.#cursor;
    const rows = this.rows;
    switch (name) {
      case Name.traceId:
        cursor.readString();
        rows.traces[row] = this.traceIds.current();
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
