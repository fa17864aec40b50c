import { SenderIndex } from '../senderIndex';
import {
  IDENTITY_SLOTS,
  SERVICE_NAME_SLOT,
  SERVICE_VERSION_SLOT,
} from './attributeCodes';
import type { ByteTexts } from './ByteTexts';
import { NO_TEXT } from './SpanAttributes';

/** What a process or resource says of its spans, as numbers of texts. */
export interface ProcessTexts {
  /** By slot: identity, service version, service name. */
  values: Int32Array;
}

const WIDTH = SERVICE_NAME_SLOT + 1;

/** Copies the texts that tell the sender. */
export function processTexts(values: Int32Array): ProcessTexts {
  return { values: values.slice(0, WIDTH) };
}

/**
 * Senders by the numbers of their texts. Spans of one process mostly share a
 * sender, so the last one of each process is tried first.
 */
export class SenderResolver {
  readonly index = new SenderIndex();
  readonly #tuple = new Int32Array(WIDTH);
  readonly #known: Int32Array[] = [];
  readonly #senders: number[] = [];
  readonly #byHash = new Map<number, number[]>();

  constructor(readonly texts: ByteTexts, readonly unknownService: string) {}

  /** The span's own texts come first, then those of its process. */
  senderOf(span: Int32Array, process: ProcessTexts | undefined): number {
    const tuple = this.#tuple;
    let hash = 0;
    for (let slot = 0; slot < WIDTH; slot++) {
      const own =
        slot < SERVICE_VERSION_SLOT ? (span[slot] as number) : NO_TEXT;
      const value = own === NO_TEXT ? process?.values[slot] ?? NO_TEXT : own;
      tuple[slot] = value;
      hash = (Math.imul(hash, 31) + value) | 0;
    }
    const candidates = this.#byHash.get(hash) ?? [];
    for (const candidate of candidates) {
      const known = this.#known[candidate] as Int32Array;
      let slot = 0;
      while (slot < WIDTH && known[slot] === tuple[slot]) {
        slot += 1;
      }
      if (slot === WIDTH) {
        return this.#senders[candidate] as number;
      }
    }
    this.#byHash.set(hash, [...candidates, this.#known.length]);
    const sender = this.#create(tuple);
    this.#known.push(tuple.slice());
    this.#senders.push(sender);
    return sender;
  }

  #create(tuple: Int32Array): number {
    const text = (slot: number) => {
      const value = tuple[slot] as number;
      return value === NO_TEXT ? undefined : this.texts.text(value);
    };
    const [nodeId, canonicalService, canonicalRevision, namespace, clusterId] =
      IDENTITY_SLOTS.map((_, slot) => text(slot));
    return this.index.indexOf({
      service: text(SERVICE_NAME_SLOT) || this.unknownService,
      serviceVersion: text(SERVICE_VERSION_SLOT),
      nodeId,
      canonicalService,
      canonicalRevision,
      namespace,
      clusterId,
    });
  }
}
