import type { LoggerService } from '@backstage/backend-plugin-api';
import { isPortalOwned } from 'backstage-plugin-mesh-tracing-common';
import type { MeshCluster } from 'backstage-plugin-mesh-tracing-node';
import { errorText } from '../../shared/errorText';
import type { MeshClusters } from '../../clusters';
import type { OverrideState } from '../protocol/ChangeRecord';
import type { SamplingStore } from '../store/SamplingStore';
import type { OutsideRecorder } from './OutsideRecorder';
import { isAsKnown, keyOf } from './outsideView';

/** What OutsideChanges works with. */
export interface OutsideChangesOptions {
  clusters: MeshClusters;
  store: Pick<SamplingStore, 'states'>;
  recorder: Pick<OutsideRecorder, 'compare'>;
  logger: LoggerService;
}

/**
 * Looks for what others do to the portal's objects: after each change of a cluster,
 * and whenever it is asked to. What it finds, OutsideRecorder writes down.
 */
export class OutsideChanges {
  readonly #options: OutsideChangesOptions;
  readonly #running = new Map<string, Promise<void>>();
  readonly #again = new Set<string>();

  static create(options: OutsideChangesOptions): OutsideChanges {
    return new OutsideChanges(options);
  }

  private constructor(options: OutsideChangesOptions) {
    this.#options = options;
  }

  /** Looks after each change of a cluster. Returns how to stop. */
  watch(): () => void {
    const stops = this.#options.clusters
      .list()
      .flatMap(
        cluster => cluster.subscribe?.(() => void this.#soon(cluster)) ?? [],
      );
    return () => stops.forEach(stop => stop());
  }

  /** Looks at all clusters now. */
  async run(): Promise<void> {
    await Promise.all(
      this.#options.clusters.list().map(cluster => this.#soon(cluster)),
    );
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
        this.#options.logger.warn(
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
    for (const state of await this.#options.store.states(cluster.name)) {
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
    const { logger, recorder } = this.#options;
    const [namespace = '', name = ''] = key.split('/');
    const object = await cluster.getTelemetry(namespace, name);
    try {
      await recorder.compare(cluster, known, object);
    } catch (error) {
      logger.warn(
        `Override ${key} in cluster ${
          cluster.name
        } could not be compared with what the portal knows: ${errorText(
          error,
        )}`,
      );
    }
  }
}
