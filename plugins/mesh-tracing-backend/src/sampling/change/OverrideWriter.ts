import { toError } from '@backstage/errors';
import type {
  ApplyResponse,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshCluster,
  TelemetryWriteResult,
} from 'backstage-plugin-mesh-tracing-node';
import type { Request } from 'express';
import { writesOf } from '../../clusters';
import type { OpenEvent, SamplingAudit } from '../../audit';
import { telemetryContent } from '../model/telemetryContent';
import { removedObject, type ChangeRecord } from '../protocol/ChangeRecord';
import { failureKey } from '../protocol/failureKey';
import { stateOf } from '../protocol/overrideState';
import type { Removed, Written } from '../protocol/Settlement';
import { toStoredError } from '../protocol/StoredError';
import { decideAfterError } from '../protocol/writeDecisions';
import type { SamplingStore } from '../store/SamplingStore';

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
      respond: (result: TelemetryWriteResult) => ApplyResponse;
      request?: Request;
    },
  ): Promise<TelemetryWriteResult> {
    return this.#carryOut(record, options.request, async () => {
      const result =
        record.baseUid === undefined
          ? await writesOf(cluster).createTelemetry(telemetry)
          : await writesOf(cluster).replaceTelemetry(telemetry);
      const settlement: Written = {
        outcome: 'succeeded',
        how: 'written',
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
    const object = removedObject(record);
    await this.#carryOut(record, request, async () => {
      await writesOf(cluster).deleteTelemetry(object.namespace, object.name, {
        uid: object.uid,
        resourceVersion: record.baseResourceVersion ?? '',
      });
      return {
        value: undefined,
        settlement: { outcome: 'succeeded', how: 'removed', object },
      };
    });
  }

  async #carryOut<T>(
    record: ChangeRecord,
    request: Request | undefined,
    write: () => Promise<{ value: T; settlement: Written | Removed }>,
  ): Promise<T> {
    const event = await this.#event(record, request);
    let done: { value: T; settlement: Written | Removed };
    try {
      done = await write();
    } catch (error) {
      await this.#failed(record, toError(error), event);
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
        ? (await this.#store.find(record.id))?.lastFailure
        : undefined;
    if (former === undefined) {
      return this.#audit.begin(record, request);
    }
    return {
      succeeded: () => this.#audit.done(record),
      failed: async error => {
        if (failureKey(error) !== former) {
          await this.#audit.refused(record, error, request);
        }
      },
    };
  }

  /** Does what the table of decisions says of this change and this error. */
  async #failed(
    record: ChangeRecord,
    error: Error,
    event: OpenEvent,
  ): Promise<void> {
    const decision = decideAfterError(record, error);
    if (decision.audit === 'end') {
      await event.failed(error);
    }
    switch (decision.record) {
      case 'keep':
        await this.#store.annotate(record.id, {
          message: error.message,
          key: failureKey(error),
        });
        return;
      case 'discard':
        await this.#store.discard(record.id);
        return;
      case 'fail':
        await this.#store.settle(record.id, {
          outcome: 'failed',
          cause: 'refused',
          error: toStoredError(error),
        });
        return;
      default:
        await this.#store.settle(record.id, {
          outcome: 'superseded',
          cause: 'conflict',
          error: toStoredError(error),
        });
    }
  }
}
