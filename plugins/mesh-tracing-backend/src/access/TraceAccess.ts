import { NotAllowedError } from '@backstage/errors';
import {
  formatWorkloadRef,
  samplingAnyUpdatePermission,
  tracesReadPermission,
  type BindingStanding,
  type BindingView,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import { bindingView } from './bindingView';
import {
  listedServiceNames,
  refusalOf,
  standingOn,
  withListedServiceNames,
} from '../workloads';
import type { CallerDecisions } from './CallerDecisions';
import type { EntityContext } from '../shared/EntityContext';
import type { WriteAccess } from './WriteAccess';
import { ownersOf } from '../shared/ownersOf';

/** What {@link BindingAccess} is made of. */
export interface BindingAccessOptions {
  decisions: CallerDecisions;
  /** Whether the site lets people act for owners, and a framework decides who. */
  actForOwners: boolean;
}

/** What a caller may see and do through an entity that others may stand before. */
export class BindingAccess {
  readonly #decisions: CallerDecisions;
  readonly #actForOwners: boolean;

  static create(options: BindingAccessOptions): BindingAccess {
    return new BindingAccess(options);
  }

  private constructor(options: BindingAccessOptions) {
    this.#decisions = options.decisions;
    this.#actForOwners = options.actForOwners;
  }

  /**
   * Leaves out what the caller may not be shown traces of.
   *
   * @throws NotAllowedError where that is all there was
   */
  async withReadableTraces(context: EntityContext): Promise<EntityContext> {
    const { binding, entity, match } = context;
    const names = listedServiceNames(entity).map(({ name }) => name);
    const isReadable = await this.#tracesReadable(context);
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
    const isReadable = await this.#tracesReadable(context);
    return isReadable(standingOn(context.binding, workload));
  }

  /** @param base - what the caller may do with the entity as such */
  async writeAccess(
    context: EntityContext,
    workload: WorkloadRef,
    base: WriteAccess,
  ): Promise<WriteAccess> {
    const standing = standingOn(context.binding, workload);
    const isMatched = context.match.workloads.some(
      own => formatWorkloadRef(own) === formatWorkloadRef(workload),
    );
    if (!isMatched) {
      // That it is none of the entity's is found, and said, where it is looked for.
      return base;
    }
    const known = await this.#learn(context, [standing]);
    return writeAccessOf({ context, workload, standing, base, known });
  }

  /** All questions are asked at once, however many workloads there are. */
  async views(
    context: EntityContext,
    base: WriteAccess,
    only?: WorkloadRef,
  ): Promise<BindingView[]> {
    const { binding, entity, match } = context;
    const workloads = match.workloads.filter(
      workload =>
        !only || formatWorkloadRef(only) === formatWorkloadRef(workload),
    );
    const [known, isReadable] = await Promise.all([
      this.#learn(
        context,
        workloads.map(workload => standingOn(binding, workload)),
      ),
      this.#tracesReadable(context),
    ]);
    const owners = ownersOf(entity);
    return workloads.map(workload => {
      const standing = standingOn(binding, workload);
      return bindingView({
        context,
        owners,
        workload,
        standing,
        seen: known.seen,
        tracesShown: isReadable(standing),
        write: writeAccessOf({ context, workload, standing, base, known }),
      });
    });
  }

  /** Trace service names that the entity lists and this caller is shown nothing by. */
  async withheldNames(context: EntityContext): Promise<string[]> {
    const isReadable = await this.#tracesReadable(context);
    return listedServiceNames(context.entity)
      .map(({ name }) => name)
      .filter(name => !isReadable(context.binding.serviceNames?.get(name)));
  }

  /**
   * Whose traces the caller may read. Of a contested workload those who may read of
   * all that contest it: nobody knows yet whose they are.
   */
  async #tracesReadable({
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

  async #learn(
    { credentials }: EntityContext,
    standings: BindingStanding[],
  ): Promise<Known> {
    const claims = standings.flatMap(({ challengers, rivals }) => [
      ...rivals,
      ...challengers,
    ]);
    const [seen, actedFor] = await Promise.all([
      this.#decisions.seen(
        claims.map(({ entityRef }) => entityRef),
        credentials,
      ),
      this.#actForOwners
        ? this.#decisions.permitted(
            standings.flatMap(actingNeeds),
            samplingAnyUpdatePermission,
            credentials,
          )
        : new Set<string>(),
    ]);
    return { seen, actedFor };
  }
}

/** What is known of the entities in the way of one caller. */
interface Known {
  /** Those that the caller may see. */
  seen: ReadonlySet<string>;
  /** Those for whose owners the caller may act. */
  actedFor: ReadonlySet<string>;
}

function writeAccessOf({
  base,
  context,
  known,
  standing,
  workload,
}: {
  context: EntityContext;
  workload: WorkloadRef;
  standing: BindingStanding;
  base: WriteAccess;
  known: Known;
}): WriteAccess {
  if (!base.allowed || standing.state === 'holds') {
    return base;
  }
  const needed = actingNeeds(standing);
  if (needed.length > 0 && needed.every(ref => known.actedFor.has(ref))) {
    const { rivals } = standing;
    const owners = rivals.flatMap(rival => rival.owners);
    return {
      allowed: true,
      onBehalfOf: [...new Set(rivals.length > 0 ? owners : needed)].sort(),
    };
  }
  return {
    allowed: false,
    reason: refusalOf(context, workload, standing, known.seen),
    refusedBy: 'binding',
  };
}

/**
 * For whom one must be let act to change the workload: the entities that hold it,
 * else the owners whom the cluster names. Nobody acts for both sides of a contest.
 */
function actingNeeds({ named, rivals, state }: BindingStanding): string[] {
  if (state !== 'weaker') {
    return [];
  }
  return rivals.length > 0
    ? rivals.map(({ entityRef }) => entityRef)
    : named?.owners ?? [];
}
