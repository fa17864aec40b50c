import type {
  CallStatistics,
  DependenciesResponse,
  DependencyGraph,
  DependencyNode,
} from 'backstage-plugin-mesh-tracing-common';
import type { StoreDependency } from 'backstage-plugin-mesh-tracing-node';
import type { DeclaredNeighbour } from './DeclaredNeighbours';
import { mergeNeighbours, type NeighbourPart } from './mergeNeighbours';
import { resembles } from './resembles';

type Node = DependenciesResponse['nodes'][number];
type Edge = DependenciesResponse['edges'][number];

/** What is known of the surroundings of an entity. */
export interface Surroundings {
  entityRef: string;
  entityName: string;
  /** From the entity's traces. */
  graph: DependencyGraph;
  /** Calls with the entity that only its neighbours' spans show. */
  told: ToldCalls[];
  /** From the store's own index. */
  stored: StoreDependency[];
  /** From the catalog. */
  declared: DeclaredNeighbour[];
  /** Whether a trace service name is the entity's. */
  isOwnService(name: string): boolean;
  /** The catalog entities that claim a node, of those that the caller may see. */
  entitiesOf(node: DependencyNode): string[];
}

/** Calls between the entity and a neighbour, as the neighbour tells them. */
export interface ToldCalls extends CallStatistics {
  neighbour: Pick<DeclaredNeighbour, 'entityRef' | 'name' | 'direction'>;
}

const NO_CALLS = {
  errorCount: 0,
  protocol: 'unknown',
  p50Us: null,
  p95Us: null,
} as const;

class NeighbourGraph {
  readonly #around: Surroundings;
  readonly #focus: Node;
  readonly #neighbours = new Map<string, Node>();
  readonly #edges: Edge[] = [];

  constructor(around: Surroundings) {
    this.#around = around;
    this.#focus = {
      id: `entity:${around.entityRef}`,
      kind: 'service',
      name: around.entityName,
      entityRef: around.entityRef,
      focus: true,
    };
  }

  /** One row for each neighbour and direction, whatever the number of its versions. */
  addTraced(): void {
    const { graph, entitiesOf } = this.#around;
    const byId = new Map(graph.nodes.map(node => [node.id, node]));
    const rows = mergeNeighbours(graph.neighbours, part =>
      partOf(byId.get(part), entitiesOf),
    );
    for (const { direction, calls, parts, lead } of rows) {
      this.#add(
        {
          id: lead.node.id,
          kind: lead.node.kind,
          name: lead.node.name,
          workload: lead.node.workload,
          ...entitiesAt(entitiesOf(lead.node)),
        },
        direction,
        {
          ...calls,
          source: 'traces',
          declared: false,
          ...(parts.length > 1 ? { parts } : {}),
        },
      );
    }
  }

  addTold(): void {
    for (const { neighbour, ...calls } of this.#around.told) {
      if (this.#edgesWith(neighbour).length === 0) {
        this.#add(entityNode(neighbour), neighbour.direction, {
          ...calls,
          source: 'traces',
          declared: false,
          toldBy: 'neighbour',
        });
      }
    }
  }

  addStored(): void {
    const { stored, isOwnService, entitiesOf } = this.#around;
    for (const { parent, child, callCount } of stored) {
      const outgoing = isOwnService(parent);
      if (outgoing === isOwnService(child)) {
        continue;
      }
      const node = serviceNode(outgoing ? child : parent);
      const claimed = entitiesAt(entitiesOf(node));
      const { entityRef } = claimed;
      const direction = outgoing ? 'outbound' : 'inbound';
      const isKnown = [...this.#neighbours.values()].some(
        known =>
          known.name === node.name ||
          (entityRef !== undefined && isAt(known, entityRef)),
      );
      if (!isKnown) {
        this.#add({ ...node, ...claimed }, direction, {
          ...NO_CALLS,
          callCount,
          source: 'store',
          declared: false,
        });
      }
    }
  }

  addDeclared(): void {
    for (const neighbour of this.#around.declared) {
      const seen = this.#edgesWith(neighbour);
      seen.forEach(edge => {
        edge.declared = true;
      });
      if (seen.length === 0) {
        this.#proposeFor(neighbour);
        this.#add(entityNode(neighbour), neighbour.direction, {
          ...NO_CALLS,
          callCount: 0,
          source: 'declared',
          declared: true,
        });
      }
    }
  }

  result(): { nodes: Node[]; edges: Edge[] } {
    return {
      nodes: [this.#focus, ...this.#neighbours.values()],
      edges: this.#edges,
    };
  }

  /**
   * Proposes the declared entity for peers of a similar name without an entity.
   */
  #proposeFor({ entityRef, direction }: DeclaredNeighbour): void {
    for (const edge of this.#edges) {
      const node = this.#neighbourOf(edge);
      if (
        node &&
        edge.direction === direction &&
        !node.entityRef &&
        resembles(node.name, entityRef)
      ) {
        node.likelyEntityRef ??= entityRef;
      }
    }
  }

  #edgesWith({
    entityRef,
    direction,
  }: Pick<DeclaredNeighbour, 'entityRef' | 'direction'>): Edge[] {
    return this.#edges.filter(edge => {
      const node = this.#neighbourOf(edge);
      return edge.direction === direction && node && isAt(node, entityRef);
    });
  }

  #neighbourOf(edge: Edge): Node | undefined {
    return this.#neighbours.get(
      edge.direction === 'outbound' ? edge.to : edge.from,
    );
  }

  #add(
    node: Omit<Node, 'focus'>,
    direction: Edge['direction'],
    facts: Omit<Edge, 'from' | 'to' | 'direction'>,
  ): void {
    if (!this.#neighbours.has(node.id)) {
      this.#neighbours.set(node.id, { ...node, focus: false });
    }
    const [from, to] =
      direction === 'outbound'
        ? [this.#focus.id, node.id]
        : [node.id, this.#focus.id];
    this.#edges.push({ from, to, direction, ...facts });
  }
}

/**
 * The entity's neighbours, one hop each way: those seen in its traces, those
 * whose own traces tell of it, then those that only the store's index knows,
 * then those that are only declared. No two rows of one direction are of the
 * same entity, nor, without entity, of the same name.
 */
export function neighbourGraph(around: Surroundings): {
  nodes: Node[];
  edges: Edge[];
} {
  const builder = new NeighbourGraph(around);
  builder.addTraced();
  builder.addTold();
  builder.addStored();
  builder.addDeclared();
  return builder.result();
}

function partOf(
  node: DependencyNode | undefined,
  entitiesOf: Surroundings['entitiesOf'],
): NeighbourPart | undefined {
  return node && { node, entityRef: entitiesOf(node)[0] };
}

/** The entity that stands for a node, and further ones that claim it. */
function entitiesAt(
  refs: string[],
): Pick<Node, 'entityRef' | 'otherEntityRefs'> {
  const [entityRef, ...others] = refs;
  return {
    entityRef,
    ...(others.length > 0 && { otherEntityRefs: others }),
  };
}

function isAt({ entityRef, otherEntityRefs = [] }: Node, ref: string): boolean {
  return entityRef === ref || otherEntityRefs.includes(ref);
}

function serviceNode(name: string): DependencyNode {
  return { id: `service:${name}`, kind: 'service', name };
}

function entityNode({
  entityRef,
  name,
}: Pick<DeclaredNeighbour, 'entityRef' | 'name'>): Omit<Node, 'focus'> {
  return { id: `entity:${entityRef}`, kind: 'service', name, entityRef };
}
