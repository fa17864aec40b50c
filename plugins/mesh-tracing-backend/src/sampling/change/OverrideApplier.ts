import {
  ConflictError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import { overrideView } from 'backstage-plugin-mesh-tracing-common';
import type {
  ApplyRequest,
  ApplyResponse,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshCluster,
  TelemetryWriteResult,
} from 'backstage-plugin-mesh-tracing-node';
import type { EntityContext } from '../../shared/EntityContext';
import type { WriteContext } from '../../access';
import { findRefusal, requireBound, requireTyped } from './applyChecks';
import { authorOf } from './authorOf';
import { contentHash } from '../model/canonicalJson';
import type { ChangeSettler } from './ChangeSettler';
import { conflictAfterWrite } from './conflictAfterWrite';
import { toSend } from '../preview/dryRunOverride';
import type { OutsideRecorder } from '../outside/OutsideRecorder';
import type { OverrideAnnouncer } from '../announce/OverrideAnnouncer';
import type { OverridePlanner } from '../plan/OverridePlanner';
import type { OverrideWriter } from './OverrideWriter';
import type { PlannedOverride } from '../model/PlannedOverride';
import { isExtension } from '../preview/previewAction';
import type { PreviewClaims, PreviewTokens } from '../preview/PreviewTokens';
import type { ChangeRecord } from '../protocol/ChangeRecord';
import { writeRecord } from '../protocol/changeRecords';
import { fromStoredError } from '../protocol/StoredError';
import type { RateLimit } from '../rules/RateLimit';
import type { SamplingAudit } from '../../audit';
import type { RequestRecord, SamplingStore } from '../store/SamplingStore';

/** What OverrideApplier works with. */
export interface OverrideApplierOptions {
  planner: OverridePlanner;
  tokens: PreviewTokens;
  store: SamplingStore;
  settler: ChangeSettler;
  writer: OverrideWriter;
  announcer: OverrideAnnouncer;
  audit: SamplingAudit;
  rateLimit: Pick<RateLimit, 'begin'>;
  outside: Pick<OutsideRecorder, 'note'>;
}

/** A change that was thought through. */
interface Prepared {
  planned: PlannedOverride;
  record: ChangeRecord;
  claims: PreviewClaims;
}

/** Applies what a preview has shown, once per request id. */
export class OverrideApplier {
  readonly #options: OverrideApplierOptions;

  static create(options: OverrideApplierOptions): OverrideApplier {
    return new OverrideApplier(options);
  }

  private constructor(options: OverrideApplierOptions) {
    this.#options = options;
  }

  async apply(write: WriteContext<'apply'>, now: Date): Promise<ApplyResponse> {
    const { entity: context, wish: request } = write;
    const { audit } = this.#options;
    const attempt = <T>(act: () => Promise<T>) =>
      audit.attempt(
        { eventId: 'sampling-apply', context, ...request.override },
        act,
      );
    const findEarlier = () =>
      attempt(() => this.#findEarlier(context, request));
    const earlier = await findEarlier();
    if (earlier) {
      return this.#repeat(earlier, now);
    }
    const prepared = await attempt(() => this.#prepare(write, now));
    if (await this.#begin(prepared, context, request)) {
      return this.#write(prepared, context);
    }
    const first = await findEarlier();
    if (!first) {
      throw new ConflictError(
        'The first attempt of this request was given up; preview the change again',
      );
    }
    return this.#repeat(first, now);
  }

  /**
   * The first attempt of the same request.
   *
   * @throws ConflictError when the id is of another request
   */
  async #findEarlier(
    context: EntityContext,
    request: ApplyRequest,
  ): Promise<RequestRecord | undefined> {
    const earlier = await this.#options.store.findRequest(request.requestId);
    const isSame =
      earlier?.userRef === context.userRef &&
      earlier.bodyHash === contentHash(request);
    if (earlier && !isSame) {
      throw new ConflictError(
        'requestId: was used for another request; send a new one',
      );
    }
    return earlier;
  }

  /** Thinks the change through that was confirmed. */
  async #prepare(write: WriteContext<'apply'>, now: Date): Promise<Prepared> {
    const { entity: context, wish: request } = write;
    const claims = this.#options.tokens.verify(request.token, now.getTime());
    requireBound(claims, context, request);
    const planned = await this.#options.planner.plan({
      write,
      request: request.override,
      changeId: claims.change,
      now,
    });
    requireTyped(planned, request.confirmScope);
    const { current, plan, target } = planned;
    const record = writeRecord(
      authorOf(write),
      {
        kind: isExtension(plan.telemetry, current) ? 'extend' : 'apply',
        target,
        telemetry: plan.telemetry,
        current,
        reason: write.wish.override.reason,
      },
      now,
    );
    return { planned, record, claims };
  }

  /**
   * Stores the intent. False when the request id is known already.
   *
   * @throws why what was shown does not hold any more, or is not allowed
   */
  async #begin(
    prepared: Prepared,
    context: EntityContext,
    request: ApplyRequest,
  ): Promise<boolean> {
    try {
      return await this.#tryBegin(prepared, context, request);
    } catch (error) {
      await this.#options.audit.refused(
        prepared.record,
        toError(error),
        context.request,
      );
      throw error;
    }
  }

  async #tryBegin(
    { planned, record, claims }: Prepared,
    context: EntityContext,
    request: ApplyRequest,
  ): Promise<boolean> {
    const refusal = findRefusal(planned, claims);
    if (refusal) {
      throw refusal;
    }
    await this.#options.outside.note(
      planned.cluster,
      planned.plan.telemetry.metadata,
      planned.current,
    );
    return this.#options.rateLimit.begin(record, {
      requestId: request.requestId,
      userRef: context.userRef,
      bodyHash: contentHash(request),
    });
  }

  async #write(
    { planned, record, claims }: Prepared,
    { request }: EntityContext,
  ): Promise<ApplyResponse> {
    const { cluster } = planned;
    const respond = (result: TelemetryWriteResult): ApplyResponse => ({
      override: overrideView(
        result.telemetry,
        isLive(cluster, result.telemetry),
      ),
      warnings: result.warnings,
    });
    let result: TelemetryWriteResult;
    try {
      result = await this.#options.writer.put(
        cluster,
        record,
        toSend(planned),
        { respond, request },
      );
    } catch (error) {
      throw await conflictAfterWrite(error, cluster, record, claims.baseYaml);
    }
    await this.#options.announcer.changed(record, planned.current);
    return respond(result);
  }

  /**
   * The same request again: the same answer, and nothing is written. No audit
   * event of its own, since the first attempt has one.
   */
  async #repeat(earlier: RequestRecord, now: Date): Promise<ApplyResponse> {
    let known = earlier;
    if (!known.response && !known.error) {
      const record = await this.#options.store.find(known.historyId);
      if (record) {
        await this.#options.settler.settle(record, now);
      }
      known = (await this.#options.store.findRequest(known.requestId)) ?? known;
    }
    if (known.response) {
      return known.response;
    }
    if (known.error) {
      throw fromStoredError(known.error);
    }
    throw new ServiceUnavailableError(
      'The first attempt of this request is still under way; ask again in a moment',
    );
  }
}

/** Whether the cluster's watch has shown this version. */
function isLive(cluster: MeshCluster, telemetry: Telemetry): boolean {
  return cluster
    .snapshot()
    .inputs.telemetries.some(
      ({ metadata }) =>
        metadata.uid === telemetry.metadata.uid &&
        metadata.resourceVersion === telemetry.metadata.resourceVersion,
    );
}
