import type { FailureCount, SampleEstimate } from '../latency';

/** A service or workload at the end of an edge. @public */
export interface DependencyNode {
  /** Stable within one answer. */
  id: string;
  /** `external`: seen only from the calling side, without spans of its own. */
  kind: 'workload' | 'service' | 'external';
  /** Trace service name, or host. */
  name: string;
  /** True for the nodes of the subject of an analysis. */
  isSubject?: boolean;
  /** Identity from the mesh, if the spans carry it. */
  workload?: {
    clusterId?: string;
    namespace: string;
    canonicalName: string;
    canonicalRevision?: string;
    /** Name of the owner, where the mesh or the names of all its pods tell one. */
    name?: string;
  };
}

/** Calls of one kind, taken together. @public */
export interface CallStatistics {
  callCount: number;
  errorCount: number;
  /** Status codes of the failed calls, most frequent first; absent without any. */
  failures?: FailureCount[];
  /** `http`, `grpc`, `messaging`, `database` or `unknown`. */
  protocol: string;
  /** Null where the source has no durations. */
  p50Us: number | null;
  p95Us: number | null;
  /** Of figures from a sample; absent where every call was read. */
  estimate?: SampleEstimate;
}

/** Who calls the subject, or whom the subject calls. @public */
export interface DependencyNeighbour extends CallStatistics {
  direction: 'inbound' | 'outbound';
  /** Its nodes, the busiest first: the versions of one service are one neighbour. */
  parts: Array<CallStatistics & { node: string }>;
}

/** Calls from one node to another. @public */
export interface DependencyEdge extends CallStatistics {
  /** Id of the calling node. */
  from: string;
  /** Id of the called node. */
  to: string;
}

/** Edges between services, without self edges of a proxy's span pair. @public */
export interface DependencyGraph {
  nodes: DependencyNode[];
  edges: DependencyEdge[];
  /** Of the subject, the busiest first. */
  neighbours: DependencyNeighbour[];
}
