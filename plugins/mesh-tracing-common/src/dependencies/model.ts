/** A service or workload at the end of an edge. @public */
export interface DependencyNode {
  /** Stable within one answer. */
  id: string;
  /** `external`: seen only from the calling side, without spans of its own. */
  kind: 'workload' | 'service' | 'external';
  /** Trace service name, or host. */
  name: string;
  /** Identity from the mesh, if the spans carry it. */
  workload?: {
    clusterId?: string;
    namespace: string;
    canonicalName: string;
    name?: string;
  };
}

/** Calls from one node to another. @public */
export interface DependencyEdge {
  /** Id of the calling node. */
  from: string;
  /** Id of the called node. */
  to: string;
  callCount: number;
  errorCount: number;
  /** `http`, `grpc`, `messaging`, `database` or `unknown`. */
  protocol: string;
  /** Null where the source has no durations. */
  p50Us: number | null;
  p95Us: number | null;
}

/** Edges between services, without self edges of a proxy's span pair. @public */
export interface DependencyGraph {
  nodes: DependencyNode[];
  edges: DependencyEdge[];
}
