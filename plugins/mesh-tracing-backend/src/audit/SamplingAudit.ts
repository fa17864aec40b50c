import { toError } from '@backstage/errors';
import {
  formatWorkloadRef,
  type OverrideScope,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type { Request } from 'express';
import type { EntityContext } from '../shared/EntityContext';
import type { AuditedChange } from './AuditedChange';
import type { AuditFields } from './auditEvents';
import type { Auditor, OpenEvent } from './Auditor';

/** What a person tries, before there is a change with an id in the history. */
export interface ChangeAttempt {
  eventId: 'sampling-apply' | 'sampling-revert';
  context: EntityContext;
  workload: WorkloadRef;
  scope?: OverrideScope;
}

/**
 * Tells the auditor of changes, with old and new values. An event that was opened and
 * never ended, since an answer was lost or a process died, is followed by
 * `sampling-settled` with the same `historyId`. Two processes may find out about the
 * same end and both tell it, so an evaluation must count by `historyId`.
 *
 * A change is not written unless the auditor could be told of it before. Where the
 * auditor fails afterwards, the change stays, and the event goes to the log.
 */
export class SamplingAudit {
  readonly #auditor: Auditor;

  static create(options: { auditor: Auditor }): SamplingAudit {
    return new SamplingAudit(options.auditor);
  }

  private constructor(auditor: Auditor) {
    this.#auditor = auditor;
  }

  /**
   * To be called before a change is written. Without a request it is the portal that
   * acts.
   *
   * @throws what the auditor does; the ends of the event never throw
   */
  async begin(record: AuditedChange, request?: Request): Promise<OpenEvent> {
    return this.#auditor.open(eventOf(record), fieldsOf(record), request);
  }

  /** A change that was refused before anything was stored. */
  async refused(
    record: AuditedChange,
    error: Error,
    request?: Request,
  ): Promise<void> {
    await this.#auditor.tell(eventOf(record), fieldsOf(record), {
      error,
      request,
    });
  }

  /**
   * A change that the portal carried out in the end, after failed attempts that were
   * told of.
   */
  async done(record: AuditedChange): Promise<void> {
    await this.#auditor.tell(eventOf(record), fieldsOf(record));
  }

  /**
   * Runs the checks before a change, which write nothing; where they throw, that is
   * an event.
   */
  async attempt<T>(
    { context, eventId, scope = 'workload', workload }: ChangeAttempt,
    act: () => Promise<T>,
  ): Promise<T> {
    try {
      return await act();
    } catch (error) {
      await this.#auditor.tell(
        eventId,
        {
          actor: context.userRef,
          entityRef: context.entityRef,
          workload: formatWorkloadRef(workload),
          scope,
        },
        { error: toError(error), request: context.request },
      );
      throw error;
    }
  }

  /** How a change ended whose end was not known when it was written. */
  async settled(record: AuditedChange): Promise<void> {
    const { kind, outcome, message = outcome } = record;
    await this.#auditor.tell(
      'sampling-settled',
      { ...fieldsOf(record), kind, outcome },
      outcome === 'succeeded' ? {} : { error: new Error(message) },
    );
  }

  /** What others did to an object of the portal, as the portal saw it afterwards. */
  async seen(record: AuditedChange): Promise<void> {
    await this.done(record);
  }

  /** Proxies rejected the configuration that an override led to. */
  async refusedByProxies(
    fields: AuditFields<'sampling-refused-by-proxies'>,
    message: string,
  ): Promise<void> {
    await this.#auditor.tell('sampling-refused-by-proxies', fields, {
      error: new Error(message),
    });
  }
}

function eventOf({ kind }: AuditedChange): `sampling-${typeof kind}` {
  return `sampling-${kind}`;
}

/** The fields that the events of a change share, old and new values among them. */
function fieldsOf(record: AuditedChange): AuditFields<'sampling-extend'> {
  return {
    historyId: record.id,
    actor: record.actor,
    onBehalfOf: record.onBehalfOf,
    entityRef: record.entityRef,
    workload: { ...record.workload },
    telemetry: `${record.workload.namespace}/${record.telemetryName}`,
    reason: record.reason,
    expiresAt: record.expiresAt,
    before: record.before,
    after: record.after,
  };
}
