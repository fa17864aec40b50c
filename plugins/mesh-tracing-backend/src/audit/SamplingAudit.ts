import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  formatWorkloadRef,
  visibleText,
  type OverrideScope,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type { Request } from 'express';
import type { EntityContext } from '../shared/EntityContext';
import type { AuditedChange } from './AuditedChange';

/** What a person tries, before there is a change to name. */
export interface ChangeAttempt {
  eventId: 'sampling-apply' | 'sampling-revert';
  context: EntityContext;
  workload: WorkloadRef;
  scope?: OverrideScope;
}

/** The second half of an event; left out while it is unknown how a change ended. */
export interface OpenEvent {
  succeeded(): Promise<void>;
  failed(error: Error): Promise<void>;
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
  readonly #auditor: AuditorService;
  readonly #logger: LoggerService;

  static create(options: {
    auditor: AuditorService;
    logger: LoggerService;
  }): SamplingAudit {
    return new SamplingAudit(options);
  }

  private constructor(options: {
    auditor: AuditorService;
    logger: LoggerService;
  }) {
    this.#auditor = options.auditor;
    this.#logger = options.logger;
  }

  /**
   * Before a change is written. Without a request it is the portal itself that acts.
   *
   * @throws what the auditor does; the ends of the event never throw
   */
  async begin(record: AuditedChange, request?: Request): Promise<OpenEvent> {
    return this.#open(`sampling-${record.kind}`, auditMeta(record), request);
  }

  /** A change that was refused before anything was stored. */
  async refused(
    record: AuditedChange,
    error: Error,
    request?: Request,
  ): Promise<void> {
    const eventId = `sampling-${record.kind}`;
    await this.#tell(eventId, auditMeta(record), { error, request });
  }

  /** What the portal did in the end, after attempts that were told of. */
  async done(record: AuditedChange): Promise<void> {
    await this.#tell(`sampling-${record.kind}`, auditMeta(record));
  }

  /** Runs the part of an attempt that writes nothing; a refusal is an event. */
  async attempt<T>(
    { context, eventId, scope = 'workload', workload }: ChangeAttempt,
    act: () => Promise<T>,
  ): Promise<T> {
    try {
      return await act();
    } catch (error) {
      await this.#tell(
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
    await this.#tell(
      'sampling-settled',
      { ...auditMeta(record), kind, outcome },
      outcome === 'succeeded' ? {} : { error: new Error(message) },
    );
  }

  /** What others did to an object of the portal. */
  async seen(record: AuditedChange): Promise<void> {
    await this.done(record);
  }

  /** Proxies refuse what an override makes of their configuration. */
  async refusedByProxies(meta: JsonObject, message: string): Promise<void> {
    await this.#tell('sampling-refused-by-proxies', meta, {
      error: new Error(message),
    });
  }

  /** An event of what has happened already. Never throws. */
  async #tell(
    eventId: string,
    meta: JsonObject,
    { error, request }: { error?: Error; request?: Request } = {},
  ): Promise<void> {
    await this.#safely(eventId, meta, async () => {
      const event = await this.#open(eventId, meta, request);
      await (error ? event.failed(error) : event.succeeded());
    });
  }

  async #safely(
    eventId: string,
    { historyId }: JsonObject,
    tell: () => Promise<void>,
  ): Promise<void> {
    try {
      await tell();
    } catch (error) {
      this.#logger.error(
        `The auditor could not be told of ${eventId}${
          historyId ? ` with historyId ${historyId}` : ''
        }: ${error instanceof Error ? error.message : error}`,
      );
    }
  }

  async #open(
    eventId: string,
    meta: JsonObject,
    request?: Request,
  ): Promise<OpenEvent> {
    const event = await this.#auditor.createEvent({
      eventId,
      severityLevel: 'medium',
      ...(request && { request }),
      meta: visible(meta),
    });
    return {
      succeeded: () =>
        this.#safely(eventId, meta, () =>
          event.success({ meta: visible(meta) }),
        ),
      failed: error =>
        this.#safely(eventId, meta, () =>
          event.fail({ error: visibleError(error), meta: visible(meta) }),
        ),
    };
  }
}

/** Old and new values. */
function auditMeta(record: AuditedChange): JsonObject {
  return JSON.parse(
    JSON.stringify({
      historyId: record.id,
      actor: record.actor,
      onBehalfOf: record.onBehalfOf,
      entityRef: record.entityRef,
      workload: record.workload,
      telemetry: `${record.workload.namespace}/${record.telemetryName}`,
      reason: record.reason,
      expiresAt: record.expiresAt,
      before: record.before,
      after: record.after,
    }),
  );
}

function visibleError(error: Error): Error {
  const message = visibleText(error.message);
  return message === error.message
    ? error
    : Object.assign(new Error(message), { name: error.name });
}

/** What others wrote into the cluster must not look other than it is. */
function visible(meta: JsonObject): JsonObject {
  return JSON.parse(
    JSON.stringify(meta, (_, part: unknown) =>
      typeof part === 'string' ? visibleText(part) : part,
    ),
  );
}
