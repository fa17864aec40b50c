import { NotAllowedError } from '@backstage/errors';
import {
  tracesReadPermission,
  type BindingStanding,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import {
  listedServiceNames,
  standingOn,
  withListedServiceNames,
} from '../workloads';
import type { CallerDecisions } from './CallerDecisions';
import type { EntityContext } from '../shared/EntityContext';

/**
 * Decides which traces a caller is shown through an entity that may not stand for all
 * that it names.
 */
export class TraceAccess {
  readonly #decisions: CallerDecisions;

  static create(options: { decisions: CallerDecisions }): TraceAccess {
    return new TraceAccess(options.decisions);
  }

  private constructor(decisions: CallerDecisions) {
    this.#decisions = decisions;
  }

  /**
   * Leaves out what the caller may not be shown traces of.
   *
   * @throws NotAllowedError where nothing is left
   */
  async withReadableTraces(context: EntityContext): Promise<EntityContext> {
    const { binding, entity, match } = context;
    const names = listedServiceNames(entity).map(({ name }) => name);
    const isReadable = await this.readable(context);
    const workloads = match.workloads.filter(workload =>
      isReadable(standingOn(binding, workload)),
    );
    const isNameReadable = (name: string) =>
      isReadable(binding.serviceNames?.get(name));
    const isAll =
      workloads.length === match.workloads.length &&
      names.every(isNameReadable);
    if (isAll) {
      return context;
    }
    if (workloads.length === 0 && !names.some(isNameReadable)) {
      throw new NotAllowedError(
        `The traces behind ${context.entityRef} belong to workloads that others stand for. They are shown to those who may read them there (${tracesReadPermission.name})`,
      );
    }
    return {
      ...context,
      entity: withListedServiceNames(entity, isNameReadable),
      match: { ...match, workloads },
    };
  }

  async mayReadTraces(
    context: EntityContext,
    workload: WorkloadRef,
  ): Promise<boolean> {
    const isReadable = await this.readable(context);
    return isReadable(standingOn(context.binding, workload));
  }

  /**
   * Trace service names that the entity lists and whose traces this caller is not
   * shown.
   */
  async withheldNames(context: EntityContext): Promise<string[]> {
    const isReadable = await this.readable(context);
    return listedServiceNames(context.entity)
      .map(({ name }) => name)
      .filter(name => !isReadable(context.binding.serviceNames?.get(name)));
  }

  /**
   * Tells by a standing whether the caller may read the traces behind it. Those of a
   * contested workload are for a caller who may read the traces of every entity that
   * claims it, as nobody knows yet whose they are.
   */
  async readable({
    binding,
    credentials,
    ownershipRefs,
  }: EntityContext): Promise<
    (standing: BindingStanding | undefined) => boolean
  > {
    const standings = [
      ...binding.workloads.values(),
      ...(binding.serviceNames?.values() ?? []),
    ];
    const readable = await this.#decisions.permitted(
      standings.flatMap(({ rivals }) =>
        rivals.map(({ entityRef }) => entityRef),
      ),
      tracesReadPermission,
      credentials,
    );
    return standing => {
      if (!standing || standing.state === 'unconfirmed') {
        return false;
      }
      const { named, rivals, state } = standing;
      return (
        state === 'holds' ||
        (rivals.length > 0
          ? rivals.every(({ entityRef }) => readable.has(entityRef))
          : named?.owners.some(owner => ownershipRefs.includes(owner)) ?? false)
      );
    };
  }
}
