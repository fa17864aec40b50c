import { UNKNOWN_SERVICE } from '../../decode/decodeJaegerTraces';
import { protocolOf } from '../../model/peer';
import type { SpanTable } from '../../table/SpanTable';
import { SERVICE_NAME_SLOT } from '../attributeCodes';
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
import { JaegerProcesses } from './JaegerProcesses';
import { JaegerReferences } from './JaegerReferences';
import { JaegerTags } from './JaegerTags';
import { JaegerTraceIds } from './JaegerTraceIds';
import { NameTable } from '../NameTable';
import { SenderResolver } from '../SenderResolver';
import { SpanAttributes } from '../SpanAttributes';
import { SpanRows } from '../SpanRows';

const enum Name {
  data = 1,
  traceID,
  spans,
  processes,
  spanID,
  operationName,
  references,
  startTime,
  duration,
  tags,
  processID,
  parentSpanID,
  errors,
  error,
}

const NAMES = new NameTable([
  ['data', Name.data],
  ['traceID', Name.traceID],
  ['spans', Name.spans],
  ['processes', Name.processes],
  ['spanID', Name.spanID],
  ['operationName', Name.operationName],
  ['references', Name.references],
  ['startTime', Name.startTime],
  ['duration', Name.duration],
  ['tags', Name.tags],
  ['processID', Name.processID],
  ['parentSpanID', Name.parentSpanID],
  ['errors', Name.errors],
  ['error', Name.error],
]);

const NULL = 110;

class JaegerScan {
  readonly #cursor: JsonCursor;
  readonly #texts: ByteTexts;
  readonly #attributes: SpanAttributes;
  readonly #tags: JaegerTags;
  readonly #senders: SenderResolver;
  readonly #rows = new SpanRows();
  readonly #traceIds: JaegerTraceIds;
  readonly #processes: JaegerProcesses;
  readonly #references: JaegerReferences;
  /** Rows of the trace that is being read, with their own texts and process. */
  #pendingTexts: Int32Array[] = [];
  #pendingProcesses: number[] = [];
  #firstRow = 0;

