import { parseEntityRef } from '@backstage/catalog-model';
import type { DependenciesResponse } from 'backstage-plugin-mesh-tracing-common';
import { isEstimated } from './isEstimated';

type Node = DependenciesResponse['nodes'][number];
type Edge = DependenciesResponse['edges'][number];

/** One version or workload of a neighbour. */
export type Part = NonNullable<Edge['parts']>[number];

/** A neighbour and the calls between it and the entity. */
export interface Neighbour {
  id: string;
  node: Node;
  edge: Edge;
  /**
   * False when nothing of the entity was traced, so that nothing is known of its
   * calls.
   */
  traced: boolean;
  /** The counts stand for more calls than were read. */
  isEstimate: boolean;
}

/** The names of all entities that claim a neighbour: none replaces another. */
export function namesOf({ name, otherEntityRefs = [] }: Node): string {
  const others = otherEntityRefs.map(ref => parseEntityRef(ref).name);
  return [...new Set([name, ...others])].join(' / ');
}

/** Whether the catalog declares calls of which the window shows none. */
export function isIdle({ edge }: Neighbour): boolean {
  return edge.source === 'declared';
}

/** Whether there were calls in the window that the catalog does not declare. */
export function isUndeclared({ edge }: Neighbour): boolean {
  return edge.source !== 'declared' && !edge.declared;
}

/** Both sides of the entity, the busiest first. */
export function neighbourhood(response: DependenciesResponse): {
  inbound: Neighbour[];
  outbound: Neighbour[];
} {
  const nodes = new Map(response.nodes.map(node => [node.id, node]));
  const side = (direction: Edge['direction']) =>
    response.edges
      .filter(edge => edge.direction === direction)
      .flatMap(edge => {
        const id = direction === 'inbound' ? edge.from : edge.to;
        const node = nodes.get(id);
        return node
          ? [
              {
                id: `${edge.from} ${edge.to}`,
                node,
                edge,
                traced: response.traced,
                isEstimate: isEstimated(edge, response.sample),
              },
            ]
          : [];
      })
      .sort(
        (a, b) =>
          b.edge.callCount - a.edge.callCount ||
          a.node.name.localeCompare(b.node.name),
      );
  return { inbound: side('inbound'), outbound: side('outbound') };
}
