import { spanKindOf, SPAN_KINDS } from '../model/spanKind';
import { spanStatusOf } from '../model/spanStatus';
import { PEER_ATTRIBUTES, peerName } from '../model/peer';
import { hashRequestId, NO_REQUEST_ID } from '../model/requestId';
import { readStatus } from '../model/statusCode';
import { TextIndex } from '../table/TextIndex';
import {
  ERROR_SLOT,
  FIRST_CODE_SLOT,
  FIRST_PEER_SLOT,
  KIND_SLOT,
  REQUEST_ID_SLOT,
  SIGN_OF_SLOT,
  SLOT_COUNT,
  STATUS_SLOT,
} from './attributeCodes';
import type { ByteTexts } from './ByteTexts';
import { OddBodyError, type JsonCursor } from './JsonCursor';

const FIRST_NOT_ASCII = 128;
const BACKSLASH = 92;
/** The slot holds no text. */
export const NO_TEXT = -1;
/** URLs and request ids are kept as ranges: they differ too much to be numbered. */
const RANGE_SLOTS = new Set([
  ...(['url.full', 'http.url'] as const).map(
    name => FIRST_PEER_SLOT + PEER_ATTRIBUTES.indexOf(name),
  ),
  REQUEST_ID_SLOT,
]);
const IS_RANGE_SLOT = Uint8Array.from({ length: SLOT_COUNT }, (_, slot) =>
  RANGE_SLOTS.has(slot) ? 1 : 0,
);

/** The attributes of the span, process or resource that is being read. */
export class SpanAttributes {
  /** Number of the text by slot, or `NO_TEXT`; for ranges where it starts. */
  readonly values = new Int32Array(SLOT_COUNT).fill(NO_TEXT);
  readonly #ends = new Int32Array(SLOT_COUNT);
  readonly #seen = new Uint8Array(SIGN_OF_SLOT.length);
  readonly #used: number[] = [];
  readonly #peerMemo = new Map<number, number>();
  readonly #kindMemo = new Map<number, number>();
  readonly #statusMemo = new Map<number, boolean>();
  readonly peers = new TextIndex();
  signs = 0;

  constructor(readonly texts: ByteTexts) {}

  clear(): void {
    for (const slot of this.#used) {
      this.#seen[slot] = 0;
      if (slot < SLOT_COUNT) {
        this.values[slot] = NO_TEXT;
      }
    }
    this.#used.length = 0;
    this.signs = 0;
  }

  /** The attribute is there, with a value that is no text. */
  addOther(slot: number): void {
    if (this.#seen[slot]) {
      throw new OddBodyError();
    }
    this.#seen[slot] = 1;
    this.#used.push(slot);
    this.signs |= SIGN_OF_SLOT[slot] as number;
  }

  /** The attribute has the text that the cursor read last. */
  addText(slot: number, cursor: JsonCursor): void {
    this.addOther(slot);
    if (slot >= SLOT_COUNT) {
      return;
    }
    if (IS_RANGE_SLOT[slot]) {
      this.values[slot] = cursor.start;
      this.#ends[slot] = cursor.end;
    } else {
      this.values[slot] = this.texts.indexOf(cursor);
    }
  }

  /** The attribute has the truth value that the cursor read last; only `error` keeps it. */
  addBoolean(slot: number, cursor: JsonCursor): void {
    if (slot === ERROR_SLOT) {
      this.addText(slot, cursor);
    } else {
      this.addOther(slot);
    }
  }

  /** The attribute has the number that the cursor read last; only status codes keep it. */
  addNumber(slot: number, cursor: JsonCursor): void {
    if (slot >= FIRST_CODE_SLOT) {
      this.addText(slot, cursor);
    } else {
      this.addOther(slot);
    }
  }

  text(slot: number): string | undefined {
    const value = this.values[slot] as number;
    return value === NO_TEXT ? undefined : this.texts.text(value);
  }

  /** Index into `SPAN_KINDS`, from Jaeger's `span.kind` tag. */
  kind(): number {
    const value = this.values[KIND_SLOT] as number;
    if (value === NO_TEXT) {
      return 0;
    }
    let kind = this.#kindMemo.get(value);
    if (kind === undefined) {
      kind = SPAN_KINDS.indexOf(spanKindOf(this.texts.text(value)));
      this.#kindMemo.set(value, kind);
    }
    return kind;
  }

  /** From the texts of `error` and `otel.status_code`. */
  isError(): boolean {
    return this.text(ERROR_SLOT) === 'true' || this.#hasErrorStatus();
  }

  #hasErrorStatus(): boolean {
    const value = this.values[STATUS_SLOT] as number;
    if (value === NO_TEXT) {
      return false;
    }
    let isError = this.#statusMemo.get(value);
    if (isError === undefined) {
      isError = spanStatusOf(this.texts.text(value)) === 'error';
      this.#statusMemo.set(value, isError);
    }
    return isError;
  }

  /** As the column `statuses` holds it. */
  status(): number {
    return readStatus(this.#readCode);
  }

  readonly #readCode = (index: number) => this.text(FIRST_CODE_SLOT + index);

  /** As the column `requestIds` holds it. */
  requestId(): number {
    const start = this.values[REQUEST_ID_SLOT] as number;
    if (start === NO_TEXT) {
      return NO_REQUEST_ID;
    }
    const { bytes } = this.texts;
    const end = this.#ends[REQUEST_ID_SLOT] as number;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number;
      if (byte >= FIRST_NOT_ASCII || byte === BACKSLASH) {
        const text = this.texts.decode(start, end);
        return hashRequestId(text.length, i => text.charCodeAt(i));
      }
    }
    return hashRequestId(end - start, i => bytes[start + i] as number);
  }

  /** Index into `peers`, or -1. */
  peer(): number {
    for (let i = 0; i < PEER_ATTRIBUTES.length; i++) {
      const value = this.values[FIRST_PEER_SLOT + i] as number;
      if (value !== NO_TEXT) {
        const peer = this.#peerFrom(i, value);
        if (peer >= 0) {
          return peer;
        }
      }
    }
    return -1;
  }

  #peerFrom(attribute: number, value: number): number {
    const slot = FIRST_PEER_SLOT + attribute;
    if (IS_RANGE_SLOT[slot]) {
      const url = this.texts.decode(value, this.#ends[slot] as number);
      return this.#indexOfPeer(attribute, url);
    }
    const key = value * PEER_ATTRIBUTES.length + attribute;
    let peer = this.#peerMemo.get(key);
    if (peer === undefined) {
      peer = this.#indexOfPeer(attribute, this.texts.text(value));
      this.#peerMemo.set(key, peer);
    }
    return peer;
  }

  #indexOfPeer(attribute: number, value: string): number {
    const name = peerName(
      PEER_ATTRIBUTES[attribute] as (typeof PEER_ATTRIBUTES)[number],
      value,
    );
    return name ? this.peers.indexOf(name) : -1;
  }
}
