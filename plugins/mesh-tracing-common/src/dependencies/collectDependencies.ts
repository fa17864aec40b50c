import {
  Durations,
  type PeerLatency,
  type SampleDesign,
  type TableSample,
} from '../latency';
import {
  SPAN_FLAGS,
  SPAN_KINDS,
  type SpanForest,
  type SpanTable,
  type TraceSubject,
} from '../traces';
import { compareText } from '../shared/compareText';
import { callStatistics, noCalls, type CallSet } from './callStatistics';
import { collectNeighbours, directionOf } from './collectNeighbours';
import type { DependencyGraph, DependencyNode } from './model';
import { NodeIndex } from './NodeIndex';
import { resolveNodes, type ResolvedNodes } from './resolveNodes';

const SERVER = SPAN_KINDS.indexOf('server');
const CLIENT = SPAN_KINDS.indexOf('client');
const PRODUCER = SPAN_KINDS.indexOf('producer');
const CONSUMER = SPAN_KINDS.indexOf('consumer');

interface Calls extends CallSet {
  from: number;
  to: number;
}

class EdgeCollector {
  readonly #edges = new Map<number, Calls>();
  readonly #sample: TableSample | undefined;

  constructor(sample?: TableSample) {
    this.#sample = sample;
  }

  add(
    from: number,
    to: number,
    call: {
      span: number;
      durationUs: number;
      isError: boolean;
      status: number;
      protocol: number;
    },
  ): void {
    const design = this.#sample?.design;
    const trace = this.#sample?.traceOf[call.span] ?? 0;
    const weight = design ? design.weightOf(trace) : 1;
    if (weight === 0) {
      return;
    }
    const key = from * 0x1000000 + to;
    let calls = this.#edges.get(key);
    if (!calls) {
      calls = { from, to, ...noCalls(design) };
      this.#edges.set(key, calls);
    }
    calls.durations.add(call.durationUs, call.isError, call.status, trace);
    calls.protocols[call.protocol] =
      (calls.protocols[call.protocol] ?? 0) + weight;
  }

  list(): Calls[] {
    return [...this.#edges.values()];
  }
}

/** Edges between nodes, the subject's neighbours, and latency with each of them. */
export function collectDependencies(
  table: SpanTable,
  forest: SpanForest,
  {
    subject,
    isSubject,
    sample,
  }: { subject: TraceSubject; isSubject: Uint8Array; sample?: TableSample },
): { graph: DependencyGraph; peers: PeerLatency[] } {
  const index = new NodeIndex();
  const resolved = resolveNodes(table, forest, { index, subject });
  const { nodeOf } = resolved;
  for (let i = 0; i < nodeOf.length; i++) {
    if (isSubject[table.senderOf[i] as number]) {
      (index.nodes[nodeOf[i] as number] as DependencyNode).isSubject = true;
    }
  }
  const edges = collectEdges(table, forest, { ...resolved, index, sample });
  const { nodes } = index;
  return {
    graph: {
      nodes: [...nodes].sort((a, b) => compareText(a.id, b.id)),
      edges: edges
        .map(calls => ({
          from: idOf(nodes, calls.from),
          to: idOf(nodes, calls.to),
          ...callStatistics(calls),
        }))
        .sort(
          (a, b) =>
            b.callCount - a.callCount ||
            compareText(a.from, b.from) ||
            compareText(a.to, b.to),
        ),
      neighbours: collectNeighbours(edges, nodes, sample?.design),
    },
    peers: collectPeers(edges, nodes, sample?.design),
  };
}

function collectEdges(
  table: SpanTable,
  forest: SpanForest,
  resolved: ResolvedNodes & { index: NodeIndex; sample?: TableSample },
): Calls[] {
  const { nodeOf, sourceOf, index, sample } = resolved;
  const { kinds, durations, flags, protocols, statuses } = table;
  const edges = new EdgeCollector(sample);
  const isError = (span: number) =>
    ((flags[span] as number) & SPAN_FLAGS.error) !== 0;
  const callOf = (span: number) => ({
    span,
    durationUs: durations[span] as number,
    isError: isError(span),
    status: statuses[span] as number,
    protocol: protocols[span] as number,
  });
  const goesOn = new Uint8Array(nodeOf.length);
  for (let span = 0; span < nodeOf.length; span++) {
    const parent = forest.parents[span] as number;
    const to = nodeOf[span] as number;
    if (parent < 0) {
      const from = sourceOf(span);
      if (from >= 0 && from !== to) {
        edges.add(from, to, callOf(span));
      }
      continue;
    }
    const from = nodeOf[parent] as number;
    const kind = kinds[span] as number;
    if (from !== to) {
      const caller = kinds[parent] as number;
      edges.add(from, to, {
        ...callOf(span),
        isError: isError(span) || (caller === CLIENT && isError(parent)),
        status: (isError(span)
          ? statuses[span] || statuses[parent]
          : statuses[parent] || statuses[span]) as number,
        protocol: (protocols[span] || protocols[parent]) as number,
      });
    }
    if (from !== to || isHop(kind)) {
      goesOn[parent] = 1;
    }
  }
  forEachUnseenPeer(table, goesOn, (span, peer) => {
    const to = index.peer(peer);
    if (to !== nodeOf[span]) {
      edges.add(nodeOf[span] as number, to, callOf(span));
    }
  });
  return edges.list();
}

/** Calls to a peer that has no span in the trace; `goesOn` marks those that have one. */
function forEachUnseenPeer(
  { kinds, peerOf, peers }: SpanTable,
  goesOn: Uint8Array,
  visit: (span: number, peer: string) => void,
): void {
  for (let span = 0; span < kinds.length; span++) {
    const peer = peerOf[span] as number;
    const isCall = kinds[span] === CLIENT || kinds[span] === PRODUCER;
    if (isCall && peer >= 0 && !goesOn[span]) {
      visit(span, peers[peer] as string);
    }
  }
}

function isHop(kind: number): boolean {
  return (
    kind === CLIENT || kind === PRODUCER || kind === SERVER || kind === CONSUMER
  );
}

/** Nodes of the same name are one peer: the versions of a service, for instance. */
function collectPeers(
  edges: Calls[],
  nodes: DependencyNode[],
  design: SampleDesign | undefined,
): PeerLatency[] {
  const groups = {
    inbound: new Map<string, Durations>(),
    outbound: new Map<string, Durations>(),
  };
  for (const { from, to, durations } of edges) {
    const direction = directionOf(nodes, { from, to });
    if (direction) {
      const peer = nameOf(nodes, direction === 'outbound' ? to : from);
      const group = groups[direction].get(peer) ?? new Durations(design);
      group.addAll(durations);
      groups[direction].set(peer, group);
    }
  }
  const rows = (['inbound', 'outbound'] as const).flatMap(direction =>
    [...groups[direction]].flatMap(([peer, durations]): PeerLatency[] => {
      const statistics = durations.statistics();
      return statistics ? [{ peer, direction, ...statistics }] : [];
    }),
  );
  return rows.sort(
    (a, b) =>
      compareText(a.direction, b.direction) ||
      b.count - a.count ||
      compareText(a.peer, b.peer),
  );
}

function idOf(nodes: DependencyNode[], index: number): string {
  return (nodes[index] as DependencyNode).id;
}

function nameOf(nodes: DependencyNode[], index: number): string {
  return (nodes[index] as DependencyNode).name;
}
