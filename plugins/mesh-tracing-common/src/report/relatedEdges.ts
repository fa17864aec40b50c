import type { DependencyEdge, DependencyGraph } from '../dependencies';

/**
 * The calls that lead to the subject, and those that follow from its own; all of
 * them where the subject has no node.
 */
export function relatedEdges({
  nodes,
  edges,
}: Pick<DependencyGraph, 'nodes' | 'edges'>): DependencyEdge[] {
  const own = nodes.filter(node => node.isSubject).map(({ id }) => id);
  if (own.length === 0) {
    return edges;
  }
  const callers = reach(own, edges, edge => [edge.to, edge.from]);
  const called = reach(own, edges, edge => [edge.from, edge.to]);
  return edges.filter(({ from, to }) => callers.has(to) || called.has(from));
}

/** The nodes that the edges lead to from some starts, which are among them. */
function reach(
  starts: string[],
  edges: DependencyEdge[],
  stepOf: (edge: DependencyEdge) => [from: string, to: string],
): Set<string> {
  const next = new Map<string, string[]>();
  for (const [from, to] of edges.map(stepOf)) {
    const known = next.get(from);
    if (known) {
      known.push(to);
    } else {
      next.set(from, [to]);
    }
  }
  // Iteration over a set also reaches what is added meanwhile, so this walks
  // until nothing is new.
  const reached = new Set(starts);
  for (const node of reached) {
    (next.get(node) ?? []).forEach(to => reached.add(to));
  }
  return reached;
}
