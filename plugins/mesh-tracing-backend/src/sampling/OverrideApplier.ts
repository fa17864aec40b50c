import {
  ConflictError,
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  formatWorkloadRef,
  OVERRIDE_ANNOTATIONS,
  overrideView,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  ApplyRequest,
  ApplyResponse,
  Telemetry,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshCluster,
  TelemetryWriteResult,
} from 'backstage-plugin-mesh-tracing-node';
import { randomUUID } from 'node:crypto';
import type { EntityContext, WriteAccess } from '../access/EntityContext';
import { withErrorDetails } from '../shared/errorDetails';
import { contentHash } from './canonicalJson';
import type { ChangeSettler } from './ChangeSettler';
import { toSend } from './dryRunOverride';
import type { OutsideChanges } from './OutsideChanges';
import type { OverrideAnnouncer } from './OverrideAnnouncer';
import { overrideConflict } from './overrideConflict';
import type { OverridePlanner } from './OverridePlanner';
import { plannedHash } from './OverridePreviewer';
import type { OverrideWriter } from './OverrideWriter';
import type { PlannedOverride } from './PlannedOverride';
import { isExtension } from './previewAction';
import type { PreviewClaims, PreviewTokens } from './PreviewTokens';
import type {
  ChangeRecord,
  RequestRecord,
  SamplingStore,
} from './SamplingStore';
import { changeIdOf, specYaml, telemetryContent } from './telemetryContent';

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
    const record = recordOf(planned, context, request, now);
    const refusal = findRefusal(planned, claims);
    if (refusal) {
      await this.#options.writer.auditRefusal(record, refusal);
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
    return this.#write(planned, record, claims);
  }

  async #write(
    planned: PlannedOverride,
    record: ChangeRecord,
    claims: PreviewClaims,
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
        respond,
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

/** The token is of this person, this entity and this form. */
function requireBound(
  claims: PreviewClaims,
  context: EntityContext,
  request: ApplyRequest,
): void {
  const isBound =
    claims.user === context.userRef &&
    claims.entity === context.entityRef &&
    claims.workload === formatWorkloadRef(request.override.workload) &&
    claims.form === contentHash(request.override);
  if (!isBound) {
    throw new InputError(
      'token: belongs to another preview. Preview this change, then confirm it',
    );
  }
}

/** Why what was shown does not hold any more, or is not allowed any more. */
function findRefusal(
  planned: PlannedOverride,
  claims: PreviewClaims,
): Error | undefined {
  if (planned.unreadable) {
    return planned.unreadable;
  }
  const current = planned.current ?? planned.occupant;
  const { baseYaml } = claims;
  const isSameObject = claims.base
    ? current?.metadata.uid === claims.base.uid &&
      current.metadata.resourceVersion === claims.base.resourceVersion
    : current === undefined;
  if (!isSameObject) {
    return overrideConflict('The override changed since the preview', {
      current,
      baseYaml,
    });
  }
  const refused = planned.verdicts.filter(verdict => !verdict.allowed);
  if (refused.length > 0) {
    return withErrorDetails(
      new NotAllowedError(refused.map(({ message }) => message).join('. ')),
      { system: 'portal', field: refused.find(({ field }) => field)?.field },
    );
  }
  return plannedHash(planned) === claims.content
    ? undefined
    : overrideConflict(
        'The workloads or the mesh changed since the preview, so something else would be written than was shown',
        { current, baseYaml },
      );
}

function recordOf(
  planned: PlannedOverride,
  context: EntityContext,
  request: ApplyRequest,
  now: Date,
): ChangeRecord {
  const { current, plan, workload } = planned;
  const { telemetry } = plan;
  const { cluster, namespace, kind, name } = workload;
  return {
    id: randomUUID(),
    atMs: now.getTime(),
    kind: isExtension(telemetry, current) ? 'extend' : 'apply',
    outcome: 'pending',
    actor: context.userRef,
    entityRef: context.entityRef,
    workload: { cluster, namespace, kind, name },
    telemetryName: telemetry.metadata.name,
    changeId: changeIdOf(telemetry),
    baseChangeId: current && changeIdOf(current),
    baseUid: current?.metadata.uid,
    baseResourceVersion: current?.metadata.resourceVersion,
    reason: request.override.reason,
    expiresAt: telemetry.metadata.annotations?.[OVERRIDE_ANNOTATIONS.expiresAt],
    before: current && specYaml(current),
    after: specYaml(telemetry),
    content: telemetryContent(telemetry),
  };
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
