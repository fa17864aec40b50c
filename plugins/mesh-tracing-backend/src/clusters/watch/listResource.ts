import { ApiServerError } from '../api/ApiServerError';
import type { ApiServerClient } from '../api/ApiServerClient';
import type { WatchedResource } from './WatchedResource';

/** All objects of a collection as of one resource version. */
export interface ResourceList<T> {
  /** The first of the resource's paths (API versions) that the server serves. */
  path: string;
  resourceVersion: string;
  items: Map<string, T>;
}

/** Parsing a page blocks the event loop, so pages are small. */
const PAGE_SIZE = 100;
const GONE = 410;
const NOT_FOUND = 404;
const AS_METADATA =
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json';

interface ListBody {
  metadata?: { resourceVersion?: string; continue?: string };
  items?: unknown[];
}

/**
 * Reads a whole collection, page by page, keeping of each object only what
 * the resource selects.
 *
 * @throws ApiServerError; with status 404 when the server serves none of its paths
 */
export async function listResource<T>(
  client: ApiServerClient,
  resource: WatchedResource<T>,
  signal: AbortSignal,
): Promise<ResourceList<T>> {
  let notFound: unknown;
  for (const path of resource.paths) {
    try {
      return await listPath(client, resource, path, signal);
    } catch (error) {
      if (!hasStatus(error, NOT_FOUND)) {
        throw error;
      }
      notFound = error;
    }
  }
  throw notFound;
}

/**
 * Reads page by page. Kubernetes answers 410 to a continue token that is some
 * minutes old; a list that takes longer than that is read again in one piece.
 */
async function listPath<T>(
  client: ApiServerClient,
  resource: WatchedResource<T>,
  path: string,
  signal: AbortSignal,
): Promise<ResourceList<T>> {
  try {
    return await listPages(client, resource, path, PAGE_SIZE, signal);
  } catch (error) {
    if (!hasStatus(error, GONE)) {
      throw error;
    }
    return listPages(client, resource, path, undefined, signal);
  }
}

async function listPages<T>(
  client: ApiServerClient,
  resource: WatchedResource<T>,
  path: string,
  limit: number | undefined,
  signal: AbortSignal,
): Promise<ResourceList<T>> {
  const items = new Map<string, T>();
  let next: string | undefined;
  for (;;) {
    const { body } = await client.request({
      path,
      query: {
        ...selectorsOf(resource),
        limit: limit?.toString(),
        continue: next,
      },
      ...(resource.metadataOnly ? { accept: AS_METADATA } : {}),
      signal,
    });
    const page = body as ListBody | null;
    if (!Array.isArray(page?.items)) {
      throw new ApiServerError('unexpected', 'the answer is not a list');
    }
    for (const object of page.items) {
      const kept = resource.select(object);
      if (kept !== undefined) {
        items.set(objectKey(object), kept);
      }
    }
    next = page.metadata?.continue || undefined;
    if (!next) {
      return {
        path,
        resourceVersion: page.metadata?.resourceVersion ?? '',
        items,
      };
    }
  }
}

/** Namespace and name of an object, as one string. */
export function objectKey(object: unknown): string {
  const { metadata } = object as {
    metadata?: { namespace?: string; name?: string };
  };
  return `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
}

/**
 * Narrows a list to one object, or to some labels. RBAC rules with `resourceNames`
 * allow `list` and `watch` only with the selector of fields.
 */
export function selectorsOf(
  resource: WatchedResource<unknown>,
): Record<string, string> {
  const { objectName, labelSelector } = resource;
  return {
    ...(objectName ? { fieldSelector: `metadata.name=${objectName}` } : {}),
    ...(labelSelector ? { labelSelector } : {}),
  };
}

/** Whether the API server answered with this status. */
export function hasStatus(error: unknown, statusCode: number): boolean {
  return error instanceof ApiServerError && error.statusCode === statusCode;
}
