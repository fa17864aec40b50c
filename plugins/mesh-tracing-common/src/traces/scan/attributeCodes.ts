import { SENDER_ATTRIBUTES, WAYPOINT_ATTRIBUTES } from '../model/meshIdentity';
import { REQUEST_ID_ATTRIBUTE } from '../model/requestId';
import { PEER_ATTRIBUTES, SIGN_OF_ATTRIBUTE } from '../model/peer';
import { STATUS_ATTRIBUTES } from '../model/statusCode';
import { NameTable } from './NameTable';

/** Texts that tell the sender, by slot: those of every proxy, then those of waypoints. */
export const IDENTITY_SLOTS = [
  SENDER_ATTRIBUTES.nodeId,
  SENDER_ATTRIBUTES.canonicalService,
  SENDER_ATTRIBUTES.canonicalRevision,
  SENDER_ATTRIBUTES.namespace,
  SENDER_ATTRIBUTES.clusterId,
  ...Object.values(WAYPOINT_ATTRIBUTES),
] as const;

export const NODE_ID_SLOT = 0;
export const FIRST_WAYPOINT_SLOT = Object.keys(SENDER_ATTRIBUTES).length;
export const SERVICE_VERSION_SLOT = IDENTITY_SLOTS.length;
export const SERVICE_NAME_SLOT = SERVICE_VERSION_SLOT + 1;
export const FIRST_PEER_SLOT = SERVICE_NAME_SLOT + 1;
export const KIND_SLOT = FIRST_PEER_SLOT + PEER_ATTRIBUTES.length;
export const STATUS_SLOT = KIND_SLOT + 1;
export const ERROR_SLOT = STATUS_SLOT + 1;
export const REQUEST_ID_SLOT = ERROR_SLOT + 1;
export const FIRST_CODE_SLOT = REQUEST_ID_SLOT + 1;
/** Attributes that matter only by being there. */
const FIRST_SIGN_SLOT = FIRST_CODE_SLOT + STATUS_ATTRIBUTES.length;

const named: string[] = [
  ...IDENTITY_SLOTS,
  'service.version',
  'service.name',
  ...PEER_ATTRIBUTES,
  'span.kind',
  'otel.status_code',
  'error',
  REQUEST_ID_ATTRIBUTE,
  ...STATUS_ATTRIBUTES,
];
const signsOnly = [...SIGN_OF_ATTRIBUTE.keys()].filter(
  name => !named.includes(name),
);

/** Attributes whose value is kept, by slot, then those of which the presence is. */
export const SLOT_COUNT = FIRST_SIGN_SLOT;

/** Slot + 1 of each attribute that matters to the analysis; 0 for all others. */
export const ATTRIBUTE_NAMES = new NameTable(
  [...named, ...signsOnly].map((name, slot) => [name, slot + 1] as const),
);

/** Bits of the protocol that an attribute is a sign of, by slot. */
export const SIGN_OF_SLOT = Uint8Array.from(
  [...named, ...signsOnly],
  name => SIGN_OF_ATTRIBUTE.get(name) ?? 0,
);

const known = new Set([...named, ...signsOnly]);

export function isKnownAttribute(name: string): boolean {
  return known.has(name);
}
