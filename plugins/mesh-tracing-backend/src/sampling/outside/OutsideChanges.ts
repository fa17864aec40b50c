import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  isPortalOwned,
  OVERRIDE_ANNOTATIONS,
  overrideView,
} from 'backstage-plugin-mesh-tracing-common';
import type { Telemetry } from 'backstage-plugin-mesh-tracing-common';
import type { MeshCluster } from 'backstage-plugin-mesh-tracing-node';
import { randomUUID } from 'node:crypto';
import { errorText } from '../../shared/errorText';
import type { MeshClusters } from '../../clusters';
import { findLateRevert, isGuessed } from './findLateRevert';
import type { OverrideAnnouncer } from '../announce/OverrideAnnouncer';
import {
  OUTSIDE_ACTOR,
  explainChange,
  isAsKnown,
  keyOf,
  outsideActor,
} from './outsideView';
import { endOf, removalKey, stateOf } from '../store/overrideState';
import type { SamplingAudit } from '../../audit';
import type {
  ChangeRecord,
  OverrideState,
  SamplingStore,
  Settlement,
} from '../store/SamplingStore';
import {
  changeIdOf,
  specYaml,
  telemetryContent,
} from '../model/telemetryContent';

/** It can't be told from a removal by others at the very time, and is as good. */
const SEEN_LATER =
  'Given up at first, as nothing was seen of it; the override was gone a little later';

/**
 * Sees what others do to the portal's objects, and writes it into the history
 * once. Nothing is changed back.
 *
 * The order of reading decides: first what the portal knows, then the object,
 * then the intents. A write of the portal stores its intent first, so whatever
 * the object shows beyond the known state is either an intent's or from outside.
 */
export class OutsideChanges {
  readonly #clusters: MeshClusters;
  readonly #store: SamplingStore;
  readonly #announcer: OverrideAnnouncer;
  readonly #audit: SamplingAudit;
  readonly #logger: LoggerService;
  readonly #now: () => Date;
  readonly #running = new Map<string, Promise<void>>();
  readonly #again = new Set<string>();

  static create(options: {
    clusters: MeshClusters;
    store: SamplingStore;
    announcer: OverrideAnnouncer;
    audit: SamplingAudit;
    logger: LoggerService;
    now?: () => Date;
  }): OutsideChanges {
    return new OutsideChanges(options);
  }

  private constructor(options: {
    clusters: MeshClusters;
    store: SamplingStore;
    announcer: OverrideAnnouncer;
    audit: SamplingAudit;
    logger: LoggerService;
    now?: () => Date;
  }) {
    this.#clusters = options.clusters;
    this.#store = options.store;
    this.#announcer = options.announcer;
    this.#audit = options.audit;
    this.#logger = options.logger;
    this.#now = options.now ?? (() => new Date());
  }

  /** Looks after each change of a cluster. Returns how to stop. */
  watch(): () => void {
    const stops = this.#clusters
      .list()
      .flatMap(
        cluster => cluster.subscribe?.(() => void this.#soon(cluster)) ?? [],
      );
    return () => stops.forEach(stop => stop());
  }

  /** Looks at all clusters now. */
  async run(): Promise<void> {
    await Promise.all(
      this.#clusters.list().map(cluster => this.#soon(cluster)),
    );
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
      await this.#compare(cluster, states, object);
    }
  }

