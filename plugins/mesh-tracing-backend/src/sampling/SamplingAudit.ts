import type { AuditorService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  formatWorkloadRef,
  type OverrideScope,
  type WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type { Request } from 'express';
import type { EntityContext } from '../access/EntityContext';
import type { ChangeRecord } from './SamplingStore';

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
 * `sampling-settled` with the same `historyId`.
 */
export class SamplingAudit {
  readonly #auditor: AuditorService;

  static create(options: { auditor: AuditorService }): SamplingAudit {
    return new SamplingAudit(options.auditor);
  }

  private constructor(auditor: AuditorService) {
    this.#auditor = auditor;
  }

  /** Before a change is written. Without a request it is the portal itself that acts. */
  async begin(record: ChangeRecord, request?: Request): Promise<OpenEvent> {
    return this.#open(`sampling-${record.kind}`, auditMeta(record), request);
  }

  /** A change that was refused before anything was stored. */
  async refused(
    record: ChangeRecord,
    error: Error,
    request?: Request,
  ): Promise<void> {
    await (await this.begin(record, request)).failed(error);
  }

  /** Runs the part of an attempt that writes nothing; a refusal is an event. */
  async attempt<T>(
    { context, eventId, scope = 'workload', workload }: ChangeAttempt,
    act: () => Promise<T>,
  ): Promise<T> {
    try {
      return await act();
    } catch (error) {
      const event = await this.#open(
        eventId,
        {
          actor: context.userRef,
          entityRef: context.entityRef,
          workload: formatWorkloadRef(workload),
          scope,
        },
        context.request,
      );
      await event.failed(toError(error));
      throw error;
    }
  }

  /** How a change ended of which that was not known when it was tried. */
  async settled(record: ChangeRecord): Promise<void> {
    const event = await this.#open('sampling-settled', {
      ...auditMeta(record),
      kind: record.kind,
      outcome: record.outcome,
    });
    await (record.outcome === 'succeeded'
      ? event.succeeded()
      : event.failed(new Error(record.message ?? record.outcome)));
  }

  /** What others did to an object of the portal. */
  async seen(record: ChangeRecord): Promise<void> {
    await (await this.begin(record)).succeeded();
  }

  /** Proxies refuse what an override makes of their configuration. */
  async refusedByProxies(meta: JsonObject, message: string): Promise<void> {
    const event = await this.#open('sampling-refused-by-proxies', meta);
    await event.failed(new Error(message));
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
      meta,
    });
    return {
      succeeded: () => event.success({ meta }),
      failed: error => event.fail({ error, meta }),
    };
  }
}

/** Old and new values. */
function auditMeta(record: ChangeRecord): JsonObject {
  return JSON.parse(
    JSON.stringify({
      historyId: record.id,
      actor: record.actor,
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
