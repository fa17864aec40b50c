import {
  isWaypointNode,
  WAYPOINT_ATTRIBUTES,
  type IdentityTexts,
} from '../model/meshIdentity';
import { SenderIndex } from '../table/senderIndex';
import {
  FIRST_WAYPOINT_SLOT,
  NODE_ID_SLOT,
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

const PROCESS_WIDTH = SERVICE_NAME_SLOT + 1;
/** The name of the span, where it tells something of the sender. */
const OPERATION_SLOT = PROCESS_WIDTH;
const WIDTH = OPERATION_SLOT + 1;
const WAYPOINT_TEXTS = Object.keys(WAYPOINT_ATTRIBUTES) as Array<
  keyof typeof WAYPOINT_ATTRIBUTES
>;

/** Copies the texts that tell the sender. */
export function processTexts(values: Int32Array): ProcessTexts {
  return { values: values.slice(0, PROCESS_WIDTH) };
}

/** Senders by the numbers of their texts. */
export class SenderResolver {
  readonly index = new SenderIndex();
  readonly #tuple = new Int32Array(WIDTH);
  readonly #known: Int32Array[] = [];
  readonly #senders: number[] = [];
  readonly #byHash = new Map<number, number[]>();
  readonly #waypoints = new Map<number, boolean>();

  constructor(readonly texts: ByteTexts, readonly unknownService: string) {}

  /**
   * The span's own texts come first, then those of its process.
   *
   * @param operation - number of the span's name
   */
  senderOf(
    span: Int32Array,
    process: ProcessTexts | undefined,
    operation: number,
  ): number {
    const tuple = this.#tuple.fill(NO_TEXT);
    for (let slot = 0; slot < FIRST_WAYPOINT_SLOT; slot++) {
      tuple[slot] = textAt(slot, span, process);
    }
    for (let slot = SERVICE_VERSION_SLOT; slot <= SERVICE_NAME_SLOT; slot++) {
      tuple[slot] = process?.values[slot] ?? NO_TEXT;
    }
    if (this.#isWaypoint(tuple[NODE_ID_SLOT] as number)) {
      for (
        let slot = FIRST_WAYPOINT_SLOT;
        slot < SERVICE_VERSION_SLOT;
        slot++
      ) {
        tuple[slot] = textAt(slot, span, process);
      }
      tuple[OPERATION_SLOT] = operation;
    }
    return this.#indexOf(tuple);
  }

  #indexOf(tuple: Int32Array): number {
    let hash = 0;
    for (let slot = 0; slot < WIDTH; slot++) {
      hash = (Math.imul(hash, 31) + (tuple[slot] as number)) | 0;
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

  #isWaypoint(nodeId: number): boolean {
    if (nodeId === NO_TEXT) {
      return false;
    }
    let isWaypoint = this.#waypoints.get(nodeId);
    if (isWaypoint === undefined) {
      isWaypoint = isWaypointNode(this.texts.text(nodeId));
      this.#waypoints.set(nodeId, isWaypoint);
    }
    return isWaypoint;
  }

  #create(tuple: Int32Array): number {
    const text = (slot: number) => {
      const value = tuple[slot] as number;
      return value === NO_TEXT ? undefined : this.texts.text(value);
    };
    const [nodeId, canonicalService, canonicalRevision, namespace, clusterId] =
      Array.from({ length: FIRST_WAYPOINT_SLOT }, (_, slot) => text(slot));
    const texts: IdentityTexts = {
      nodeId,
      canonicalService,
      canonicalRevision,
      namespace,
      clusterId,
      operation: text(OPERATION_SLOT),
    };
    WAYPOINT_TEXTS.forEach((key, at) => {
      texts[key] = text(FIRST_WAYPOINT_SLOT + at);
    });
    return this.index.indexOf({
      ...texts,
      service: text(SERVICE_NAME_SLOT) || this.unknownService,
      serviceVersion: text(SERVICE_VERSION_SLOT),
    });
  }
}

/** The span's own text, else its process's. */
function textAt(
  slot: number,
  span: Int32Array,
  process: ProcessTexts | undefined,
): number {
  const own = span[slot] as number;
  return own === NO_TEXT ? process?.values[slot] ?? NO_TEXT : own;
}
