import { UNKNOWN_SERVICE } from '../decodeJaegerTraces';
import { normalizeTraceId } from '../ids';
import { protocolOf } from '../peer';
import type { SpanTable } from '../SpanTable';
import { SERVICE_NAME_SLOT } from './attributeCodes';
import { buildSpanTable } from './buildSpanTable';
import { ByteTexts } from './ByteTexts';
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  JsonCursor,
  OddBodyError,
  OPEN_ARRAY,
  OPEN_OBJECT,
} from './JsonCursor';
import { JaegerTags } from './JaegerTags';
import { NameTable } from './NameTable';
import {
  processTexts,
  SenderResolver,
  type ProcessTexts,
} from './SenderResolver';
import { NO_TEXT, SpanAttributes } from './SpanAttributes';
import { SpanRows } from './SpanRows';

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
  refType,
  serviceName,
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
  ['refType', Name.refType],
  ['serviceName', Name.serviceName],
]);

const CHILD_OF = new NameTable([['CHILD_OF', 1]]);
const NULL = 110;

class JaegerScan {
  readonly #cursor: JsonCursor;
  readonly #texts: ByteTexts;
  readonly #attributes: SpanAttributes;
  readonly #tags: JaegerTags;
  readonly #senders: SenderResolver;
  readonly #rows = new SpanRows();
  readonly #traceIds: string[] = [];
  readonly #knownTraces = new Set<string>();
  /** The trace's id as it stands in the body. */
  #traceIdStart = -1;
  #traceIdEnd = -1;
  /** Rows of the trace that is being read, with their own texts and process. */
  #pendingTexts: Int32Array[] = [];
  #pendingProcesses: number[] = [];
  #firstRow = 0;
  #processes = new Map<number, ProcessTexts>();

  constructor(bytes: Uint8Array) {
    this.#cursor = new JsonCursor(bytes);
    this.#texts = new ByteTexts(bytes);
    this.#attributes = new SpanAttributes(this.#texts);
    this.#tags = new JaegerTags(this.#cursor, this.#texts, this.#attributes);
    this.#senders = new SenderResolver(this.#texts, UNKNOWN_SERVICE);
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
        } else if (name === Name.spans) {
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
      traceIds: this.#traceIds,
      texts: this.#texts,
      senders: this.#senders.index,
      peers: this.#attributes.peers,
    });
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
    this.#traceIdStart = -1;
    this.#processes = new Map();
    this.#firstRow = this.#rows.count;
    let hasSpans = false;
    if (cursor.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
      do {
        cursor.readKey();
        switch (NAMES.codeOf(cursor)) {
          case Name.traceID:
            this.#readTraceId();
            break;
          case Name.spans:
            hasSpans = this.#once(hasSpans);
            this.#readSpans();
            break;
          case Name.processes:
            this.#readProcesses();
            break;
          default:
            cursor.skipValue();
        }
      } while (cursor.more(CLOSE_OBJECT));
    }
    this.#finishTrace();
  }

  #readTraceId(): void {
    const cursor = this.#cursor;
    cursor.readString();
    const id = normalizeTraceId(this.#texts.decode(cursor.start, cursor.end));
    if (!id || this.#traceIdStart >= 0 || this.#knownTraces.has(id)) {
      throw new OddBodyError();
    }
    this.#knownTraces.add(id);
    this.#traceIdStart = cursor.start;
    this.#traceIdEnd = cursor.end;
    this.#traceIds.push(id);
  }

  /** Whether the string that the cursor read last is the trace's id. */
  #isTraceId(): boolean {
    const { bytes, start, end } = this.#cursor;
    const from = this.#traceIdStart;
    if (from < 0) {
      throw new OddBodyError();
    }
    if (end - start !== this.#traceIdEnd - from) {
      return false;
    }
    for (let i = 0; i < end - start; i++) {
      if (bytes[start + i] !== bytes[from + i]) {
        return false;
      }
    }
    return true;
  }

  /** Resolves the senders, for which the processes had to be known. */
  #finishTrace(): void {
    const rows = this.#rows;
    if (rows.count === this.#firstRow) {
      // A trace without spans is none.
      if (this.#traceIdStart >= 0) {
        this.#traceIds.pop();
      }
      return;
    }
    for (let row = this.#firstRow; row < rows.count; row++) {
      const at = row - this.#firstRow;
      rows.senders[row] = this.#senders.senderOf(
        this.#pendingTexts[at] as Int32Array,
        this.#processes.get(this.#pendingProcesses[at] as number),
      );
    }
  }

  #readProcesses(): void {
    const cursor = this.#cursor;
    if (cursor.peek() === NULL) {
      cursor.skipScalar();
      return;
    }
    if (cursor.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
      do {
        cursor.readKey();
        const id = this.#texts.indexOf(cursor);
        this.#processes.set(id, this.#readProcess());
      } while (cursor.more(CLOSE_OBJECT));
    }
  }

  #readProcess(): ProcessTexts {
    const cursor = this.#cursor;
    const attributes = this.#attributes;
    let service = NO_TEXT;
    attributes.clear();
    if (cursor.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
      do {
        cursor.readKey();
        const name = NAMES.codeOf(cursor);
        if (name === Name.serviceName) {
          cursor.readString();
          service = this.#texts.indexOf(cursor);
        } else if (name === Name.tags) {
          this.#tags.read();
        } else {
          cursor.skipValue();
        }
      } while (cursor.more(CLOSE_OBJECT));
    }
    const process = processTexts(attributes.values);
    process.values[SERVICE_NAME_SLOT] = service;
    return process;
  }

  #readSpans(): void {
    const cursor = this.#cursor;
    if (cursor.peek() === NULL) {
      cursor.skipScalar();
      return;
    }
    if (cursor.enter(OPEN_ARRAY, CLOSE_ARRAY)) {
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
    rows.peers[row] = kind === 3 || kind === 4 ? attributes.peer() : -1;
    rows.traces[row] = this.#traceIds.length - 1;
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
        if (!this.#isTraceId()) {
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
        this.#readReferences(row);
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

  #readReferences(row: number): void {
    const cursor = this.#cursor;
    if (cursor.peek() === NULL) {
      cursor.skipScalar();
      return;
    }
    let hasChildOf = false;
    let first = true;
    if (cursor.enter(OPEN_ARRAY, CLOSE_ARRAY)) {
      do {
        let isLocal = false;
        let isChildOf = false;
        let idStart = -1;
        if (cursor.enter(OPEN_OBJECT, CLOSE_OBJECT)) {
          do {
            cursor.readKey();
            const name = NAMES.codeOf(cursor);
            cursor.readString();
            if (name === Name.traceID) {
              isLocal = this.#isTraceId();
              if (!isLocal && cursor.end - cursor.start !== 32) {
                throw new OddBodyError();
              }
            } else if (name === Name.spanID) {
              if (cursor.end - cursor.start !== 16) {
                throw new OddBodyError();
              }
              idStart = cursor.start;
            } else if (name === Name.refType) {
              isChildOf = CHILD_OF.codeOf(cursor) > 0;
            }
          } while (cursor.more(CLOSE_OBJECT));
        }
        const wins = isChildOf ? !hasChildOf : first;
        if (isLocal && idStart >= 0 && wins) {
          this.#rows.setParent(row, cursor.bytes, idStart);
          if (this.#rows.hasParent[row]) {
            first = false;
            hasChildOf = isChildOf;
          }
        }
      } while (cursor.more(CLOSE_ARRAY));
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
