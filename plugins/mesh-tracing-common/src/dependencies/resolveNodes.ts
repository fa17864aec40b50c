import {
  type MeshIdentity,
  type MeshParty,
  partyBelongsTo,
  type Sender,
  senderBelongsTo,
  SPAN_KINDS,
  type SpanForest,
  type SpanTable,
  type TraceSubject,
} from '../traces';
import type { NodeIndex, NodeParty } from './NodeIndex';

const SERVER = SPAN_KINDS.indexOf('server');
const CLIENT = SPAN_KINDS.indexOf('client');

/** Which spans are of which node. */
export interface ResolvedNodes {
  nodeOf: Int32Array;
  /** Of a waypoint's span the node that called it, else -1. */
  sourceOf(span: number): number;
}

/** Nodes of the senders: their own, and those that waypoints name as callers. */
interface SenderNodes {
  own: number[];
  source: number[];
}

/**
 * Tells which node each span is of. A span with mesh identity is of its workload;
 * that of a waypoint is of the workload that it served, unless the waypoint
 * itself is what is looked at. The spans of an application behind a sidecar
 * carry no identity; they are of the workload whose proxy handed them the
 * request (the parent is its server span) or sent their call (a child is its
 * client span, or that of a waypoint which names them), and so are the
 * spans of the same service next to them: also a gateway's client spans,
 * which Envoy sends without `node_id`. All others are of their service.
 */
export function resolveNodes(
  table: SpanTable,
  forest: SpanForest,
  { index, subject }: { index: NodeIndex; subject: TraceSubject },
): ResolvedNodes {
  const { senders, senderOf, kinds } = table;
  const nodeOf = new Int32Array(senderOf.length).fill(-1);
  const { own, source } = nodesOfSenders(table, index, subject);
  const isProxy = senders.map(({ identity }) =>
    ['sidecar', 'waypoint'].includes(identity?.proxy ?? ''),
  );
  const serviceOf = (span: number) =>
    (senders[senderOf[span] as number] as Sender).service;
  for (let i = 0; i < nodeOf.length; i++) {
    nodeOf[i] = own[senderOf[i] as number] as number;
  }
  for (let at = forest.preorder.length - 1; at >= 0; at--) {
    const span = forest.preorder[at] as number;
    const parent = forest.parents[span] as number;
    const node = nodeOf[span] as number;
    if (parent >= 0 && node >= 0 && nodeOf[parent] === -1) {
      const sender = senderOf[span] as number;
      const caller = source[sender] as number;
      const sentByProxy =
        senders[sender]?.identity?.proxy === 'sidecar' &&
        kinds[span] === CLIENT;
      const sameApplication =
        own[sender] === -1 && serviceOf(span) === serviceOf(parent);
      if (sentByProxy || sameApplication) {
        nodeOf[parent] = node;
      } else if (caller >= 0) {
        nodeOf[parent] = caller;
      }
    }
  }
  for (const span of forest.preorder) {
    if (nodeOf[span] === -1) {
      const parent = forest.parents[span] as number;
      const sender = parent < 0 ? -1 : (senderOf[parent] as number);
      const receivedByProxy =
        parent >= 0 && isProxy[sender] === true && kinds[parent] === SERVER;
      const sameApplication =
        parent >= 0 && serviceOf(parent) === serviceOf(span);
      nodeOf[span] =
        receivedByProxy || sameApplication
          ? (nodeOf[parent] as number)
          : index.service(table.services[serviceOf(span)] as string);
    }
  }
  return {
    nodeOf,
    sourceOf: span => source[senderOf[span] as number] as number,
  };
}

function nodesOfSenders(
  { senders, services }: SpanTable,
  index: NodeIndex,
  subject: TraceSubject,
): SenderNodes {
  const parties: NodeParty[] = [];
  const add = (party: NodeParty): number => parties.push(party) - 1;
  const places = senders.map(({ identity, service: number }) => {
    if (!identity) {
      return { own: -1, source: -1 };
    }
    const service = services[number] as string;
    const { source } = identity;
    return {
      own: add(ownParty(identity, service, subject)),
      source: source ? add(namedParty(source, subject)) : -1,
    };
  });
  const nodes = index.workloads(parties);
  const nodeAt = (place: number) => nodes[place] ?? -1;
  return {
    own: places.map(place => nodeAt(place.own)),
    source: places.map(place => nodeAt(place.source)),
  };
}

function ownParty(
  identity: MeshIdentity,
  service: string,
  subject: TraceSubject,
): NodeParty {
  const { destination } = identity;
  const isSubject = senderBelongsTo(service, identity, subject);
  return destination && (!isSubject || partyBelongsTo(destination, subject))
    ? namedParty(destination, subject)
    : { party: identity, service, isSubject };
}

/** A party that others' spans tell of. */
function namedParty(party: MeshParty, subject: TraceSubject): NodeParty {
  return { party, isSubject: partyBelongsTo(party, subject) };
}
