import type { SampleDesign } from '../latency';
import { compareText } from '../shared/compareText';
import {
  addCalls,
  callStatistics,
  noCalls,
  type CallSet,
} from './callStatistics';
import type { DependencyNeighbour, DependencyNode } from './model';

interface Edge extends CallSet {
  from: number;
  to: number;
}

interface Group {
  direction: DependencyNeighbour['direction'];
  all: CallSet;
  parts: Map<number, CallSet>;
}

/** Which way an edge leads from the subject; undefined for one that is not at its border. */
export function directionOf(
  nodes: DependencyNode[],
  { from, to }: { from: number; to: number },
): DependencyNeighbour['direction'] | undefined {
  const isCaller = nodes[from]?.isSubject === true;
  if (isCaller === (nodes[to]?.isSubject === true)) {
    return undefined;
  }
  return isCaller ? 'outbound' : 'inbound';
}

/**
 * The neighbours of the subject, whatever the number of its own nodes. Figures
 * are of all calls with any version of the neighbour, and of each.
 */
export function collectNeighbours(
  edges: Edge[],
  nodes: DependencyNode[],
  design?: SampleDesign,
): DependencyNeighbour[] {
  const groups = new Map<string, Group>();
  for (const edge of edges) {
    const direction = directionOf(nodes, edge);
    if (!direction) {
      continue;
    }
    const at = direction === 'outbound' ? edge.to : edge.from;
    const key = `${direction} ${serviceOf(nodes[at] as DependencyNode)}`;
    let group = groups.get(key);
    if (!group) {
      group = { direction, all: noCalls(design), parts: new Map() };
      groups.set(key, group);
    }
    const part = group.parts.get(at) ?? noCalls(design);
    group.parts.set(at, part);
    addCalls(part, edge);
    addCalls(group.all, edge);
  }
  return [...groups.values()]
    .map(group => toNeighbour(group, nodes))
    .sort(
      (a, b) =>
        b.callCount - a.callCount ||
        compareText(a.direction, b.direction) ||
        compareText(a.parts[0]?.node ?? '', b.parts[0]?.node ?? ''),
    );
}

/** A key that all versions of a service have in common. */
function serviceOf({ id, workload }: DependencyNode): string {
  return workload
    ? `${workload.clusterId ?? ''}/${workload.namespace}/${
        workload.canonicalName
      }`
    : id;
}

function toNeighbour(
  { direction, all, parts }: Group,
  nodes: DependencyNode[],
): DependencyNeighbour {
  return {
    direction,
    ...callStatistics(all),
    parts: [...parts]
      .map(([at, calls]) => ({
        node: (nodes[at] as DependencyNode).id,
        ...callStatistics(calls),
      }))
      .sort((a, b) => b.callCount - a.callCount || compareText(a.node, b.node)),
  };
}
