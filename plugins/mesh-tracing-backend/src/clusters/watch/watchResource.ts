import { ApiServerError, type ApiStatus } from '../api/ApiServerError';
import type { ApiServerClient } from '../api/ApiServerClient';
import { networkError } from '../api/networkError';
import { readLines } from '../api/readLines';
import { selectorsOf } from './listResource';
import type { WatchedResource } from './WatchedResource';

/** One event of a watch. */
export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  object: unknown;
  resourceVersion: string | undefined;
}

/** From where a watch continues, and how long it may last and be silent. */
export interface WatchRequest {
  path: string;
  resourceVersion: string;
  /** The server ends the watch by itself after this time. */
  timeoutMs: number;
  /** Silence, bookmarks included, after which the connection is given up. */
  idleMs: number;
  signal: AbortSignal;
}

const MAX_EVENT_LENGTH = 16 * 1024 * 1024;
const AS_METADATA =
  'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json';

/**
 * Opens a watch; resolves when the server has accepted it. The events end when
 * the server ends the watch.
 *
 * @throws ApiServerError, from the events too: with status 410 when the
 *   resource version is too old, kind `timeout` when the connection is silent
 */
export async function watchResource(
  client: ApiServerClient,
  resource: WatchedResource<unknown>,
  request: WatchRequest,
): Promise<AsyncIterable<WatchEvent>> {
  const idle = new AbortController();
  const signal = AbortSignal.any([request.signal, idle.signal]);
  const stream = await client.stream({
    path: request.path,
    query: {
      ...selectorsOf(resource),
      watch: '1',
      allowWatchBookmarks: 'true',
      resourceVersion: request.resourceVersion,
      timeoutSeconds: Math.ceil(request.timeoutMs / 1000).toString(),
    },
    ...(resource.metadataOnly ? { accept: AS_METADATA } : {}),
    signal,
  });
  return readEvents(stream, idle, request.idleMs);
}

async function* readEvents(
  stream: AsyncIterable<Buffer>,
  idle: AbortController,
  idleMs: number,
): AsyncGenerator<WatchEvent> {
  const timer = setTimeout(() => idle.abort(), idleMs);
  try {
    for await (const line of readLines(stream, MAX_EVENT_LENGTH)) {
      timer.refresh();
      yield parseEvent(line);
    }
  } catch (error) {
    if (error instanceof ApiServerError) {
      throw error;
    }
    throw idle.signal.aborted
      ? new ApiServerError('timeout', `the watch was silent for ${idleMs} ms`)
      : networkError(error);
  } finally {
    clearTimeout(timer);
    idle.abort();
  }
}

function parseEvent(line: string): WatchEvent {
  let event: { type?: string; object?: unknown } | null;
  try {
    event = JSON.parse(line);
  } catch {
    throw new ApiServerError('unexpected', 'the watch sent something else');
  }
  const { type, object } = event ?? {};
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
    case 'BOOKMARK':
      return { type, object, resourceVersion: versionOf(object) };
    case 'ERROR': {
      const status = object as (ApiStatus & { code?: number }) | undefined;
      throw new ApiServerError(
        'refused',
        status?.message ?? 'the watch ended with an error',
        { statusCode: status?.code ?? 500, ...(status ? { status } : {}) },
      );
    }
    default:
      throw new ApiServerError('unexpected', 'the watch sent something else');
  }
}

function versionOf(object: unknown): string | undefined {
  return (object as { metadata?: { resourceVersion?: string } } | undefined)
    ?.metadata?.resourceVersion;
}
