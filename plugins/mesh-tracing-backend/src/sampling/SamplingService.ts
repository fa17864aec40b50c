import type {
  ApplyResponse,
  HistoryPageQuery,
  HistoryQuery,
  HistoryResponse,
  OverrideView,
  PreviewResponse,
  SamplingAbility,
  SamplingEffect,
  Workload,
} from 'backstage-plugin-mesh-tracing-common';
import type { MeshSnapshot } from 'backstage-plugin-mesh-tracing-node';
import type { EntityContext } from '../shared/EntityContext';
import type { ReadableRefs, ScopeAccess, WriteContext } from '../access';
import type { HistorySubject } from './history/SamplingHistory';

/**
 * Reads and changes the overrides that the portal holds. What changes them
 * takes a `WriteContext`, which only the check of access can make.
 */
export interface SamplingService {
  /** What the caller may do, and the guard rails that apply to everyone. */
  ability(context: EntityContext, access: ScopeAccess): SamplingAbility;
  /** The portal's override of a workload in the cluster's snapshot, if any. */
  overrideOf(snapshot: MeshSnapshot, workload: Workload): OverrideView | null;
  /** The portal's overrides of the workload's namespace and of its mesh. */
  wideOverridesOf(snapshot: MeshSnapshot, workload: Workload): OverrideView[];
  /**
   * What the portal's override of a workload does, against what would be in force
   * without it; undefined where there is none.
   */
  overrideEffect(
    context: EntityContext,
    snapshot: MeshSnapshot,
    workload: Workload,
  ): SamplingEffect | undefined;
  /** @throws InputError with the field named, for a request that can never be applied. */
  preview(write: WriteContext<'preview'>): Promise<PreviewResponse>;
  /** @throws ConflictError with details when the world changed since the preview. */
  apply(write: WriteContext<'apply'>): Promise<ApplyResponse>;
  /** @throws NotAllowedError for what another set, where the gate let through the own only. */
  revert(write: WriteContext<'revert'>): Promise<void>;
  /**
   * A page of what happened to the entity, newest first; with scope `namespace`
   * also to those of the other entities around it that are readable.
   *
   * @throws InputError for a cursor that no answer gave.
   */
  history(
    context: EntityContext,
    query?: HistoryQuery,
    readable?: ReadableRefs,
  ): Promise<HistoryResponse>;
  /** The same page for several entities, whose sampling the caller may see. */
  historyOf(
    subjects: HistorySubject[],
    query: HistoryPageQuery,
    readable: ReadableRefs,
  ): Promise<HistoryResponse>;
}
