import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import {
  MAX_ALERT_ENTITIES,
  type AlertRulesResponse,
  type OwnedAlertRulesRequest,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshSnapshot,
  WorkloadResolver,
} from 'backstage-plugin-mesh-tracing-node';
import type {
  CallerAccess,
  CallerContext,
  EntityAccess,
  TraceCaller,
} from '../access';
import type { EntityContext } from '../shared/EntityContext';
import { ownersAskedFor } from '../owned';
import type { AlertAnswers } from './AlertAnswers';

type WithoutRules = AlertRulesResponse['withoutRules'];

/** Answers `POST /owned/alert-rules`: what the caller owns and may read. */
export class OwnedAlertAnswers {
  readonly #answers: AlertAnswers;
  readonly #callers: Pick<CallerAccess, 'ownedEntities'>;
  readonly #access: Pick<EntityAccess, 'forTracesOfOwned'>;
  readonly #resolver: WorkloadResolver;
  readonly #snapshots: () => MeshSnapshot[];

  static create(options: {
    answers: AlertAnswers;
    callers: Pick<CallerAccess, 'ownedEntities'>;
    access: Pick<EntityAccess, 'forTracesOfOwned'>;
    resolver: WorkloadResolver;
    snapshots: () => MeshSnapshot[];
  }): OwnedAlertAnswers {
    return new OwnedAlertAnswers(options);
  }

  private constructor(options: {
    answers: AlertAnswers;
    callers: Pick<CallerAccess, 'ownedEntities'>;
    access: Pick<EntityAccess, 'forTracesOfOwned'>;
    resolver: WorkloadResolver;
    snapshots: () => MeshSnapshot[];
  }) {
    this.#answers = options.answers;
    this.#callers = options.callers;
    this.#access = options.access;
    this.#resolver = options.resolver;
    this.#snapshots = options.snapshots;
  }

  /**
   * @param onRead - is told of each entity whose figures are about to be read
   * @throws NotAllowedError when the caller is not the owner that is asked for
   */
  async rules(
    caller: CallerContext & Pick<TraceCaller, 'request' | 'signal'>,
    request: OwnedAlertRulesRequest,
    onRead: (entityRef: string) => Promise<void>,
  ): Promise<AlertRulesResponse> {
    const owners = ownersAskedFor(caller, request.owner);
    const snapshots = this.#snapshots();
    const entities = await this.#entities(caller, owners, request, snapshots);
    const withoutRules: WithoutRules = entities
      .slice(MAX_ALERT_ENTITIES)
      .map(entity => ({
        entityRef: stringifyEntityRef(entity),
        reason: 'too-many',
      }));
    const readable: EntityContext[] = [];
    for (const entity of entities.slice(0, MAX_ALERT_ENTITIES)) {
      const context = await this.#readable({ ...caller, snapshots }, entity);
      if (context) {
        await onRead(context.entityRef);
        readable.push(context);
      } else {
        const entityRef = stringifyEntityRef(entity);
        withoutRules.push({ entityRef, reason: 'not-readable' });
      }
    }
    const [owner = caller.userRef] = request.owner ? owners : [];
    return this.#answers.ofEntities(owner, readable, request, withoutRules);
  }

  async #entities(
    caller: CallerContext,
    owners: string[],
    { entityRefs }: OwnedAlertRulesRequest,
    snapshots: MeshSnapshot[],
  ): Promise<Entity[]> {
    const owned = await this.#callers.ownedEntities(caller, owners);
    return owned
      .filter(entity => {
        const wished =
          !entityRefs || entityRefs.includes(stringifyEntityRef(entity));
        const { workloads } = this.#resolver.resolve(entity, snapshots);
        return (
          wished &&
          (entity.kind.toLowerCase() === 'component' || workloads.length > 0)
        );
      })
      .sort((a, b) =>
        stringifyEntityRef(a).localeCompare(stringifyEntityRef(b)),
      );
  }

  async #readable(
    caller: TraceCaller,
    entity: Entity,
  ): Promise<EntityContext | undefined> {
    try {
      return await this.#access.forTracesOfOwned(caller, entity);
    } catch (error) {
      if (error instanceof NotAllowedError) {
        return undefined;
      }
      throw error;
    }
  }
}
