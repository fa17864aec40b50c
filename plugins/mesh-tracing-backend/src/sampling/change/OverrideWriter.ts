import { toError } from '@backstage/errors';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshCluster,
  TelemetryWriteResult,
} from 'backstage-plugin-mesh-tracing-node';
import type { Request } from 'express';
import { writesOf } from '../../clusters';
import type { OpenEvent, SamplingAudit } from '../../audit';
import type {
  ChangeRecord,
  SamplingStore,
  Settlement,
} from '../store/SamplingStore';
import { removalKey, stateOf } from '../store/overrideState';
import { telemetryContent } from '../model/telemetryContent';

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
 * whether the write arrived, the intent stays pending for the reconciler, who may
 * tell the auditor of the same end: count by `historyId`.
 */
export class OverrideWriter {
  readonly #store: SamplingStore;
  readonly #audit: SamplingAudit;

  static create(options: {
    store: SamplingStore;
    audit: SamplingAudit;
  }): OverrideWriter {
    return new OverrideWriter(options.store, options.audit);
  }

  private constructor(store: SamplingStore, audit: SamplingAudit) {
    this.#store = store;
    this.#audit = audit;
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
          ? await writesOf(cluster).createTelemetry(telemetry)
          : await writesOf(cluster).replaceTelemetry(telemetry);
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
      await writesOf(cluster).deleteTelemetry(key.namespace, key.name, {
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

  async #carryOut<T>(
    record: ChangeRecord,
    request: Request | undefined,
    write: () => Promise<{ value: T; settlement: Settlement }>,
  ): Promise<T> {
    const event = await this.#event(record, request);
    let done: { value: T; settlement: Settlement };
    try {
      done = await write();
    } catch (error) {
      await this.#refused(record, toError(error), event);
      throw error;
    }
    // First: if the database fails now, the auditor knows what happened.
    await event.succeeded();
    await this.#store.settle(record.id, {
      ...done.settlement,
      witnessed: true,
    });
    return done.value;
  }

  /**
   * The end of an override is tried until it succeeds; the auditor is told of the
   * first attempt, and after that of what is new only.
   */
  async #event(
    record: ChangeRecord,
    request: Request | undefined,
  ): Promise<OpenEvent> {
    const former =
      record.kind === 'expire'
        ? (await this.#store.find(record.id))?.message
        : undefined;
    if (former === undefined) {
      return this.#audit.begin(record, request);
    }
    return {
      succeeded: () => this.#audit.done(record),
      failed: async error => {
        if (error.message !== former) {
          await this.#audit.refused(record, error, request);
        }
      },
    };
  }

  /**
   * A removal that found nothing is left to the reconciler as well: an earlier
   * attempt of the same change may have removed it. The event stays open then,
   * for the one that finds out.
   */
  async #refused(
    record: ChangeRecord,
    error: Error,
    event: OpenEvent,
  ): Promise<void> {
    const isExpiry = record.kind === 'expire';
    const isRefused = REFUSED.has(error.name);
    if (isRefused && !(isExpiry && error.name === 'NotFoundError')) {
      await event.failed(error);
    }
    const isCertain =
      isRefused && !(isExpiry && error.name !== 'ConflictError');
    if (!isCertain) {
      await this.#store.annotate(record.id, error.message);
      return;
    }
    if (isExpiry) {
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
