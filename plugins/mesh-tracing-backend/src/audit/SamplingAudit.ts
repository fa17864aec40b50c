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

/** What a person tries, before there is a change to name. */
export interface ChangeAttempt {
  eventId: 'sampling-apply' | 'sampling-revert';
  context: EntityContext;
  workload: WorkloadRef;
  scope?: OverrideScope;
}

/**
 * Tells the auditor of changes, with old and new values. An event that nobody
 * could complete, since an answer was lost or a process died, is followed by
 * `sampling-settled` with the same `historyId`. An end may be told twice, where
 * one finds out while the other is about to tell: count by `historyId`.
 *
 * Nothing is written of which the auditor can't be told before. What has happened
 * is not undone by an auditor that fails after: the log has it then.
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
   * Before a change is written. Without a request it is the portal itself that acts.
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

  /** What the portal did in the end, after attempts that were told of. */
  async done(record: AuditedChange): Promise<void> {
    await this.#auditor.tell(eventOf(record), fieldsOf(record));
  }

  /** Runs the part of an attempt that writes nothing; a refusal is an event. */
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

  /** How a change ended of which that was not known when it was tried. */
  async settled(record: AuditedChange): Promise<void> {
    const { kind, outcome, message = outcome } = record;
    await this.#auditor.tell(
      'sampling-settled',
      { ...fieldsOf(record), kind, outcome },
      outcome === 'succeeded' ? {} : { error: new Error(message) },
    );
  }

  /** What others did to an object of the portal. */
  async seen(record: AuditedChange): Promise<void> {
    await this.done(record);
  }

  /** Proxies refuse what an override makes of their configuration. */
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

/** Old and new values. */
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
