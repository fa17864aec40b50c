import { ApiServerError } from '../api/ApiServerError';
import type { ApiServerClient } from '../api/ApiServerClient';
import { Backoff } from './Backoff';
import { ItemsByNamespace, namespaceOfKey } from './ItemsByNamespace';
import { hasStatus, listResource, objectKey } from './listResource';
import type { WatchedResource, WatchStatus } from './WatchedResource';
import {
  isBrokenConnection,
  isRefusal,
  isSilence,
  needsNewList,
  toApiServerError,
} from './watchErrors';
import { watchResource, type WatchEvent } from './watchResource';

/** Times of a watch, all in milliseconds. */
export interface WatchTimes {
  /** Delay after the first failure in a row. */
  backoffBaseMs: number;
  backoffMaxMs: number;
  /** Shortest delay while the API server refuses (403) or lacks (404) the resource. */
  refusedMs: number;
  /**
   * Silence after which a connection is given up. Kubernetes sends a bookmark
   * about once a minute, the first one sometimes after two.
   */
  idleMs: number;
  /**
   * The server is asked to end each watch after this time and a random part of half
   * of it, so that the watches of a cluster do not all end at the same moment.
   */
  lifeMs: number;
  /** A watch that ends sooner counts as failed, though it was opened. */
  shortMs: number;
}

/** Times that suit a real API server; tests use shorter ones. */
export const DEFAULT_WATCH_TIMES: WatchTimes = {
  backoffBaseMs: 500,
  backoffMaxMs: 15_000,
  refusedMs: 20_000,
  idleMs: 150_000,
  lifeMs: 300_000,
  shortMs: 1_000,
};

/** Is told what happens to a watch. */
export interface WatchListener {
  /** The kept content has changed: in one namespace, or anywhere when absent. */
  changed(namespace?: string): void;
  /** `status()` has changed; `recovered`: the resource can be read again. */
  statusChanged(recovered: boolean): void;
}

const GONE = 410;
const NOT_FOUND = 404;

/**
 * Holds what is kept of a collection and follows it: a list, then watches that go on
 * from the last resource version, and a new list where that is too old. A list
 * replaces the content as a whole; it stays while the API server is away.
 */
export class ResourceWatch<T> {
  readonly resource: WatchedResource<T>;
  readonly #client: ApiServerClient;
  readonly #times: WatchTimes;
  readonly #listener: WatchListener;
  readonly #backoff: Backoff;
  #items = new ItemsByNamespace<T>();
  #path: string | undefined;
  #resourceVersion: string | undefined;
  #listed = false;
  #listedAtMs = 0;
  #open = false;
  #asOfMs: number | undefined;
  #error: ApiServerError | undefined;
  /** Whether the server's last answer to a list was a refusal. */
  #isRefused = false;
  #stop: AbortController | undefined;
  #running: Promise<void> | undefined;

  static create<T>(options: {
    resource: WatchedResource<T>;
    client: ApiServerClient;
    listener: WatchListener;
    times?: WatchTimes;
  }): ResourceWatch<T> {
    return new ResourceWatch(options);
  }

