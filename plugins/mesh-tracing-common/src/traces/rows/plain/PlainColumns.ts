import { SPAN_KINDS } from '../../model/spanKind';
import type { RawSpan } from '../../decode/RawSpan';
import { type PlainSpan, STATUSES } from './PlainSpan';
import type { SpanGroup } from './SpanGroups';

/** Spans that were read, in columns, in the order of the body. */
export class PlainColumns {
  count = 0;
  readonly idStart: Int32Array;
  readonly parentStart: Int32Array;
  readonly operationStart: Int32Array;
  readonly operationEnd: Int32Array;
  readonly operationText: Int32Array;
  readonly detailsStart: Float64Array;
  readonly detailsEnd: Float64Array;
  readonly kinds: Uint8Array;
  readonly statuses: Uint8Array;
  readonly tellsOfRetries: Uint8Array;
  readonly senderOf: Int32Array;
  readonly startUs: Float64Array;
  readonly startNs: Uint16Array;
  readonly durationUs: Float64Array;
  readonly groups: Array<SpanGroup | undefined> = [];
  /** By row: spans that only the tolerant reader understood. */
  readonly odd = new Map<number, RawSpan>();

  constructor(size: number) {
    this.idStart = new Int32Array(size);
    this.parentStart = new Int32Array(size);
    this.operationStart = new Int32Array(size);
    this.operationEnd = new Int32Array(size);
    this.operationText = new Int32Array(size);
    this.detailsStart = new Float64Array(size);
    this.detailsEnd = new Float64Array(size);
    this.kinds = new Uint8Array(size);
    this.statuses = new Uint8Array(size);
    this.tellsOfRetries = new Uint8Array(size);
    this.senderOf = new Int32Array(size);
    this.startUs = new Float64Array(size);
    this.startNs = new Uint16Array(size);
    this.durationUs = new Float64Array(size);
  }

  /** Adds a span whose details were written to `[detailsStart, detailsEnd)`. */
  add(
    span: PlainSpan,
    of: {
      group: SpanGroup;
      sender: number;
      detailsStart: number;
      detailsEnd: number;
    },
  ): void {
    const row = this.count++;
    this.idStart[row] = span.idStart;
    this.parentStart[row] = span.parentStart;
    this.operationStart[row] = span.operation.start;
    this.operationEnd[row] = span.operation.end;
    this.operationText[row] = span.operationText;
    this.kinds[row] = span.kind;
    this.statuses[row] = span.status;
    this.tellsOfRetries[row] = span.tellsOfRetries ? 1 : 0;
    this.startUs[row] = span.startUs;
    this.startNs[row] = span.startNs;
    this.durationUs[row] = span.durationUs;
    this.senderOf[row] = of.sender;
    this.detailsStart[row] = of.detailsStart;
    this.detailsEnd[row] = of.detailsEnd;
    this.groups.push(of.group);
  }

  /** Adds a span as the tolerant reader read it. */
  addOdd(span: RawSpan, sender: number): void {
    const row = this.count++;
    this.odd.set(row, span);
    this.kinds[row] = SPAN_KINDS.indexOf(span.kind);
    this.statuses[row] = STATUSES.indexOf(span.status);
    this.startUs[row] = span.start.us;
    this.startNs[row] = span.start.ns;
    this.durationUs[row] = span.durationUs;
    this.senderOf[row] = sender;
    this.groups.push(undefined);
  }
}
