import type {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type {
  EntityBinding,
  MeshSnapshot,
  WorkloadMatch,
} from 'backstage-plugin-mesh-tracing-node';
import type { Request } from 'express';

/**
 * An entity that the caller may see, with its workloads. Made per request; all
 * checks behind it used the caller's own credentials.
 */
export interface EntityContext {
  /** The caller's request, from which the auditor takes who acts. */
  request?: Request;
  /**
   * Aborted when the caller waits no more; reads end then. Absent for a write, which
   * is carried through once it has begun.
   */
  signal?: AbortSignal;
  entity: Entity;
  entityRef: string;
  credentials: BackstageCredentials<BackstageUserPrincipal>;
  /** Entity ref of the signed-in user. */
  userRef: string;
  /** The user's ownership refs: itself and its groups, parents of groups included. */
  ownershipRefs: string[];
  match: WorkloadMatch;
  /** How the entity stands to its workloads; the same for all callers. */
  binding: EntityBinding;
  snapshots: MeshSnapshot[];
  /** True for a caller who may not be shown traces, or anything computed from them. */
  tracesHidden?: boolean;
}