  /** One look at a time; changes meanwhile lead to one more. Never rejects. */
  #soon(cluster: MeshCluster): Promise<void> {
    const running = this.#running.get(cluster.name);
    if (running) {
      this.#again.add(cluster.name);
      return running;
    }
    const look = this.#lookWhileAsked(cluster).finally(() =>
      this.#running.delete(cluster.name),
    );
    this.#running.set(cluster.name, look);
    return look;
  }

  async #lookWhileAsked(cluster: MeshCluster): Promise<void> {
    do {
      this.#again.delete(cluster.name);
      try {
        await this.#look(cluster);
      } catch (error) {
        this.#logger.warn(
          `The overrides of cluster ${
            cluster.name
          } could not be compared with what the portal knows: ${errorText(
            error,
          )}`,
        );
      }
    } while (this.#again.has(cluster.name));
  }

  async #look(cluster: MeshCluster): Promise<void> {
    const snapshot = cluster.snapshot();
    if (snapshot.state !== 'synced') {
      return;
    }
    const states = new Map<string, OverrideState[]>();
    for (const state of await this.#store.states(cluster.name)) {
      const key = `${state.namespace}/${state.name}`;
      states.set(key, [...(states.get(key) ?? []), state]);
    }
    const seen = new Map(
      snapshot.inputs.telemetries
        .filter(isPortalOwned)
        .map(telemetry => [keyOf(telemetry), telemetry]),
    );
    for (const key of new Set([...states.keys(), ...seen.keys()])) {
      const known = states.get(key) ?? [];
      if (!isAsKnown(seen.get(key), known)) {
        await this.#lookAt(cluster, key, known);
      }
    }
  }

  /** One object that can't be dealt with must not hide the others. */
  async #lookAt(
    cluster: MeshCluster,
    key: string,
    known: OverrideState[],
  ): Promise<void> {
    const [namespace = '', name = ''] = key.split('/');
    const object = await cluster.getTelemetry(namespace, name);
    try {
      await this.#compare(cluster, known, object);
    } catch (error) {
      this.#logger.warn(
        `Override ${key} in cluster ${
          cluster.name
        } could not be compared with what the portal knows: ${errorText(
          error,
        )}`,
      );
    }
  }

  async #compare(
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
      await this.#settle(change, {
        outcome: 'succeeded',
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
    const { uid, resourceVersion } = put;
    const record: ChangeRecord = {
      ...this.#event(put, 'outside-change'),
      actor: outsideActor(object),
      message: explainChange(object, state),
      uid,
      baseUid: state?.uid,
      baseChangeId: state?.changeId,
      expiresAt: endOf(object)?.toISOString(),
      before: state?.spec,
      after: specYaml(object),
    };
    const first = await this.#store.recordSeen(
      `outside|${put.cluster}|${put.namespace}|${uid}|${resourceVersion}`,
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
      ({ kind, baseUid }) =>
        (kind === 'revert' || kind === 'expire') && baseUid === state.uid,
    );
    if (isOurs) {
      return;
    }
    const late = await findLateRevert(this.#store, state, this.#now());
    if (late) {
      await this.#settle(late, {
        outcome: 'succeeded',
        message: SEEN_LATER,
        onceKey: removalKey(state),
        forget: state,
        witnessed: true,
      });
      return;
    }
    const record: ChangeRecord = {
      ...this.#event(state, 'outside-delete'),
      actor: OUTSIDE_ACTOR,
      message: 'The override was deleted outside of the portal',
      baseUid: state.uid,
      baseChangeId: state.changeId,
      before: state.spec,
    };
    const first = await this.#store.recordSeen(removalKey(state), record, {
      forget: state,
    });
    if (first) {
      const setter =
        state.changeId === undefined
          ? undefined
          : (await this.#store.findByChange(state.changeId))?.actor;
      await this.#audit.seen(record);
      await this.#announcer.changedOutside(record, setter);
    }
  }

  /** Corrects what was concluded too early. */
  async #settle(record: ChangeRecord, settlement: Settlement): Promise<void> {
    if (await this.#store.settle(record.id, settlement)) {
      await this.#audit.settled((await this.#store.find(record.id)) ?? record);
    }
  }

  #event(
    state: OverrideState,
    kind: 'outside-change' | 'outside-delete',
  ): Omit<ChangeRecord, 'actor'> {
    return {
      id: randomUUID(),
      atMs: this.#now().getTime(),
      kind,
      outcome: 'succeeded',
      entityRef: state.entityRef,
      workload: {
        cluster: state.cluster,
        namespace: state.namespace,
        ...state.workload,
      },
      telemetryName: state.name,
    };
  }
}
