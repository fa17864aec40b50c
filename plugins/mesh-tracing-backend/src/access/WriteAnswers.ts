import {
  samplingAnyUpdatePermission,
  samplingMeshUpdatePermission,
  samplingNamespaceUpdatePermission,
  samplingUpdatePermission,
  type BindingStanding,
  type BindingView,
  type OverrideScope,
  type WorkloadRef,
  isSameWorkload,
} from 'backstage-plugin-mesh-tracing-common';
import type { EntityContext } from '../shared/EntityContext';
import { ownersOf } from '../shared/ownersOf';
import { standingOn } from '../workloads';
import {
  actingNeeds,
  writeAccessThrough,
  type KnownRivals,
} from './bindingAnswer';
import { bindingView } from './bindingView';
import type { CallerDecisions } from './CallerDecisions';
import { everywhere, ownedBySuffix, ownersOnly, refused } from './refusals';
import type { TraceAccess } from './TraceAccess';
import type { ScopeAccess, WriteAccess } from './WriteAccess';

const WIDE_PERMISSIONS = {
  namespace: samplingNamespaceUpdatePermission,
  mesh: samplingMeshUpdatePermission,
} as const;

/** What {@link WriteAnswers} are made from. */
export interface WriteAnswersOptions {
  decisions: CallerDecisions;
  traces: TraceAccess;
  /** Whether the site lets people act for the owners of entities. */
  actForOwners: boolean;
  /** `owners`: only owners may write, besides the permission framework. */
  writers: 'owners' | 'permission';
  /** Whether the permission framework decides; else it allows everything. */
  permissionsEnabled: boolean;
}

/**
 * Answers whether a caller may change an entity's sampling, on whose behalf, and if not,
 * why. The permissions are asked for once for each {@link EntityContext}, with the
 * caller's credentials, so that the gate and the views get the same answer. A refusal
 * is an answer, not an error.
 */
export class WriteAnswers {
  readonly #options: WriteAnswersOptions;
  readonly #scopes = new WeakMap<EntityContext, Promise<ScopeAccess>>();

  static create(options: WriteAnswersOptions): WriteAnswers {
    return new WriteAnswers(options);
  }

  private constructor(options: WriteAnswersOptions) {
    this.#options = options;
  }

  /**
   * The answer for each scope. One workload needs the permission and, with `writers:
   * owners`, ownership. A namespace or the mesh needs its own permission besides, and
   * a permission framework that is switched on: one that is off allows everything.
   */
  scopes(context: EntityContext): Promise<ScopeAccess> {
    const known = this.#scopes.get(context);
    if (known) {
      return known;
    }
    const asked = this.#askScopes(context);
    this.#scopes.set(context, asked);
    return asked;
  }

  /**
   * The answer for a scope through one workload of the entity. Besides what the scope
   * needs, the entity must stand for the workload, or the caller must be allowed to
   * act for the owners of those that do.
   */
  async about(
    context: EntityContext,
    workload: WorkloadRef,
    scope: OverrideScope,
  ): Promise<WriteAccess> {
    const base = (await this.scopes(context))[scope];
    const isMatched = context.match.workloads.some(own =>
      isSameWorkload(own, workload),
    );
    if (!isMatched) {
      // Whoever looks up the workload later finds, and says, that it is not the
      // entity's.
      return base;
    }
    const standing = standingOn(context.binding, workload);
    const known = await this.#learn(context, [standing]);
    return writeAccessThrough({ context, workload, standing, base, known });
  }

  /**
   * How the entity stands to each of its workloads, in the words of what the caller
   * may see. All questions are asked at once, however many workloads there are.
   *
   * @param only - all workloads when absent
   */
  async bindings(
    context: EntityContext,
    only?: WorkloadRef,
  ): Promise<BindingView[]> {
    const { binding, entity, match } = context;
    const workloads = match.workloads.filter(
      workload => !only || isSameWorkload(only, workload),
    );
    const [{ workload: base }, known, isReadable] = await Promise.all([
      this.scopes(context),
      this.#learn(
        context,
        workloads.map(workload => standingOn(binding, workload)),
      ),
      this.#options.traces.readable(context),
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
        write: writeAccessThrough({ context, workload, standing, base, known }),
      });
    });
  }

  async #askScopes(context: EntityContext): Promise<ScopeAccess> {
    const { entity, entityRef, credentials, ownershipRefs } = context;
    const owners = ownersOf(entity);
    const [update, namespace, mesh, any] = await this.#options.decisions.about(
      entityRef,
      [
        samplingUpdatePermission,
        WIDE_PERMISSIONS.namespace,
        WIDE_PERMISSIONS.mesh,
        samplingAnyUpdatePermission,
      ],
      credentials,
    );
    const isOwner =
      this.#options.writers === 'permission' ||
      owners.some(owner => ownershipRefs.includes(owner));
    const acts = this.#mayBeActedFor() && any === true && owners.length > 0;
    if (!isOwner && !acts) {
      return everywhere(refused(ownersOnly(entityRef, owners)));
    }
    if (!update && !acts) {
      return everywhere(
        refused(
          `Your organisation's permission policy does not let you change sampling of ${entityRef}${ownedBySuffix(
            owners,
          )}.`,
        ),
      );
    }
    const access: WriteAccess =
      isOwner && update
        ? { allowed: true }
        : { allowed: true, onBehalfOf: owners };
    return {
      workload: access,
      namespace: this.#wideAccess('namespace', namespace, access),
      mesh: this.#wideAccess('mesh', mesh, access),
    };
  }

  #wideAccess(
    scope: keyof typeof WIDE_PERMISSIONS,
    allowed: boolean | undefined,
    access: WriteAccess,
  ): WriteAccess {
    const { name } = WIDE_PERMISSIONS[scope];
    if (!this.#options.permissionsEnabled) {
      return refused(
        `A change of a whole ${scope} needs the permission ${name}, and the permission framework is switched off here (permission.enabled).`,
      );
    }
    return allowed
      ? access
      : refused(
          `Your organisation's permission policy does not let you change sampling of a whole ${scope} (${name}).`,
        );
  }

  /**
   * Acting for others needs a real permission: a framework that is off would allow it
   * to everybody.
   */
  #mayBeActedFor(): boolean {
    return this.#options.actForOwners && this.#options.permissionsEnabled;
  }

  async #learn(
    { credentials }: EntityContext,
    standings: BindingStanding[],
  ): Promise<KnownRivals> {
    const { decisions } = this.#options;
    const claims = standings.flatMap(({ challengers, rivals }) => [
      ...rivals,
      ...challengers,
    ]);
    const [seen, actedFor] = await Promise.all([
      decisions.seen(
        claims.map(({ entityRef }) => entityRef),
        credentials,
      ),
      this.#mayBeActedFor()
        ? decisions.permitted(
            standings.flatMap(actingNeeds),
            samplingAnyUpdatePermission,
            credentials,
          )
        : new Set<string>(),
    ]);
    return { seen, actedFor };
  }
}
