import { sortRange } from '../analyse/SpanForest';
import { DEFAULT_TRACE_LIMITS, limitSpan } from '../analyse/limitTrace';
import { placeSpan } from '../decode/TraceAssembler';
import type { RawSpan } from '../decode/RawSpan';
import { microsecondsBetween, type Timestamp } from '../decode/time';
import { traceInsightsOf } from '../insights/findTraceInsights';
import { SPAN_KINDS } from '../model/spanKind';
import type { Attributes, Span } from '../model/Trace';
import { OddBodyError } from '../scan/JsonCursor';
import { LazySpan, type SpanDetails } from './LazySpan';
import type { PlainColumns } from './plain/PlainColumns';
import { STATUSES } from './plain/PlainSpan';
import type { RowsScan } from './RowsScan';
import { RowsWriter } from './RowsWriter';
import type { SpanGroup } from './plain/SpanGroups';
import { openSpanJson, spanDetailsJson } from './spanJson';
import { SPANS_PER_ROWS, type ReadTrace, type SpanRows } from './TraceRows';

const ID_DIGITS = 16;
const NO_ID = new Uint8Array(ID_DIGITS).fill(48);
const encoder = new TextEncoder();
const SPAN_ID = encoder.encode('{"spanId":"');
const PARENT = encoder.encode('","parentSpanId":"');
const SERVICE = encoder.encode('","service":');
const OPERATION = encoder.encode(',"operation":"');
const OFFSET = encoder.encode('","offsetUs":');
const DURATION = encoder.encode(',"durationUs":');

/** A trace whose spans all have ids of their own and times. */
export class ScannedTrace implements ReadTrace {
  readonly head: ReadTrace['head'];
  readonly #scan: RowsScan;
  readonly #columns: PlainColumns;
  readonly #origin: Timestamp;
  readonly #offsets: Float64Array;
  /** Rows in order of start. */
  readonly #order: Int32Array;
  readonly #ids: string[];
  readonly #idBytes: Uint8Array;
  readonly #parentIds: string;
  readonly #placed = new Map<number, Span>();
  readonly #resources = new Map<Attributes, Attributes>();

