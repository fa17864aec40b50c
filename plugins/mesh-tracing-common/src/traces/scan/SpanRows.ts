import { OddBodyError, type JsonCursor } from './JsonCursor';

const HEX = new Int8Array(256).fill(-1);
'0123456789abcdef'.split('').forEach((digit, value) => {
  HEX[digit.charCodeAt(0)] = value;
  HEX[digit.toUpperCase().charCodeAt(0)] = value;
});

/** Eight hex digits as a number. */
export function readHex(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let i = at; i < at + 8; i++) {
    const digit = HEX[bytes[i] as number] as number;
    if (digit < 0) {
      throw new OddBodyError();
    }
    value = (value << 4) | digit;
  }
  return value;
}

type Column = Float64Array | Int32Array | Uint16Array | Uint8Array;

function grow<T extends Column>(column: T, size: number): T {
  const larger = new (column.constructor as new (size: number) => T)(size);
  larger.set(column);
  return larger;
}

/** Spans as they were read: ids not yet resolved, times not yet relative. */
export class SpanRows {
  count = 0;
  idHigh = new Int32Array(1024);
  idLow = new Int32Array(1024);
  parentHigh = new Int32Array(1024);
  parentLow = new Int32Array(1024);
  hasParent = new Uint8Array(1024);
  followsFrom = new Uint8Array(1024);
  linked = new Uint8Array(1024);
  startUs = new Float64Array(1024);
  startNs = new Uint16Array(1024);
  durationUs = new Float64Array(1024);
  kinds = new Uint8Array(1024);
  errors = new Uint8Array(1024);
  protocols = new Uint8Array(1024);
  statuses = new Uint16Array(1024);
  operations = new Int32Array(1024);
  senders = new Int32Array(1024);
  peers = new Int32Array(1024);
  traces = new Int32Array(1024);
  requestIds = new Float64Array(1024);

  /** Makes room for one more row and returns its index. */
  add(): number {
    if (this.count === this.idHigh.length) {
      this.#grow(this.count * 2);
    }
    const row = this.count++;
    this.hasParent[row] = 0;
    this.followsFrom[row] = 0;
    this.linked[row] = 0;
    this.errors[row] = 0;
    this.peers[row] = -1;
    return row;
  }

  /** The string that the cursor read last is the span's id. */
  setId(row: number, { bytes, start, end }: JsonCursor): void {
    if (end - start !== 16) {
      throw new OddBodyError();
    }
    const high = readHex(bytes, start);
    const low = readHex(bytes, start + 8);
    if (high === 0 && low === 0) {
      throw new OddBodyError();
    }
    this.idHigh[row] = high;
    this.idLow[row] = low;
  }

  /** Sets the parent, unless the id is all zeros. */
  setParent(row: number, bytes: Uint8Array, start: number): void {
    const high = readHex(bytes, start);
    const low = readHex(bytes, start + 8);
    if (high !== 0 || low !== 0) {
      this.parentHigh[row] = high;
      this.parentLow[row] = low;
      this.hasParent[row] = 1;
    }
  }

  /** Sets the parent to an id of 16 hex digits. */
  setParentId(row: number, id: string): void {
    this.parentHigh[row] = parseInt(id.slice(0, 8), 16) | 0;
    this.parentLow[row] = parseInt(id.slice(8), 16) | 0;
    this.hasParent[row] = 1;
  }

  #grow(size: number): void {
    this.idHigh = grow(this.idHigh, size);
    this.idLow = grow(this.idLow, size);
    this.parentHigh = grow(this.parentHigh, size);
    this.parentLow = grow(this.parentLow, size);
    this.hasParent = grow(this.hasParent, size);
    this.followsFrom = grow(this.followsFrom, size);
    this.linked = grow(this.linked, size);
    this.startUs = grow(this.startUs, size);
    this.startNs = grow(this.startNs, size);
    this.durationUs = grow(this.durationUs, size);
    this.kinds = grow(this.kinds, size);
    this.errors = grow(this.errors, size);
    this.protocols = grow(this.protocols, size);
    this.statuses = grow(this.statuses, size);
    this.operations = grow(this.operations, size);
    this.senders = grow(this.senders, size);
    this.peers = grow(this.peers, size);
    this.traces = grow(this.traces, size);
    this.requestIds = grow(this.requestIds, size);
  }
}
