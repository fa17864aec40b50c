import type { JaegerDialect } from '../config/JaegerStoreConfig';
import type { StoreResponse } from '../http/readResponse';
import type { StoreHttpClient } from '../http/StoreHttpClient';
import { problemIn, storeError } from '../problems/StoreError';
import { looksLikeJson } from './answerWords';
import { judgeResponse } from './judgeResponse';

/** What a store's API can do. */
export interface StoreAbilities {
  /** How traces are searched. */
  search: JaegerDialect;
  /** Whether single traces are read through v3 (exact times, typed attributes). */
  detail: 'v3' | 'legacy';
}

/** Whether the API has the path, as far as an answer can tell. */
async function isPresent(
  client: StoreHttpClient,
  store: string,
  path: string,
): Promise<boolean> {
  const response = await client.get(path);
  try {
    const outcome = judgeResponse(store, response);
    return outcome === 'not-found'
      ? isJaegersNotFound(response)
      : looksLikeJson(response.body);
  } catch (error) {
    if (problemIn(error, 'unexpected-answer')) {
      return false;
    }
    return isJsonRefusal(response) || rethrow(error, response);
  }
}

/**
 * A gateway in front says "not found" in JSON of its own; v3's has `httpCode`, and
 * comes where a path is known but nothing matches.
 */
function isJaegersNotFound({ body }: StoreResponse): boolean {
  return /"httpCode"\s*:\s*404/.test(
    Buffer.from(body.subarray(0, 1024)).toString('utf8'),
  );
}

/** A 400 or 500 in Jaeger's own JSON proves that the path is there. */
function isJsonRefusal(response: StoreResponse): boolean {
  return (
    (response.status === 400 || response.status === 500) &&
    looksLikeJson(response.body)
  );
}

/** Some look-alikes answer 400 in text for paths that they do not have. */
function rethrow(error: unknown, response: StoreResponse): false {
  if (response.status === 400 || response.status === 422) {
    return false;
  }
  throw error;
}

function summariesProbe(nowMs: number): string {
  const query = new URLSearchParams({
    'query.startTimeMin': new Date(nowMs - 60_000).toISOString(),
    'query.startTimeMax': new Date(nowMs).toISOString(),
    'query.searchDepth': '1',
  });
  return `/api/v3/trace-summaries?${query}`;
}

/**
 * Finds out what a store speaks: trace summaries (Jaeger 2.19 and newer), else
 * legacy search (older Jaegers, and look-alikes), else v3 without attribute
 * filters.
 *
 * @throws ServiceUnavailableError when it speaks none of them, or is away;
 *   NotAllowedError when it refuses the credentials
 */
export async function probeDialect(
  client: StoreHttpClient,
  store: string,
  nowMs: number,
): Promise<StoreAbilities> {
  const hasV3 = await isPresent(client, store, '/api/v3/services');
  if (hasV3 && (await isPresent(client, store, summariesProbe(nowMs)))) {
    return { search: 'summaries', detail: 'v3' };
  }
  const detail = hasV3 ? 'v3' : 'legacy';
  if (await isPresent(client, store, '/api/services')) {
    return { search: 'legacy', detail };
  }
  if (hasV3) {
    return { search: 'v3', detail };
  }
  throw storeError(store, { code: 'no-dialect' });
}