  constructor(scan: RowsScan) {
    const { columns, bytes } = scan;
    const { count, odd } = columns;
    this.#scan = scan;
    this.#columns = columns;
    this.#origin = { us: earliest(columns), ns: 0 };
    this.#offsets = offsetsOf(columns, this.#origin);
    this.#order = orderOf(this.#offsets);
    this.#idBytes = digitsOf(bytes, columns.idStart, columns);
    const idText = new TextDecoder().decode(this.#idBytes);
    this.#ids = Array.from({ length: count }, (_, row) => {
      const at = row * ID_DIGITS;
      return odd.get(row)?.spanId ?? idText.slice(at, at + ID_DIGITS);
    });
    if (new Set(this.#ids).size !== count) {
      throw new OddBodyError();
    }
    const parents = digitsOf(bytes, columns.parentStart, columns);
    this.#parentIds = new TextDecoder().decode(parents);
    this.head = {
      traceId: scan.traceId,
      startTimeUs: this.#origin.us,
      durationUs: durationOf(columns, this.#offsets, this.#order),
      warnings: scan.warnings.slice(0, DEFAULT_TRACE_LIMITS.eventsPerSpan),
      spanCount: count,
      senders: scan.senders.senders,
    };
  }

  *rows(): Iterable<SpanRows> {
    const writer = new RowsWriter(SPANS_PER_ROWS);
    for (const row of this.#order) {
      writer.begin(this.#columns.senderOf[row] as number);
      const span = this.#oddSpan(row);
      if (span) {
        writer.out.text(openSpanJson(span));
        writer.beginDetails();
        writer.out.text(spanDetailsJson(span));
      } else {
        this.#write(row, writer);
      }
      if (writer.count === SPANS_PER_ROWS) {
        yield writer.take();
      }
    }
    if (writer.count > 0) {
      yield writer.take();
    }
  }

  insights() {
    const telling = new Set<Span>();
    const spans = Array.from(this.#order, row => {
      const odd = this.#oddSpan(row);
      const span = odd ?? this.#lazySpan(row);
      if (odd || this.#columns.tellsOfRetries[row]) {
        telling.add(span);
      }
      return span;
    });
    const { traceId, startTimeUs, durationUs, warnings } = this.head;
    return traceInsightsOf(
      { traceId, startTimeUs, durationUs, warnings, spans },
      span => telling.has(span),
    );
  }

  #write(row: number, writer: RowsWriter): void {
    const columns = this.#columns;
    const { out } = writer;
    const { bytes, details } = this.#scan;
    const at = row * ID_DIGITS;
    out.all(SPAN_ID);
    out.copy(this.#idBytes, at, at + ID_DIGITS);
    if ((columns.parentStart[row] as number) >= 0) {
      out.all(PARENT);
      out.ascii(this.#parentIds.slice(at, at + ID_DIGITS));
    }
    out.all(SERVICE);
    out.all((columns.groups[row] as SpanGroup).serviceJson);
    out.all(OPERATION);
    out.copy(
      bytes,
      columns.operationStart[row] as number,
      columns.operationEnd[row] as number,
    );
    out.all(OFFSET);
    out.ascii(String(this.#offsets[row]));
    out.all(DURATION);
    out.ascii(String(columns.durationUs[row]));
    writer.beginDetails();
    out.copy(
      details.bytes,
      columns.detailsStart[row] as number,
      columns.detailsEnd[row] as number,
    );
  }

  /** The span as the tolerant reader read it, capped. */
  #oddSpan(row: number): Span | undefined {
    const raw: RawSpan | undefined = this.#columns.odd.get(row);
    if (!raw) {
      return undefined;
    }
    let span = this.#placed.get(row);
    if (!span) {
      span = limitSpan(
        placeSpan(raw, this.#origin),
        DEFAULT_TRACE_LIMITS,
        this.#resources,
      );
      this.#placed.set(row, span);
    }
    return span;
  }

  #lazySpan(row: number): Span {
    const columns = this.#columns;
    const { details, texts } = this.#scan;
    const at = row * ID_DIGITS;
    const span = new LazySpan(
      this.#ids[row] as string,
      (columns.groups[row] as SpanGroup).service,
      texts.text(columns.operationText[row] as number),
      SPAN_KINDS[columns.kinds[row] as number] ?? 'unspecified',
      STATUSES[columns.statuses[row] as number] ?? 'unset',
      this.#offsets[row] as number,
      columns.durationUs[row] as number,
      () => {
        const json = new TextDecoder().decode(
          details.bytes.subarray(
            (columns.detailsStart[row] as number) + 1,
            columns.detailsEnd[row],
          ),
        );
        return JSON.parse(`{${json}`) as SpanDetails;
      },
    );
    if ((columns.parentStart[row] as number) >= 0) {
      span.parentSpanId = this.#parentIds.slice(at, at + ID_DIGITS);
    }
    return span;
  }
}

function earliest({ startUs, count }: PlainColumns): number {
  return startUs
    .subarray(0, count)
    .reduce((least, us) => Math.min(least, us), Infinity);
}

function offsetsOf(columns: PlainColumns, origin: Timestamp): Float64Array {
  const offsets = new Float64Array(columns.count);
  for (let row = 0; row < offsets.length; row++) {
    offsets[row] = microsecondsBetween(origin, {
      us: columns.startUs[row] as number,
      ns: columns.startNs[row] as number,
    });
  }
  return offsets;
}

function orderOf(offsets: Float64Array): Int32Array {
  const order = Int32Array.from(offsets.keys());
  sortRange(order, 0, order.length, (a, b) => {
    const difference = (offsets[a] as number) - (offsets[b] as number);
    return difference > 0 || (difference === 0 && a > b);
  });
  return order;
}

function durationOf(
  { durationUs }: PlainColumns,
  offsets: Float64Array,
  order: Int32Array,
): number {
  let endUs = 0;
  for (const row of order) {
    endUs = Math.max(
      endUs,
      (offsets[row] as number) + (durationUs[row] as number),
    );
  }
  return endUs - (offsets[order[0] as number] as number);
}

/** The ids of all rows in lower case, one after the other. */
function digitsOf(
  bytes: Uint8Array,
  starts: Int32Array,
  { count, odd }: PlainColumns,
): Uint8Array {
  const digits = new Uint8Array(count * ID_DIGITS);
  for (let row = 0; row < count; row++) {
    const start = odd.has(row) ? -1 : (starts[row] as number);
    if (start < 0) {
      digits.set(NO_ID, row * ID_DIGITS);
      continue;
    }
    for (let i = 0; i < ID_DIGITS; i++) {
      const byte = bytes[start + i] as number;
      digits[row * ID_DIGITS + i] = byte >= 65 && byte <= 70 ? byte + 32 : byte;
    }
  }
  return digits;
}
