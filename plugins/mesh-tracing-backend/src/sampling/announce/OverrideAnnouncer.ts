import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationPayload } from '@backstage/plugin-notifications-common';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  describeTarget,
  gitOpsOwner,
  visibleLine,
} from 'backstage-plugin-mesh-tracing-common';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import { errorText } from '../../shared/errorText';
import { entityOf } from '../../access';
import { isUserRef, setterOf } from './setterOf';
import { toolName } from '../model/describeOwner';
import type { ChangeRecord } from '../protocol/ChangeRecord';

/** Channel of the signals that tell an open page to look again. */
export const SIGNAL_CHANNEL = 'mesh-tracing';

/**
 * Tells people of changes, by notification and signal where the site has them.
 * Never throws: a change that was made is not undone by a lost message.
 */
export class OverrideAnnouncer {
  readonly #logger: LoggerService;
  readonly #notifications?: NotificationService;
  readonly #signals?: SignalsService;

  static create(options: {
    logger: LoggerService;
    notifications?: NotificationService;
    signals?: SignalsService;
  }): OverrideAnnouncer {
    return new OverrideAnnouncer(options);
  }

  private constructor(options: {
    logger: LoggerService;
    notifications?: NotificationService;
    signals?: SignalsService;
  }) {
    this.#logger = options.logger;
    this.#notifications = options.notifications;
    this.#signals = options.signals;
  }

  /** A person changed or reverted an override, maybe one that another had set. */
  async changed(record: ChangeRecord, former?: Telemetry): Promise<void> {
    const setter = setterOf(former);
    await this.#signal(record, [record.actor, setter]);
    if (setter && setter !== record.actor) {
      // Theirs: the entity from which it was changed may be none of their business.
      await this.#notify(setter, former && entityOf(former), {
        title: `Your sampling override on ${describeTarget(
          record.workload,
        )} was ${record.kind === 'revert' ? 'reverted' : 'changed'}`,
        description: `By ${record.actor}${
          record.reason ? `: ${record.reason}` : ''
        }`,
        severity: 'normal',
        scope: `changed:${record.id}`,
      });
    }
  }

  async expired(record: ChangeRecord, setter?: string): Promise<void> {
    await this.#signal(record, [setter]);
    await this.#notify(setter, record.entityRef, {
      title: `The sampling override on ${describeTarget(
        record.workload,
      )} has ended`,
      description:
        'The sampling that the mesh, the namespace or another Telemetry sets applies again.',
      severity: 'low',
      scope: `expired:${record.id}`,
    });
  }

  async endsSoon(
    cluster: string,
    telemetry: Telemetry,
    end: Date,
  ): Promise<void> {
    const { namespace, name } = telemetry.metadata;
    const owner = gitOpsOwner(telemetry.metadata);
    const what = `${namespace}/${name} in ${cluster}`;
    await this.#notify(setterOf(telemetry), entityOf(telemetry), {
      title: `A sampling override ends at ${end.toISOString()}`,
      description: owner
        ? `The portal will not remove ${what} then, since ${toolName(
            owner,
          )} manages it now. Remove it where ${toolName(owner)} gets it from.`
        : `${what} is removed then. Extend it if you still need it.`,
      severity: 'normal',
      scope: `ends-soon:${telemetry.metadata.uid}:${end.toISOString()}`,
    });
  }

  /** The end of an override passed, and the portal must leave it in place. */
  async leftInPlace(record: ChangeRecord, setter?: string): Promise<void> {
    await this.#signal(record, [setter]);
    await this.#notify(setter, record.entityRef, {
      title: `The sampling override on ${describeTarget(
        record.workload,
      )} is past its end and stays in force`,
      description: record.message,
      severity: 'high',
      scope: `left-in-place:${record.id}`,
    });
  }

  /** Proxies keep what they had, whoever changes what, until it is undone. */
  async refusedByProxies(
    cluster: string,
    telemetry: Telemetry,
    { version, message }: { version: string; message: string },
  ): Promise<void> {
    const { namespace, name } = telemetry.metadata;
    await this.#notify(setterOf(telemetry), entityOf(telemetry), {
      title: `Proxies refuse their configuration while your sampling override ${namespace}/${name} in ${cluster} is in force`,
      description: `${message}. They keep their former configuration and take no later change, whoever makes it. The override is a likely cause: revert it, or correct it, on the Tracing tab. If they still refuse after that, the cause is another one, such as an EnvoyFilter.`,
      severity: 'high',
      scope: `refused:${version}`,
    });
  }

  /** Someone changed or removed an override past the portal. */
  async changedOutside(record: ChangeRecord, setter?: string): Promise<void> {
    await this.#signal(record, [setter]);
    await this.#notify(setter, record.entityRef, {
      title: `Your sampling override on ${describeTarget(
        record.workload,
      )} was ${
        record.kind === 'outside-delete' ? 'removed' : 'changed'
      } outside of the portal`,
      description: record.message,
      severity: 'normal',
      scope: `outside:${record.id}`,
    });
  }

  async #notify(
    recipient: string | undefined,
    entityRef: string | undefined,
    payload: NotificationPayload,
  ): Promise<void> {
    if (!isUserRef(recipient) || !this.#notifications) {
      return;
    }
    try {
      await this.#notifications.send({
        recipients: { type: 'entity', entityRef: recipient },
        payload: {
          ...payload,
          title: visibleLine(payload.title),
          description: payload.description && visibleLine(payload.description),
          topic: 'mesh-tracing',
          link: entityRef && entityLink(entityRef),
        },
      });
    } catch (error) {
      this.#lost('notification', error);
    }
  }

  async #signal(
    record: ChangeRecord,
    users: Array<string | undefined>,
  ): Promise<void> {
    const entityRef = [...new Set(users.filter(isUserRef))];
    if (entityRef.length === 0 || !this.#signals) {
      return;
    }
    try {
      await this.#signals.publish({
        recipients: { type: 'user', entityRef },
        channel: SIGNAL_CHANNEL,
        message: {
          type: 'sampling-changed',
          workload: { ...record.workload },
        },
      });
    } catch (error) {
      this.#lost('signal', error);
    }
  }

  #lost(what: string, error: unknown) {
    this.#logger.warn(
      `A ${what} about a sampling override was lost: ${errorText(error)}`,
    );
  }
}

function entityLink(entityRef: string): string | undefined {
  try {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const path = [namespace, kind, name].map(encodeURIComponent).join('/');
    return `/catalog/${path}/tracing`;
  } catch {
    return undefined;
  }
}
