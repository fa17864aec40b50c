import type { AuditorService } from '@backstage/backend-plugin-api';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import type { JsonObject } from '@backstage/types';
import type {
  MeshCluster,
  TelemetryWriteResult,
} from 'backstage-plugin-mesh-tracing-node';
import type { Request } from 'express';
import type { ChangeRecord, SamplingStore, Settlement } from './SamplingStore';
import { removalKey, stateOf } from './overrideState';
import { telemetryContent } from './telemetryContent';

/** Errors of a write after which it is certain that nothing was written. */
const REFUSED = new Set([
  'InputError',
  'NotAllowedError',
  'AuthenticationError',
  'ConflictError',
  'NotFoundError',
]);

/**
 * Carries out one change whose intent is stored: writes with preconditions,
 * stores the outcome, and tells the auditor both ways. Where it stays unknown
 * whether the write arrived, the intent stays pending for the reconciler.
 */
export class OverrideWriter {
  readonly #store: SamplingStore;
  readonly #auditor: AuditorService;

  static create(options: {
    store: SamplingStore;
    auditor: AuditorService;
  }): OverrideWriter {
    return new OverrideWriter(options.store, options.auditor);
  }

  private constructor(store: SamplingStore, auditor: AuditorService) {
    this.#store = store;
    this.#auditor = auditor;
  }

  /** Creates or replaces the object of the record. */
  async put(
    cluster: MeshCluster,
    record: ChangeRecord,
    telemetry: Telemetry,
    options: {
      respond: (result: TelemetryWriteResult) => Settlement['response'];
      request?: Request;
    },
  ): Promise<TelemetryWriteResult> {
    return this.#carryOut(record, options.request, async () => {
      const result =
        record.baseUid === undefined
          ? await cluster.createTelemetry(telemetry)
          : await cluster.replaceTelemetry(telemetry);
      const settlement: Settlement = {
        outcome: 'succeeded',
        uid: result.telemetry.metadata.uid,
        content: telemetryContent(result.telemetry),
        response: options.respond(result),
        put: stateOf(cluster.name, result.telemetry, record, Date.now()),
      };
      return { value: result, settlement };
    });
  }

  /** Deletes the very object, in the very version, that the record names. */
  async remove(
    cluster: MeshCluster,
    record: ChangeRecord,
    request?: Request,
  ): Promise<void> {
    const uid = record.baseUid ?? '';
    const key = {
      cluster: cluster.name,
      namespace: record.workload.namespace,
      name: record.telemetryName,
      uid,
    };
    await this.#carryOut(record, request, async () => {
      await cluster.deleteTelemetry(key.namespace, key.name, {
        uid,
        resourceVersion: record.baseResourceVersion ?? '',
      });
      return {
        value: undefined,
        settlement: {
          outcome: 'succeeded',
          onceKey: removalKey(key),
          forget: key,
        },
      };
    });
  }

  /** Tells the auditor of a change that was refused before anything was stored. */
  async auditRefusal(
    record: ChangeRecord,
    error: Error,
    request?: Request,
  ): Promise<void> {
    const { event, meta } = await this.#audit(record, request);
    await event.fail({ error, meta });
  }

  /** Without a request it is the portal itself that acts. */
  async #audit(record: ChangeRecord, request: Request | undefined) {
    const meta = auditMeta(record);
    const event = await this.#auditor.createEvent({
      eventId: `sampling-${record.kind}`,
      severityLevel: 'medium',
      ...(request && { request }),
      meta,
    });
    return { event, meta };
  }

  async #carryOut<T>(
    record: ChangeRecord,
    request: Request | undefined,
    write: () => Promise<{ value: T; settlement: Settlement }>,
  ): Promise<T> {
    const { event, meta } = await this.#audit(record, request);
    let done: { value: T; settlement: Settlement };
    try {
      done = await write();
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error));
      await event.fail({ error: cause, meta });
      await this.#refused(record, cause);
      throw error;
    }
    await this.#store.settle(record.id, {
      ...done.settlement,
      witnessed: true,
    });
    await event.success({ meta });
    return done.value;
  }

  /**
   * A removal that found nothing is left to the reconciler as well: an earlier
   * attempt of the same change may have removed it.
   */
  async #refused(record: ChangeRecord, error: Error): Promise<void> {
    const isCertain =
      REFUSED.has(error.name) &&
      !(record.kind === 'expire' && error.name !== 'ConflictError');
    if (!isCertain) {
      await this.#store.annotate(record.id, error.message);
      return;
    }
    if (record.kind === 'expire') {
      await this.#store.discard(record.id);
      return;
    }
    await this.#store.settle(record.id, {
      outcome:
        error.name === 'ConflictError' || error.name === 'NotFoundError'
          ? 'superseded'
          : 'failed',
      message: error.message,
      error: { name: error.name, message: error.message },
    });
  }
}

/** Old and new values, for the auditor. */
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
