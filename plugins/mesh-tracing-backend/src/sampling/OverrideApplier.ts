import {
  ConflictError,
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
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
import type { EntityContext, WriteAccess } from '../access/EntityContext';
import {
  findRefusal,
  recordOf,
  requireBound,
  requireTyped,
} from './applyChecks';
import { contentHash } from './canonicalJson';
import type { ChangeSettler } from './ChangeSettler';
import { toSend } from './dryRunOverride';
import type { OutsideChanges } from './OutsideChanges';
import type { OverrideAnnouncer } from './OverrideAnnouncer';
import { overrideConflict } from './overrideConflict';
import type { OverridePlanner } from './OverridePlanner';
import type { OverrideWriter } from './OverrideWriter';
import type { PlannedOverride } from './PlannedOverride';
import type { PreviewClaims, PreviewTokens } from './PreviewTokens';
import type {
  ChangeRecord,
  RequestRecord,
  SamplingStore,
} from './SamplingStore';

/** What OverrideApplier works with. */
export interface OverrideApplierOptions {
  planner: OverridePlanner;
  tokens: PreviewTokens;
  store: SamplingStore;
  settler: ChangeSettler;
  writer: OverrideWriter;
  announcer: OverrideAnnouncer;
  outsideChanges: Pick<OutsideChanges, 'note'>;
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

  async apply(
    context: EntityContext,
    access: WriteAccess,
    request: ApplyRequest,
    now: Date,
  ): Promise<ApplyResponse> {
    const bodyHash = contentHash(request);
    const earlier = await this.#options.store.findRequest(request.requestId);
    if (earlier) {
      return this.#repeat(earlier, context, bodyHash, now);
    }
    const claims = this.#options.tokens.verify(request.token, now.getTime());
    requireBound(claims, context, request);
    const planned = await this.#options.planner.plan({
      context,
      access,
      request: request.override,
      changeId: claims.change,
      now,
    });
    requireTyped(planned, request.confirmScope);
    const record = recordOf(planned, context, request, now);
    const refusal = findRefusal(planned, claims);
    if (refusal) {
      await this.#options.writer.auditRefusal(record, refusal, context.request);
      throw refusal;
    }
    await this.#options.outsideChanges.note(
      planned.cluster,
      planned.plan.telemetry.metadata,
      planned.current,
    );
    const begun = await this.#options.store.begin(record, {
      requestId: request.requestId,
      userRef: context.userRef,
      bodyHash,
    });
    if (!begun) {
      return this.#repeatById(request.requestId, context, bodyHash, now);
    }
    return this.#write(planned, record, claims, context);
  }

  async #write(
    planned: PlannedOverride,
    record: ChangeRecord,
    claims: PreviewClaims,
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
      if (
        error instanceof Error &&
        (error.name === 'ConflictError' || error.name === 'NotFoundError')
      ) {
        throw await conflictAfterWrite(cluster, record, claims);
      }
      throw error;
    }
    await this.#options.announcer.changed(record, planned.current);
    return respond(result);
  }

  async #repeatById(
    requestId: string,
    context: EntityContext,
    bodyHash: string,
    now: Date,
  ): Promise<ApplyResponse> {
    const earlier = await this.#options.store.findRequest(requestId);
    if (!earlier) {
      throw new ConflictError(
        'The first attempt of this request was given up; preview the change again',
      );
    }
    return this.#repeat(earlier, context, bodyHash, now);
  }

  /** The same request again: the same answer, and nothing is written. */
  async #repeat(
    earlier: RequestRecord,
    context: EntityContext,
    bodyHash: string,
    now: Date,
  ): Promise<ApplyResponse> {
    if (earlier.userRef !== context.userRef || earlier.bodyHash !== bodyHash) {
      throw new ConflictError(
        'requestId: was used for another request; send a new one',
      );
    }
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
      throw errorOf(known.error);
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

async function conflictAfterWrite(
  cluster: MeshCluster,
  record: ChangeRecord,
  claims: PreviewClaims,
): Promise<Error> {
  const current = await cluster
    .getTelemetry(record.workload.namespace, record.telemetryName)
    .catch(() => undefined);
  return overrideConflict(
    'Someone else changed the override at the same time',
    {
      current,
      baseYaml: claims.baseYaml,
    },
  );
}

const ERRORS: Record<string, new (message: string) => Error> = {
  InputError,
  NotAllowedError,
};

function errorOf({ name, message }: { name: string; message: string }): Error {
  return new (ERRORS[name] ?? ConflictError)(message);
}
