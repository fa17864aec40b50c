import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  describeTarget,
  formatWorkloadRef,
  type BindingStanding,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import { LRUCache } from 'lru-cache';
import { errorText } from '../../shared/errorText';
import type { Auditor } from '../../audit';
import type { EntityContext } from '../../shared/EntityContext';
import { standingOn } from './standingOn';

/** What was tried through an entity that may not stand for the workload. */
export type RefusedAction = 'preview' | 'apply' | 'revert' | 'read-traces';

const DAY_MS = 24 * 60 * 60 * 1000;
const TRIED: Record<RefusedAction, string> = {
  preview: 'change its sampling',
  apply: 'change its sampling',
  revert: 'revert its override',
  'read-traces': 'read its traces',
};

/**
 * Reports attempts on workloads that others stand for. The auditor is told of each
 * attempt; the owners are notified once a day for each entity and workload, so that
 * nobody can flood them. Never throws, since the attempt is refused in any case.
 */
export class BindingAlarm {
  readonly #auditor: Pick<Auditor, 'tell'>;
  readonly #logger: LoggerService;
  readonly #notifications?: NotificationService;
  readonly #told = new LRUCache<string, true>({ max: 10_000, ttl: DAY_MS });

  static create(options: {
    auditor: Pick<Auditor, 'tell'>;
    logger: LoggerService;
    notifications?: NotificationService;
  }): BindingAlarm {
    return new BindingAlarm(options);
  }

  private constructor(options: {
    auditor: Pick<Auditor, 'tell'>;
    logger: LoggerService;
    notifications?: NotificationService;
  }) {
    this.#auditor = options.auditor;
    this.#logger = options.logger;
    this.#notifications = options.notifications;
  }

  /**
   * Reports an attempt to read traces, for each workload and name that the entity may
   * not stand for.
   */
  async traces(context: EntityContext): Promise<void> {
    for (const workload of context.match.workloads) {
      await this.attempted(context, workload, 'read-traces');
    }
    for (const [name, standing] of context.binding.serviceNames ?? []) {
      await this.#tell(context, `service ${name}`, standing, 'read-traces');
    }
  }

  async attempted(
    context: EntityContext,
    workload: WorkloadRef,
    action: RefusedAction,
  ): Promise<void> {
    const standing = standingOn(context.binding, workload);
    await this.#tell(context, workload, standing, action);
  }

  async #tell(
    context: EntityContext,
    about: WorkloadRef | string,
    standing: BindingStanding,
    action: RefusedAction,
  ): Promise<void> {
    if (standing.state === 'holds') {
      return;
    }
    const what = typeof about === 'string' ? about : formatWorkloadRef(about);
    try {
      await this.#audit(context, what, standing, action);
      await this.#notify(context, about, standing, action);
    } catch (error) {
      this.#logger.error(
        `Nobody could be told that ${context.userRef} tried to ${
          TRIED[action]
        } through ${context.entityRef}, ${what}: ${errorText(error)}`,
      );
    }
  }

  async #audit(
    { entityRef, request, userRef }: EntityContext,
    workload: string,
    { named, rivals, state, strength }: BindingStanding,
    action: RefusedAction,
  ): Promise<void> {
    const fields = {
      actor: userRef,
      action,
      entityRef,
      workload,
      state,
      claim: strength,
      heldBy: rivals.map(rival => rival.entityRef),
      ...(named && { namedOwners: named.owners }),
    };
    await this.#auditor.tell('binding-refused', fields, {
      error: new NotAllowedError('The entity may not stand for the workload'),
      request,
    });
  }

  /**
   * Does not name the entity that it was tried through: the owners may not be allowed
   * to see that.
   */
  async #notify(
    { entityRef, userRef }: EntityContext,
    about: WorkloadRef | string,
    { named, rivals, state }: BindingStanding,
    action: RefusedAction,
  ): Promise<void> {
    const what =
      typeof about === 'string'
        ? `the traces of ${about}`
        : describeTarget(about);
    const ofEntities = rivals.map(rival => ({
      link: entityLink(rival.entityRef),
      owners: rival.owners,
    }));
    const ofCluster = { link: undefined, owners: named?.owners ?? [] };
    for (const { link, owners } of [...ofEntities, ofCluster]) {
      const scope = ['binding', entityRef, what, ...owners].join(' ');
      if (owners.length === 0 || this.#told.has(scope)) {
        continue;
      }
      this.#told.set(scope, true);
      await this.#notifications?.send({
        recipients: { type: 'entity', entityRef: owners },
        payload: {
          title: `${userRef} tried to ${TRIED[action]}: ${what}`,
          description:
            state === 'contested'
              ? 'Through an entity of other owners that claims it as strongly as yours. Nobody can change it until the cluster names the owners; the Tracing tab shows how.'
              : 'Through an entity of other owners, which does not stand for it. The attempt was refused.',
          severity: 'normal',
          topic: 'mesh-tracing',
          scope,
          ...(link && { link }),
        },
      });
    }
  }
}

function entityLink(entityRef: string): string {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `/catalog/${namespace}/${kind}/${name}/tracing`;
}