  private constructor(options: {
    resource: WatchedResource<T>;
    client: ApiServerClient;
    listener: WatchListener;
    times?: WatchTimes;
  }) {
    this.resource = options.resource;
    this.#client = options.client;
    this.#listener = options.listener;
    this.#times = options.times ?? DEFAULT_WATCH_TIMES;
    this.#backoff = Backoff.create({
      baseMs: this.#times.backoffBaseMs,
      maxMs: this.#times.backoffMaxMs,
    });
  }

  start(): void {
    if (!this.#stop) {
      this.#stop = new AbortController();
      this.#running = this.#run(this.#stop.signal);
    }
  }

  async stop(): Promise<void> {
    this.#stop?.abort();
    await this.#running;
    this.#stop = undefined;
  }

  items(): Iterable<T> {
    return this.#items.all();
  }

  /** Those of one namespace. */
  itemsIn(namespace: string): Iterable<T> {
    return this.#items.in(namespace);
  }

  /** Namespaces with objects. */
  namespaces(): Iterable<string> {
    return this.#items.namespaces();
  }

  /** The collection path that the server serves; undefined before it is known. */
  get path(): string | undefined {
    return this.#path;
  }

  /** Whether the collection was ever listed, so that no objects means an empty one. */
  get isRead(): boolean {
    return this.#listed;
  }

  status(): WatchStatus {
    const asOfMs = this.#open ? Date.now() : this.#asOfMs;
    return { state: this.#state(), asOfMs, error: this.#error };
  }

  /** Ends a wait for the next attempt, for when the server is known to be back. */
  wake(): void {
    if (!isRefusal(this.#error)) {
      this.#backoff.wake();
    }
  }

  #state(): WatchStatus['state'] {
    if (this.#listed) {
      return this.#error ? 'stale' : 'synced';
    }
    // A server that goes away has not taken its refusal back.
    return this.#isRefused ? 'refused' : 'syncing';
  }

  async #run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (this.#resourceVersion === undefined) {
          await this.#list(signal);
        }
        await this.#follow(signal);
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        await this.#recover(toApiServerError(error), signal);
      }
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    const list = await listResource(this.#client, this.resource, signal);
    this.#path = list.path;
    this.#items = ItemsByNamespace.of(list.items);
    this.#resourceVersion = list.resourceVersion;
    this.#listed = true;
    this.#isRefused = false;
    this.#listedAtMs = Date.now();
    this.#asOfMs = this.#listedAtMs;
    this.#listener.changed();
  }

  /** One watch, from the present resource version to its end. */
  async #follow(signal: AbortSignal): Promise<void> {
    const { lifeMs, idleMs, shortMs } = this.#times;
    const events = await watchResource(this.#client, this.resource, {
      path: this.#path ?? '',
      resourceVersion: this.#resourceVersion ?? '',
      timeoutMs: lifeMs * (1 + Math.random() / 2),
      idleMs,
      signal,
    });
    const openedAtMs = Date.now();
    let lastHeardMs = openedAtMs;
    this.#open = true;
    this.#setError(undefined);
    const lasted = () => Date.now() - openedAtMs >= shortMs;
    try {
      for await (const event of events) {
        lastHeardMs = Date.now();
        this.#apply(event);
      }
      lastHeardMs = Date.now();
      if (!lasted()) {
        throw new ApiServerError('unexpected', 'the watch ended at once');
      }
    } catch (error) {
      if (!isSilence(error)) {
        lastHeardMs = Date.now();
      }
      // A connection that held and then broke is opened again without delay;
      // only if that fails, too, the content counts as stale.
      if (!lasted() || !isBrokenConnection(error)) {
        throw error;
      }
    } finally {
      this.#open = false;
      this.#asOfMs = lastHeardMs;
      if (lasted()) {
        this.#backoff.reset();
      }
    }
  }

  #apply({ type, object, resourceVersion }: WatchEvent): void {
    const key = objectKey(object);
    const kept =
      type === 'ADDED' || type === 'MODIFIED'
        ? this.resource.select(object)
        : undefined;
    if (resourceVersion) {
      this.#resourceVersion = resourceVersion;
    }
    if (type === 'BOOKMARK') {
      return;
    }
    if (kept === undefined) {
      if (this.#items.delete(key)) {
        this.#listener.changed(namespaceOfKey(key));
      }
      return;
    }
    // Most updates of pods and Deployments concern status that is not kept.
    const same = JSON.stringify(this.#items.get(key)) === JSON.stringify(kept);
    if (!same) {
      this.#items.set(key, kept);
      this.#listener.changed(namespaceOfKey(key));
    }
  }

  /** Decides from where to continue and when. */
  async #recover(error: ApiServerError, signal: AbortSignal): Promise<void> {
    const { shortMs, refusedMs } = this.#times;
    if (needsNewList(error)) {
      this.#resourceVersion = undefined;
    }
    const freshlyListed = Date.now() - this.#listedAtMs < shortMs;
    if (hasStatus(error, GONE) && !freshlyListed) {
      return;
    }
    if (hasStatus(error, NOT_FOUND)) {
      this.#forget();
    }
    this.#isRefused ||= isRefusal(error);
    this.#setError(error);
    const atLeastMs = isRefusal(error) ? refusedMs : error.retryAfterMs;
    await this.#backoff.wait(this.#backoff.next(atLeastMs), signal);
  }

  /** The server does not have the collection any more, so its objects are gone, too. */
  #forget(): void {
    this.#listed = false;
    this.#path = undefined;
    if (!this.#items.isEmpty) {
      this.#items = new ItemsByNamespace();
      this.#listener.changed();
    }
  }

  /** Views show the message, so another message of the same kind is told as well. */
  #setError(error: ApiServerError | undefined): void {
    const changed =
      error?.message !== this.#error?.message ||
      error?.kind !== this.#error?.kind;
    this.#error = error;
    if (changed) {
      this.#listener.statusChanged(error === undefined);
    }
  }
}
