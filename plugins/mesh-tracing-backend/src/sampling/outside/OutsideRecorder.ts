import {
  isPortalOwned,
  OVERRIDE_ANNOTATIONS,
  overrideView,
} from 'backstage-plugin-mesh-tracing-common';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import type { MeshCluster } from 'backstage-plugin-mesh-tracing-node';
import type { SamplingAudit } from '../../audit';
import type { OverrideAnnouncer } from '../announce/OverrideAnnouncer';
import { changeIdOf, telemetryContent } from '../model/telemetryContent';
import { isGuessed } from '../protocol/ChangeCause';
import {
  isRemoval,
  type ChangeRecord,
  type OverrideState,
} from '../protocol/ChangeRecord';
import {
  outsideChangeRecord,
  outsideDeleteRecord,
} from '../protocol/changeRecords';
import { outsideKey, removalKey } from '../protocol/claimKeys';
import { lateRevert } from '../protocol/lateRevert';
import { stateOf } from '../protocol/overrideState';
import type { Settlement } from '../protocol/Settlement';
import { actorOfChange } from '../store/actorOfChange';
import type { SamplingStore } from '../store/SamplingStore';
import {
  OUTSIDE_ACTOR,
  explainChange,
  isAsKnown,
  outsideActor,
} from './outsideView';

/** What OutsideRecorder works with. */
export interface OutsideRecorderOptions {
  store: SamplingStore;
  announcer: OverrideAnnouncer;
  audit: SamplingAudit;
  now?: () => Date;
}

/**
 * Writes down what others did to the portal's objects, once over all replicas.
 * Nothing is changed back.
 *
 * The order of reading decides: first what the portal knows, then the object,
 * then the intents. A write of the portal stores its intent first, so whatever
 * the object shows beyond the known state is either an intent's or from outside.
 */
export class OutsideRecorder {
  readonly #store: SamplingStore;
  readonly #announcer: OverrideAnnouncer;
  readonly #audit: SamplingAudit;
  readonly #now: () => Date;

  static create(options: OutsideRecorderOptions): OutsideRecorder {
    return new OutsideRecorder(options);
  }

  private constructor(options: OutsideRecorderOptions) {
    this.#store = options.store;
    this.#announcer = options.announcer;
    this.#audit = options.audit;
    this.#now = options.now ?? (() => new Date());
  }

  /**
   * Looks at one object that the portal is about to change, so that what others
   * did to it stands in the history before.
   *
   * @param seen - the object as it was read a moment ago
   */
  async note(
    cluster: MeshCluster,
    name: { namespace: string; name: string },
    seen: Telemetry | undefined,
  ): Promise<void> {
    const states = await this.#store.statesOf({
      cluster: cluster.name,
      namespace: name.namespace,
      name: name.name,
    });
    if ((seen || states.length > 0) && !isAsKnown(seen, states)) {
      const object = await cluster.getTelemetry(name.namespace, name.name);
      await this.compare(cluster, states, object);
    }
  }

  /**
   * Compares what the portal knows of a name with the object that holds it.
   *
   * @param object - read after `states` were
   */
  async compare(
    cluster: MeshCluster,
    states: OverrideState[],
    object: Telemetry | undefined,
  ): Promise<void> {
    const uid = object?.metadata.uid;
    for (const state of states.filter(other => other.uid !== uid)) {
      await this.recordGone(state);
    }
    const state = states.find(other => other.uid === uid);
    if (object && (state || isPortalOwned(object))) {
      await this.#compareObject(cluster, state, object);
    }
  }

  async #compareObject(
    cluster: MeshCluster,
    state: OverrideState | undefined,
    object: Telemetry,
  ): Promise<void> {
    const changeId = changeIdOf(object);
    const change = changeId
      ? await this.#store.findByChange(changeId)
      : undefined;
    if (change?.outcome === 'pending') {
      return;
    }
    const content = telemetryContent(object);
    // What the API server refused, others can still write: the YAML is shown.
    const isOurs =
      change !== undefined &&
      (change.outcome === 'succeeded' || isGuessed(change));
    const isKnown =
      isPortalOwned(object) &&
      ((isOurs && change.content === content) || state?.content === content);
    const put = stateOf(cluster.name, object, state, this.#now().getTime());
    if (isOurs && change.outcome !== 'succeeded') {
      // Held for not written too early, and its writer died: the object tells.
      await this.#correct(change, {
        outcome: 'succeeded',
        how: 'written',
        uid: object.metadata.uid,
        response: { override: overrideView(object, false), warnings: [] },
        witnessed: true,
      });
    }
    if (isKnown) {
      await this.#store.putState(put);
      return;
    }
    await this.#changed(object, put, state);
  }

  async #changed(
    object: Telemetry,
    put: OverrideState,
    state: OverrideState | undefined,
  ): Promise<void> {
    const seen = {
      actor: outsideActor(object),
      message: explainChange(object, state),
      object,
    };
    const record = outsideChangeRecord(
      seen,
      { put, former: state },
      this.#now(),
    );
    const first = await this.#store.recordSeen(
      outsideKey(put),
      record,
      isPortalOwned(object) ? { put } : { forget: put },
    );
    if (first) {
      await this.#audit.seen(record);
      await this.#announcer.changedOutside(
        record,
        object.metadata.annotations?.[OVERRIDE_ANNOTATIONS.changedBy],
      );
    }
  }

  /** Records that an object is gone, unless the portal removed it or is about to. */
  async recordGone(state: OverrideState): Promise<void> {
    const pending = await this.#store.pendingFor(state);
    const isOurs = pending.some(
      record => isRemoval(record) && record.baseUid === state.uid,
    );
    if (isOurs) {
      return;
    }
    const late = await this.#lateRevert(state);
    if (late) {
      // A removal by others at the very time can't be told from it, and is as good.
      await this.#correct(late, {
        outcome: 'succeeded',
        how: 'removed',
        object: state,
        cause: 'seen-later',
        witnessed: true,
      });
      return;
    }
    const record = outsideDeleteRecord(
      {
        actor: OUTSIDE_ACTOR,
        message: 'The override was deleted outside of the portal',
      },
      state,
      this.#now(),
    );
    const first = await this.#store.recordSeen(removalKey(state), record, {
      forget: state,
    });
    if (first) {
      const setter = await actorOfChange(this.#store, state.changeId);
      await this.#audit.seen(record);
      await this.#announcer.changedOutside(record, setter);
    }
  }

  async #lateRevert(state: OverrideState): Promise<ChangeRecord | undefined> {
    const { cluster, namespace, workload } = state;
    const records = await this.#store.history({
      workloads: [{ cluster, namespace, ...workload }],
      limit: 50,
    });
    return lateRevert(records, state, this.#now());
  }

  /** Corrects what was concluded too early. */
  async #correct(record: ChangeRecord, settlement: Settlement): Promise<void> {
    if (await this.#store.settle(record.id, settlement)) {
      await this.#audit.settled((await this.#store.find(record.id)) ?? record);
    }
  }
}
