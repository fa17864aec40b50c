import { NotAllowedError, toError } from '@backstage/errors';
import {
  gitOpsOwner,
  overrideTarget,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  Telemetry,
  WorkloadRef,
} from 'backstage-plugin-mesh-tracing-common';
import type {
  MeshCluster,
  SamplingPolicy,
} from 'backstage-plugin-mesh-tracing-node';
import type { EntityContext } from '../../shared/EntityContext';
import type { WriteContext } from '../../access';
import { authorOf } from './authorOf';
import { broughtBack } from '../model/describeOwner';
import type { ChangeSettler } from './ChangeSettler';
import { conflictAfterWrite } from './conflictAfterWrite';
import type { OutsideRecorder } from '../outside/OutsideRecorder';
import { setterOf } from '../announce/setterOf';
import type { OverrideAnnouncer } from '../announce/OverrideAnnouncer';
import { overrideConflict } from '../model/overrideConflict';
import type { OverridePlanner } from '../plan/OverridePlanner';
import type { OverrideWriter } from './OverrideWriter';
import type { RateLimit } from '../rules/RateLimit';
import { isOverrideOfScope, overrideKey } from '../plan/readOverrideObject';
import type { SamplingAudit } from '../../audit';
import type { ChangeRecord } from '../protocol/ChangeRecord';
import { revertRecord } from '../protocol/changeRecords';
import type { SamplingStore } from '../store/SamplingStore';
import { revertVerdicts } from '../rules/revertVerdicts';

/** What OverrideReverter works with. */
export interface OverrideReverterOptions {
  planner: Pick<OverridePlanner, 'locate'>;
  policies: readonly SamplingPolicy[];
  store: SamplingStore;
  settler: ChangeSettler;
  writer: OverrideWriter;
  announcer: OverrideAnnouncer;
  audit: SamplingAudit;
  rateLimit: Pick<RateLimit, 'begin'>;
  outside: Pick<OutsideRecorder, 'note'>;
}

/** One attempt of a person to take an override away. */
interface RevertStep {
  write: WriteContext<'revert'>;
  /** What the override is for. */
  target: WorkloadRef;
  now: Date;
}

/** Takes an override of the portal away. */
export class OverrideReverter {
  readonly #options: OverrideReverterOptions;

  static create(options: OverrideReverterOptions): OverrideReverter {
    return new OverrideReverter(options);
  }

  private constructor(options: OverrideReverterOptions) {
    this.#options = options;
  }

  /**
   * @throws ConflictError when the object is not the one that the person saw;
   *   NotAllowedError when a GitOps tool manages it, and for what someone else set
   *   when the access or a policy does not let it.
   */
  async revert(write: WriteContext<'revert'>, now: Date): Promise<void> {
    const { entity: context, wish: request } = write;
    const found = await this.#options.audit.attempt(
      { eventId: 'sampling-revert', context, ...request },
      () => this.#find(write, now),
    );
    if (found) {
      await this.#remove(found.cluster, found.object, found);
    }
  }

  /** The object to remove; undefined when this very request has removed it. */
  async #find(
    write: WriteContext<'revert'>,
    now: Date,
  ): Promise<
    (RevertStep & { cluster: MeshCluster; object: Telemetry }) | undefined
  > {
    const { entity: context, wish: request } = write;
    const { cluster, snapshot, workload } = this.#options.planner.locate(
      context,
      request.workload,
    );
    const { scope = 'workload' } = request;
    const { namespace, name } = overrideKey(snapshot, workload, scope);
    const target = overrideTarget(scope, workload, snapshot.inputs.meshConfig);
    const object = await cluster.getTelemetry(namespace, name);
    const setter = setterOf(object);
    write.requireRevertOf(setter);
    const isOwn = setter === context.userRef;
    const isSeen =
      object !== undefined &&
      isOverrideOfScope(object, workload, scope) &&
      object.metadata.uid === request.uid;
    if (!isSeen && (await this.#wasReverted({ write, target, now }))) {
      return undefined;
    }
    if (
      !isSeen ||
      object.metadata.resourceVersion !== request.resourceVersion
    ) {
      throw overrideConflict(
        object
          ? 'The override changed since you saw it'
          : 'The override is gone already',
        context.entityRef,
        { current: object },
      );
    }
    const owner = gitOpsOwner(object.metadata);
    if (owner) {
      throw new NotAllowedError(broughtBack(`${namespace}/${name}`, owner));
    }
    if (!isOwn) {
      await this.#requirePolicies({
        context,
        snapshot,
        workload,
        scope,
        object,
        reason: request.reason,
        now,
      });
    }
    return { cluster, object, write, target, now };
  }

  async #requirePolicies(
    revert: Omit<Parameters<typeof revertVerdicts>[0], 'policies'>,
  ): Promise<void> {
    const { policies } = this.#options;
    const verdicts = await revertVerdicts({ ...revert, policies });
    const refused = verdicts.filter(({ allowed }) => !allowed);
    if (refused.length > 0) {
      throw new NotAllowedError(
        refused.map(({ message }) => message).join('. '),
      );
    }
  }

  async #remove(
    cluster: MeshCluster,
    object: Telemetry,
    options: RevertStep,
  ): Promise<void> {
    const { write, target, now } = options;
    const { entity: context, wish: request } = write;
    const record = revertRecord(
      authorOf(write),
      { target, object, reason: request.reason },
      now,
    );
    await this.#options.outside.note(cluster, object.metadata, object);
    await this.#begin(record, object, context);
    try {
      await this.#options.writer.remove(cluster, record, context.request);
    } catch (error) {
      throw await conflictAfterWrite(error, cluster, record);
    }
    await this.#options.announcer.changed(record, object);
  }

  /** Whoever set an override takes it away at any time. */
  async #begin(
    record: ChangeRecord,
    object: Telemetry,
    { request, userRef }: EntityContext,
  ): Promise<void> {
    const { audit, rateLimit, store } = this.#options;
    if (setterOf(object) === userRef) {
      await store.begin(record);
      return;
    }
    try {
      await rateLimit.begin(record);
    } catch (error) {
      await audit.refused(record, toError(error), request);
      throw error;
    }
  }

  /** A retry of the person's own revert, whose answer was lost. */
  async #wasReverted({ write, target, now }: RevertStep): Promise<boolean> {
    const { entity: context, wish: request } = write;
    const own = async () => {
      const records = await this.#options.store.history({
        entityRefs: [context.entityRef],
        workloads: [target],
        limit: 50,
      });
      return records.find(
        record =>
          record.kind === 'revert' &&
          record.actor === context.userRef &&
          record.baseUid === request.uid,
      );
    };
    const record = await own();
    if (record?.outcome === 'pending') {
      await this.#options.settler.settle(record, now);
      return (await own())?.outcome === 'succeeded';
    }
    return record?.outcome === 'succeeded';
  }
}
