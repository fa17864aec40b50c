import { randomUUID } from 'node:crypto';
import type http from 'node:http';
import {
  collectionsOf,
  telemetryOf,
  type Collection,
  type KubernetesObject,
} from './meshObjects';
import type { ScaleSize } from './ScaleSize';

/** Who follows a collection. */
export interface Watcher {
  response: http.ServerResponse;
  asMetadata: boolean;
}

const BOOKMARK_MS = 30_000;

/** One cluster: its collections, those of Telemetries kept, all others made anew. */
export class SimulatedCluster {
  readonly telemetries = new Map<string, KubernetesObject>();
  readonly #collections: Record<string, Collection>;
  readonly #watchers = new Map<string, Set<Watcher>>();
  #version = 1_000;

  constructor(readonly size: ScaleSize, readonly number: number) {
    this.#collections = collectionsOf(size, number);
    for (let i = 0; i < size.telemetries; i++) {
      if ((i % size.namespaces) % size.clusters === number) {
        this.put(telemetryOf(size, i, 5), 'ADDED');
      }
    }
  }

  get version(): number {
    return this.#version;
  }

  collection(plural: string): Collection | undefined {
    if (plural !== 'telemetries') {
      return this.#collections[plural];
    }
    const all = [...this.telemetries.values()];
    return { count: all.length, at: i => all[i] as KubernetesObject };
  }

  watch(plural: string, watcher: Watcher): void {
    const watchers = this.#watchers.get(plural) ?? new Set();
    this.#watchers.set(plural, watchers.add(watcher));
    const timer = setInterval(() => {
      this.#send(watcher, 'BOOKMARK', {
        metadata: { name: '', uid: '', resourceVersion: `${this.#version}` },
      });
    }, BOOKMARK_MS);
    watcher.response.on('close', () => {
      clearInterval(timer);
      watchers.delete(watcher);
    });
  }

  put(object: KubernetesObject, type: 'ADDED' | 'MODIFIED'): KubernetesObject {
    const stored = this.#withVersion(object);
    this.telemetries.set(keyOf(stored.metadata), stored);
    this.#tell('telemetries', type, stored);
    return stored;
  }

  remove(key: string): void {
    const object = this.telemetries.get(key);
    if (object) {
      this.telemetries.delete(key);
      this.#tell('telemetries', 'DELETED', this.#withVersion(object));
    }
  }

  touchPod(index: number): void {
    const pod = this.#collections.pods?.at(index);
    if (pod) {
      const labels = { ...pod.metadata.labels, touched: randomUUID() };
      const touched = { ...pod, metadata: { ...pod.metadata, labels } };
      this.#tell('pods', 'MODIFIED', this.#withVersion(touched));
    }
  }

  touchTelemetry(index: number): void {
    const object = [...this.telemetries.values()][index];
    if (object) {
      const tracing = [{ randomSamplingPercentage: (this.#version % 99) + 1 }];
      const spec = { ...(object.spec as object), tracing };
      this.put({ ...object, spec }, 'MODIFIED');
    }
  }

  #withVersion(object: KubernetesObject): KubernetesObject {
    this.#version += 1;
    const resourceVersion = `${this.#version}`;
    return { ...object, metadata: { ...object.metadata, resourceVersion } };
  }

  #tell(plural: string, type: string, object: KubernetesObject): void {
    for (const watcher of this.#watchers.get(plural) ?? []) {
      this.#send(watcher, type, object);
    }
  }

  #send(watcher: Watcher, type: string, object: KubernetesObject): void {
    const sent = watcher.asMetadata ? { metadata: object.metadata } : object;
    watcher.response.write(`${JSON.stringify({ type, object: sent })}\n`);
  }
}

/** `namespace/name`. */
export function keyOf({
  namespace,
  name,
}: KubernetesObject['metadata']): string {
  return `${namespace}/${name}`;
}
