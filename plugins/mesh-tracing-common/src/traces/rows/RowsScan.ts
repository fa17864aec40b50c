import {
  readJaegerSpan,
  walkJaegerTraces,
  type JaegerSource,
} from '../decode/decodeJaegerTraces';
import {
  readOtlpSpan,
  walkOtlpSpans,
  type OtlpSource,
} from '../decode/decodeOtlpTraces';
import { normalizeTraceId } from '../decode/ids';
import { asRecord, type JsonRecord } from '../decode/json';
import { parseExact } from '../decode/parseExact';
import type { RawSpan } from '../decode/RawSpan';
import { isTime } from '../decode/time';
import { ByteTexts } from '../scan/ByteTexts';
import { OddBodyError } from '../scan/JsonCursor';
import { ByteWriter } from './ByteWriter';
import { JaegerSpanReader } from './plain/JaegerSpanReader';
import { OtlpSpanReader } from './plain/OtlpSpanReader';
import { PlainColumns } from './plain/PlainColumns';
import { PlainSenders } from './plain/PlainSenders';
import type { TextRange } from './plain/PlainSpan';
import { SpanGroups, type GroupSource } from './plain/SpanGroups';
import type { SpanReader } from './plain/SpanReader';
import { sliceSpans, type SpanSlices } from './plain/SpanSlices';
import { StrictCursor } from './plain/StrictCursor';
import { TraceSenders } from './TraceSenders';

const NOTHING = new Uint8Array();
const encoder = new TextEncoder();
const QUOTE = encoder.encode('"');
const ATTRIBUTES = encoder.encode(',"attributes":{');
const KIND = encoder.encode('},"kind":"');
const STATUS = encoder.encode('","status":"');
const MESSAGE = encoder.encode(',"statusMessage":"');
const SCOPE = encoder.encode(',"scope":{"name":"');
const VERSION = encoder.encode('","version":"');
const END_OF_SCOPE = encoder.encode('"}');

/**
 * Reads the spans of one trace. Those in the plain form that a store writes are
 * copied from its bytes; each other one is read by the tolerant reader.
 */
export class RowsScan {
  readonly columns: PlainColumns;
  readonly senders = new TraceSenders();
  readonly texts: ByteTexts;
  /** Details of the plain spans. */
  readonly details: ByteWriter;
  readonly warnings: string[] = [];
  readonly #slices: SpanSlices;
  readonly #visited: Uint8Array;
  readonly #cursor: StrictCursor;
  readonly #groups = new SpanGroups();
  readonly #plainSenders: PlainSenders;
  readonly #decoder = new TextDecoder();

  constructor(readonly bytes: Uint8Array, readonly traceId: string) {
    this.#slices = sliceSpans(bytes);
    this.#visited = new Uint8Array(this.#slices.count);
    this.#cursor = new StrictCursor(bytes);
    this.texts = new ByteTexts(bytes);
    this.details = new ByteWriter(bytes.length);
    this.columns = new PlainColumns(this.#slices.count);
    this.#plainSenders = new PlainSenders(this.texts, this.senders);
  }

  /** @throws OddBodyError, SyntaxError or StoreStreamError for another to find out */
  readOtlp(): void {
    const reader = new OtlpSpanReader(this.#cursor, this.texts, this.details);
    walkOtlpSpans(this.#slices.rest, (item, source: OtlpSource) =>
      this.#visit(item, {
        reader,
        groupOf: () => source,
        idOf: span => normalizeTraceId(span.traceId),
        readOdd: span => readOtlpSpan(span, this.traceId, source),
      }),
    );
    this.#finish();
  }

  /** @throws as `readOtlp` */
  readJaeger(): void {
    const reader = new JaegerSpanReader(this.#cursor, this.texts, this.details);
    walkJaegerTraces(parseExact(this.#slices.rest), {
      span: (item, source: JaegerSource) =>
        this.#visit(item, {
          reader,
          groupOf: () => source.processes.get(reader.process),
          idOf: span => normalizeTraceId(span.traceID) ?? source.traceId,
          readOdd: span => readJaegerSpan(span, this.traceId, source.processes),
        }),
      warning: (traceId, text) => {
        if (traceId === this.traceId) {
          this.warnings.push(text);
        }
      },
    });
    this.#finish();
  }

  /** What is no part of the structure would stay unread, though it may be no JSON. */
  #finish(): void {
    if (!this.#visited.every(visited => visited === 1)) {
      throw new OddBodyError();
    }
  }

  #visit(item: unknown, format: Format): void {
    if (typeof item !== 'number') {
      this.#addOdd(asRecord(item), format);
      return;
    }
    if (this.#visited[item] !== 0) {
      throw new OddBodyError();
    }
    this.#visited[item] = 1;
    const start = this.#slices.starts[item] as number;
    const end = this.#slices.ends[item] as number;
    const written = this.details.length;
    if (!this.#isPlain(start, end, format)) {
      this.details.length = written;
      const text = this.#decoder.decode(this.bytes.subarray(start, end));
      this.#addOdd(asRecord(parseExact(text)), format);
    }
  }

  #isPlain(start: number, end: number, format: Format): boolean {
    const { details, columns } = this;
    const detailsStart = details.length;
    try {
      details.all(ATTRIBUTES);
      if (format.reader.read(start, this.traceId) !== end) {
        return false;
      }
      const source = format.groupOf();
      if (!source) {
        return false;
      }
      const { span } = format.reader;
      const group = this.#groups.of(source);
      this.#writeDetails(format.reader);
      details.all(group.sharedJson);
      columns.add(span, {
        group,
        sender: this.#plainSenders.indexOf(span, group),
        detailsStart,
        detailsEnd: details.length,
      });
      return true;
    } catch (error) {
      if (error instanceof OddBodyError) {
        return false;
      }
      throw error;
    }
  }

  #writeDetails({ span }: SpanReader): void {
    const { details } = this;
    details.all(KIND);
    details.ascii(span.kindName);
    details.all(STATUS);
    details.ascii(span.statusName);
    details.all(QUOTE);
    if (isFilled(span.statusMessage)) {
      this.#writeText(MESSAGE, span.statusMessage, QUOTE);
    }
    if (isFilled(span.scopeName)) {
      const hasVersion = isFilled(span.scopeVersion);
      this.#writeText(SCOPE, span.scopeName, NOTHING);
      if (hasVersion) {
        this.#writeText(VERSION, span.scopeVersion, NOTHING);
      }
      details.all(END_OF_SCOPE);
    }
  }

  #writeText(before: Uint8Array, range: TextRange, after: Uint8Array): void {
    this.details.all(before);
    this.details.copy(this.bytes, range.start, range.end);
    this.details.all(after);
  }

  #addOdd(span: JsonRecord | undefined, format: Format): void {
    if (!span || format.idOf(span) !== this.traceId) {
      return;
    }
    const raw = format.readOdd(span);
    if (!isTime(raw.start)) {
      throw new OddBodyError();
    }
    this.columns.addOdd(raw, this.senders.indexOf(raw));
  }
}

/** How spans of one format, from one place of a body, are read. */
interface Format {
  reader: SpanReader;
  /** Of the span that the reader read last. */
  groupOf(): GroupSource | undefined;
  idOf(span: JsonRecord): string | undefined;
  readOdd(span: JsonRecord): RawSpan;
}

function isFilled({ start, end }: TextRange): boolean {
  return start >= 0 && end > start;
}
