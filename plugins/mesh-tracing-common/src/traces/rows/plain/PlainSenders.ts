import {
  IDENTITY_SLOTS,
  FIRST_WAYPOINT_SLOT,
  NODE_ID_SLOT,
} from '../../scan/attributeCodes';
import type { ByteTexts } from '../../scan/ByteTexts';
import { NO_TEXT } from '../../scan/SpanAttributes';
import { isWaypointNode, SENDER_ATTRIBUTES } from '../../model/meshIdentity';
import { textsOf } from '../../model/attributes';
import type { Attributes } from '../../model/Trace';
import type { PlainSpan } from './PlainSpan';
import type { SpanGroup } from './SpanGroups';
import type { TraceSenders } from '../TraceSenders';

/** Senders by the numbers of the texts that tell them. */
export class PlainSenders {
  readonly #known = new Map<string, number>();
  readonly #waypoints = new Map<number, boolean>();

  constructor(readonly texts: ByteTexts, readonly senders: TraceSenders) {}

  indexOf(span: PlainSpan, group: SpanGroup): number {
    const key = this.#keyOf(span, group);
    let index = this.#known.get(key);
    if (index === undefined) {
      const attributes: Attributes = {};
      IDENTITY_SLOTS.forEach((name, slot) => {
        const text = span.identity[slot] as number;
        if (text !== NO_TEXT) {
          attributes[name] = this.texts.text(text);
        }
      });
      index = this.senders.indexOf({
        service: group.service,
        resource: group.resource,
        operation: this.texts.text(span.operationText),
        attributes,
      });
      this.#known.set(key, index);
    }
    return index;
  }

  /** Only spans of waypoints tell more, and by their names too. */
  #keyOf({ identity, operationText }: PlainSpan, group: SpanGroup): string {
    let key = `${group.index}`;
    for (let slot = 0; slot < FIRST_WAYPOINT_SLOT; slot++) {
      key += `,${identity[slot]}`;
    }
    return this.#isWaypoint(identity[NODE_ID_SLOT] as number, group)
      ? `${key},${operationText},${identity.join()}`
      : key;
  }

  #isWaypoint(nodeId: number, { resource }: SpanGroup): boolean {
    if (nodeId === NO_TEXT) {
      const [text] = textsOf(resource[SENDER_ATTRIBUTES.nodeId]);
      return text !== undefined && isWaypointNode(text);
    }
    let isWaypoint = this.#waypoints.get(nodeId);
    if (isWaypoint === undefined) {
      isWaypoint = isWaypointNode(this.texts.text(nodeId));
      this.#waypoints.set(nodeId, isWaypoint);
    }
    return isWaypoint;
  }
}
