import type {
  DependenciesResponse,
  DependencyGraph,
  DependencyNode,
} from 'backstage-plugin-mesh-tracing-common';
import type { StoreDependency } from 'backstage-plugin-mesh-tracing-node';
import type { DeclaredNeighbour } from './DeclaredNeighbours';

type Node = DependenciesResponse['nodes'][number];
type Edge = DependenciesResponse['edges'][number];

/** What is known of the surroundings of an entity. */
export interface Surroundings {
  entityRef: string;
  entityName: string;
  /** From traces. */
  graph: DependencyGraph;
  /** From the store's own index. */
  stored: StoreDependency[];
  /** From the catalog. */
  declared: DeclaredNeighbour[];
  /** Whether a node is of the entity itself. */
  isFocus(node: DependencyNode): boolean;
  /** The catalog entity that a node is, if the caller may see it. */
  entityOf(node: DependencyNode): string | undefined;
}

class NeighbourGraph {
  readonly #around: Surroundings;
  readonly #nodes = new Map<string, Node>();
  readonly #edges: Edge[] = [];

  constructor(around: Surroundings) {
    this.#around = around;
  }

  addTraced(): void {
    const { graph, isFocus } = this.#around;
    const byId = new Map(graph.nodes.map(node => [node.id, node]));
    graph.nodes.filter(isFocus).forEach(node => this.#node(node, true));
    for (const edge of graph.edges) {
      const from = byId.get(edge.from);
      const to = byId.get(edge.to);
      if (!from || !to || isFocus(from) === isFocus(to)) {
        continue;
      }
      this.#node(from, isFocus(from));
      this.#node(to, isFocus(to));
      this.#edges.push({
        ...edge,
        direction: isFocus(from) ? 'outbound' : 'inbound',
        source: 'traces',
        declared: false,
      });
    }
  }

  addStored(): void {
    const { stored, isFocus } = this.#around;
    for (const { parent, child, callCount } of stored) {
      const from = serviceNode(parent);
      const to = serviceNode(child);
      const outgoing = isFocus(from);
      if (outgoing === isFocus(to)) {
        continue;
      }
      const neighbour = outgoing ? to : from;
      if (this.#knows(neighbour)) {
        continue;
      }
      this.#node(neighbour, false);
      this.#connect(neighbour.id, outgoing ? 'outbound' : 'inbound', {
        source: 'store',
        declared: false,
        callCount,
      });
    }
  }

  addDeclared(): void {
    for (const { entityRef, name, direction } of this.#around.declared) {
      const seen = this.#edges.filter(
        edge =>
          edge.direction === direction &&
          this.#neighbourOf(edge)?.entityRef === entityRef,
      );
      seen.forEach(edge => {
        edge.declared = true;
      });
      if (seen.length === 0) {
        const id = `entity:${entityRef}`;
        this.#nodes.set(id, {
          id,
          kind: 'service',
          name,
          entityRef,
          focus: false,
        });
        this.#connect(id, direction, {
          source: 'declared',
          declared: true,
          callCount: 0,
        });
      }
    }
  }

  result(): { nodes: Node[]; edges: Edge[] } {
    return { nodes: [...this.#nodes.values()], edges: this.#edges };
  }

  #node(node: DependencyNode, focus: boolean): void {
    if (!this.#nodes.has(node.id)) {
      this.#nodes.set(node.id, {
        id: node.id,
        kind: node.kind,
        name: node.name,
        workload: node.workload,
        entityRef: focus ? this.#around.entityRef : this.#around.entityOf(node),
        focus,
      });
    }
  }

  /** Whether traces show that neighbour already, perhaps as a workload. */
  #knows(neighbour: DependencyNode): boolean {
    return [...this.#nodes.values()].some(
      node => !node.focus && node.name === neighbour.name,
    );
  }

  #neighbourOf(edge: Edge): Node | undefined {
    return this.#nodes.get(edge.direction === 'outbound' ? edge.to : edge.from);
  }

  #connect(
    neighbour: string,
    direction: Edge['direction'],
    facts: Pick<Edge, 'source' | 'declared' | 'callCount'>,
  ): void {
    const focus = this.#anyFocus();
    this.#edges.push({
      from: direction === 'outbound' ? focus : neighbour,
      to: direction === 'outbound' ? neighbour : focus,
      direction,
      errorCount: 0,
      protocol: 'unknown',
      p50Us: null,
      p95Us: null,
      ...facts,
    });
  }

  /** An edge without traffic starts at any node of the entity. */
  #anyFocus(): string {
    const { entityRef, entityName } = this.#around;
    const known = [...this.#nodes.values()].find(node => node.focus);
    if (known) {
      return known.id;
    }
    const id = `entity:${entityRef}`;
    this.#nodes.set(id, {
      id,
      kind: 'service',
      name: entityName,
      entityRef,
      focus: true,
    });
    return id;
  }
}

/**
 * The entity's neighbours, one hop each way: those seen in traces, then those
 * that only the store's index knows, then those that are only declared.
 */
export function neighbourGraph(around: Surroundings): {
  nodes: Node[];
  edges: Edge[];
} {
  const builder = new NeighbourGraph(around);
  builder.addTraced();
  builder.addStored();
  builder.addDeclared();
  return builder.result();
}

function serviceNode(name: string): DependencyNode {
  return { id: `service:${name}`, kind: 'service', name };
}
