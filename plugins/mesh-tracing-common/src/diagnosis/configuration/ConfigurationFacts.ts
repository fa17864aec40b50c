import type { MeshInjection, Workload } from '../../workloads';
import type { EffectiveTracing, MeshTracingInputs } from '../../tracing';
import type { ServiceEndpoints } from '../model/ServiceEndpoints';

/** What the proxies of a workload made of what istiod sent them. @public */
export interface AcceptanceFacts {
  state: 'accepted' | 'pending' | 'refused' | 'unknown';
  proxies: number;
  accepted: number;
  behind: ReadonlyArray<{ pod: string; refused: boolean; message?: string }>;
  /** Why the state is unknown. */
  message?: string;
}

/** Something of a cluster that can't be read, and the rule that would let it. @public */
export interface UnreadFacts {
  what: string;
  message: string;
  whatToDo: string;
}

/**
 * What the rungs of the mesh's configuration are judged by. What is absent is
 * unknown.
 * @public
 */
export interface ConfigurationFacts {
  workload: Workload;
  /** All workloads of its cluster, the workload included. */
  workloads: readonly Workload[];
  effective: EffectiveTracing;
  inputs: MeshTracingInputs;
  /** As of when the cluster is known, milliseconds since the epoch. */
  atMs: number;
  /** True until the cluster was read completely for the first time. */
  isSyncing: boolean;
  injection?: MeshInjection;
  unread: readonly UnreadFacts[];
  acceptance?: AcceptanceFacts & { atMs: number };
  /** Of the provider's service, where that is one of Kubernetes. */
  endpoints?: ServiceEndpoints;
}
