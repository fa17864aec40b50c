import type { ResourceWatch } from '../watch/ResourceWatch';
import type { WatchedResource } from '../watch/WatchedResource';
import type { IstiodFacts } from './describeIstiod';
import type { MeshConfigText } from './meshResources';
import type { SharedMeshConfig } from './readMeshConfig';

/**
 * Watches the ConfigMap that istiod's variable `SHARED_MESH_CONFIG` names, and
 * changes over when istiod's Deployment names another one.
 */
export class SharedConfigMapWatch {
  readonly #resource: (name: string) => WatchedResource<MeshConfigText>;
  readonly #watch: (
    resource: WatchedResource<MeshConfigText>,
  ) => ResourceWatch<MeshConfigText>;
  readonly #ended = new Set<Promise<void>>();
  #current: { name: string; watch: ResourceWatch<MeshConfigText> } | undefined;
  #namedElsewhere = false;
  #stopped = true;

  static create(options: {
    /** What to watch for a ConfigMap of this name. */
    resource: (name: string) => WatchedResource<MeshConfigText>;
    watch: (
      resource: WatchedResource<MeshConfigText>,
    ) => ResourceWatch<MeshConfigText>;
  }): SharedConfigMapWatch {
    return new SharedConfigMapWatch(options);
  }

  private constructor(options: {
    resource: (name: string) => WatchedResource<MeshConfigText>;
    watch: (
      resource: WatchedResource<MeshConfigText>,
    ) => ResourceWatch<MeshConfigText>;
  }) {
    this.#resource = options.resource;
    this.#watch = options.watch;
  }

  start(): void {
    this.#stopped = false;
    this.#current?.watch.start();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#end();
    await Promise.all(this.#ended);
  }

  /** To be called with each change of istiod's Deployment. */
  follow(istiod: IstiodFacts | undefined): void {
    const { name } = istiod?.sharedMeshConfig ?? {};
    this.#namedElsewhere =
      istiod?.sharedMeshConfig !== undefined && name === undefined;
    if (this.#stopped || name === this.#current?.name) {
      return;
    }
    this.#end();
    if (name !== undefined) {
      this.#current = { name, watch: this.#watch(this.#resource(name)) };
      this.#current.watch.start();
    }
  }

  /** The watch, if there is something to watch. */
  get watch(): ResourceWatch<MeshConfigText> | undefined {
    return this.#current?.watch;
  }

  content(): SharedMeshConfig {
    if (!this.#current) {
      return { state: this.#namedElsewhere ? 'unknown' : 'none' };
    }
    const { watch } = this.#current;
    if (!watch.isRead) {
      return { state: 'unknown' };
    }
    const [configMap] = watch.items();
    return { state: 'read', configMap };
  }

  #end(): void {
    const ending = this.#current?.watch.stop();
    this.#current = undefined;
    if (ending) {
      this.#ended.add(ending);
      ending.finally(() => this.#ended.delete(ending));
    }
  }
}
