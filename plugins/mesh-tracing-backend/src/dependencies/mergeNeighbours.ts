import {
  sumFailures,
  type CallStatistics,
  type DependenciesResponse,
  type DependencyNeighbour,
  type DependencyNode,
} from 'backstage-plugin-mesh-tracing-common';

type Direction = DependencyNeighbour['direction'];
type TracedPart = DependencyNeighbour['parts'][number];
type Part = NonNullable<DependenciesResponse['edges'][number]['parts']>[number];

/** A node, and the entity that stands for it. */
export interface NeighbourPart {
  node: DependencyNode;
  entityRef: string | undefined;
}

/** One row: the nodes of one entity or, without an entity, of one name. */
export interface MergedNeighbour {
  direction: Direction;
  calls: CallStatistics;
  /** The busiest node. */
  lead: NeighbourPart;
  parts: Part[];
}

/**
 * Nodes of one row, and the neighbours that they come from: a single one
 * without other nodes lends the row its figures.
 */
interface Row {
  direction: Direction;
  members: Array<{ part: TracedPart; of: NeighbourPart }>;
  wholes: Set<DependencyNeighbour>;
}

/**
 * Neighbours by what people call them: by entity, without one by name. Figures
 * of several parts are the neighbour's own where the parts are all that it has;
 * else calls and errors are added up, and there is no percentile of them all.
 */
export function mergeNeighbours(
  neighbours: DependencyNeighbour[],
  partOf: (node: string) => NeighbourPart | undefined,
): MergedNeighbour[] {
  const rows = new Map<string, Row>();
  for (const neighbour of neighbours) {
    for (const part of neighbour.parts) {
      const of = partOf(part.node);
      if (of) {
        const { direction } = neighbour;
        const key = `${direction} ${
          of.entityRef ? `entity ${of.entityRef}` : `name ${of.node.name}`
        }`;
        const row = rows.get(key) ?? {
          direction,
          members: [],
          wholes: new Set(),
        };
        row.members.push({ part, of });
        row.wholes.add(neighbour);
        rows.set(key, row);
      }
    }
  }
  return [...rows.values()].flatMap(row => toMerged(row) ?? []);
}

function toMerged({
  direction,
  members,
  wholes,
}: Row): MergedNeighbour | undefined {
  const sorted = [...members].sort(
    (a, b) => b.part.callCount - a.part.callCount,
  );
  const [lead] = sorted;
  return (
    lead && {
      direction,
      calls: callsOf(
        sorted.map(({ part }) => part),
        wholes,
      ),
      lead: lead.of,
      parts: sorted.map(toPart),
    }
  );
}

function callsOf(
  parts: TracedPart[],
  wholes: Set<DependencyNeighbour>,
): CallStatistics {
  const [lead] = parts;
  const [whole] = wholes;
  if (parts.length > 1 && wholes.size === 1 && whole) {
    const { parts: all, direction: _, ...calls } = whole;
    if (all.length === parts.length) {
      return calls;
    }
  }
  const isOne = parts.length === 1;
  const failures = sumFailures(parts.map(part => part.failures));
  return {
    callCount: sum(parts.map(({ callCount }) => callCount)),
    errorCount: sum(parts.map(({ errorCount }) => errorCount)),
    ...(failures.length > 0 ? { failures } : {}),
    protocol: lead?.protocol ?? 'unknown',
    p50Us: isOne ? lead?.p50Us ?? null : null,
    p95Us: isOne ? lead?.p95Us ?? null : null,
  };
}

function toPart({ part, of: { node } }: Row['members'][number]): Part {
  const { clusterId, canonicalRevision, name } = node.workload ?? {};
  return {
    name: node.name,
    ...(clusterId ? { clusterId } : {}),
    ...(canonicalRevision ? { version: canonicalRevision } : {}),
    ...(name ? { workload: name } : {}),
    callCount: part.callCount,
    errorCount: part.errorCount,
    failures: part.failures,
    p50Us: part.p50Us,
    p95Us: part.p95Us,
  };
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