  constructor(bytes: Uint8Array) {
    this.#cursor = new JsonCursor(bytes);
    this.#texts = new ByteTexts(bytes);
    this.#attributes = new SpanAttributes(this.#texts);
    this.#tags = new JaegerTags(this.#cursor, this.#texts, this.#attributes);
    this.#senders = new SenderResolver(this.#texts, UNKNOWN_SERVICE);
    this.#traceIds = new JaegerTraceIds(this.#cursor, this.#texts);
    this.#processes = new JaegerProcesses(
      this.#cursor,
      this.#texts,
      this.#tags,
    );
    this.#references = new JaegerReferences(
      this.#cursor,
      this.#traceIds,
      this.#rows,
    );
  }

  read(): SpanTable {
    const cursor = this.#cursor;
    let hasData = false;
    if (cursor.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
      do {
        cursor.readKey();
        const name = NAMES.codeOf(cursor);
        if (name === Name.data && cursor.peek() !== NULL) {
          hasData = this.#once(hasData);
          this.#readTraces();
        } else if (name === Name.errors) {
          this.#readNoErrors();
        } else if (name === Name.spans || name === Name.error) {
          throw new OddBodyError();
        } else {
          cursor.skipValue();
        }
      } while (cursor.more(CLOSE_OBJECT));
    }
    if (cursor.peek() >= 0) {
      throw new OddBodyError();
    }
    return buildSpanTable({
      rows: this.#rows,
      traceIds: this.#traceIds.ids,
      texts: this.#texts,
      senders: this.#senders.index,
      peers: this.#attributes.peers,
    });
  }

  /**
   * Leaves a body that reports errors to the tolerant reader, which knows what
   * they mean.
   */
  #readNoErrors(): void {
    if (this.#cursor.enterUnlessNull(OPEN_ARRAY, CLOSE_ARRAY)) {
      throw new OddBodyError();
    }
  }

  #once(seen: boolean): true {
    if (seen) {
      throw new OddBodyError();
    }
    return true;
  }

  #readTraces(): void {
    const cursor = this.#cursor;
    if (cursor.enter(OPEN_ARRAY, CLOSE_ARRAY)) {
      do {
        this.#readTrace();
      } while (cursor.more(CLOSE_ARRAY));
    }
  }

  #readTrace(): void {
    const cursor = this.#cursor;
    this.#traceIds.begin();
    this.#processes.clear();
    this.#firstRow = this.#rows.count;
    let hasSpans = false;
    if (cursor.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
      do {
        cursor.readKey();
        switch (NAMES.codeOf(cursor)) {
          case Name.traceID:
            this.#traceIds.read();
            break;
          case Name.spans:
            hasSpans = this.#once(hasSpans);
            this.#readSpans();
            break;
          case Name.processes:
            this.#processes.read();
            break;
          default:
            cursor.skipValue();
        }
      } while (cursor.more(CLOSE_OBJECT));
    }
    this.#finishTrace();
  }

  /** Resolves the senders, for which the processes had to be known. */
  #finishTrace(): void {
    const rows = this.#rows;
    if (rows.count === this.#firstRow) {
      this.#traceIds.drop();
      return;
    }
    for (let row = this.#firstRow; row < rows.count; row++) {
      const at = row - this.#firstRow;
      rows.senders[row] = this.#senders.senderOf(
        this.#pendingTexts[at] as Int32Array,
        this.#processes.get(this.#pendingProcesses[at] as number),
        rows.operations[row] as number,
      );
    }
  }

  #readSpans(): void {
    const cursor = this.#cursor;
    if (cursor.enterUnlessNull(OPEN_ARRAY, CLOSE_ARRAY)) {
      do {
        this.#readSpan();
      } while (cursor.more(CLOSE_ARRAY));
    }
  }

  #readSpan(): void {
    const cursor = this.#cursor;
    const rows = this.#rows;
    const attributes = this.#attributes;
    const row = rows.add();
    const at = row - this.#firstRow;
    let fields = 0;
    let process = -1;
    attributes.clear();
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
        if (name === Name.processID) {
          cursor.readString();
          process = this.#texts.indexOf(cursor);
        } else {
          this.#readField(row, name);
        }
      } while (cursor.more(CLOSE_OBJECT));
    }
    const needed =
      (1 << Name.spanID) | (1 << Name.operationName) | (1 << Name.startTime);
    if ((fields & needed) !== needed) {
      throw new OddBodyError();
    }
    const kind = attributes.kind();
    rows.kinds[row] = kind;
    rows.errors[row] = attributes.isError() ? 1 : 0;
    rows.protocols[row] = protocolOf(attributes.signs, kind);
    rows.statuses[row] = attributes.status();
    rows.requestIds[row] = attributes.requestId();
    rows.peers[row] = kind === 3 || kind === 4 ? attributes.peer() : -1;
    rows.traces[row] = this.#traceIds.ids.length - 1;
    rows.startNs[row] = 0;
    const texts = (this.#pendingTexts[at] ??= new Int32Array(
      SERVICE_NAME_SLOT,
    ));
    texts.set(attributes.values.subarray(0, SERVICE_NAME_SLOT));
    this.#pendingProcesses[at] = process;
  }

  #readField(row: number, name: number): void {
    const cursor = this.#cursor;
    const rows = this.#rows;
    switch (name) {
      case Name.traceID:
        cursor.readString();
        if (!this.#traceIds.isCurrent()) {
          throw new OddBodyError();
        }
        break;
      case Name.spanID:
        cursor.readString();
        rows.setId(row, cursor);
        break;
      case Name.operationName:
        cursor.readString();
        rows.operations[row] = this.#texts.indexOf(cursor);
        break;
      case Name.references:
        this.#references.read(row);
        break;
      case Name.startTime:
        rows.startUs[row] = cursor.readInteger();
        break;
      case Name.duration:
        rows.durationUs[row] = cursor.readInteger();
        break;
      case Name.tags:
        this.#tags.read();
        break;
      case Name.parentSpanID:
        throw new OddBodyError();
      default:
        cursor.skipValue();
    }
  }
}

/**
 * Reads a body of Jaeger's legacy search straight into columns.
 *
 * @throws OddBodyError for anything but the plain form that Jaeger writes
 */
export function scanJaegerTraces(bytes: Uint8Array): SpanTable {
  return new JaegerScan(bytes).read();
}
