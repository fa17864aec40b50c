import type { StoreStreamError } from 'backstage-plugin-mesh-tracing-common';
import type { StoreResponse } from '../http/readResponse';
import { storeError, type StoreError } from '../problems/StoreError';
import type { AnswerForm, StoreProblem } from '../problems/StoreProblem';
import { answerWords, looksLikeJson } from './answerWords';

/** What an answer means, if it is none of the failures. */
export type Outcome = 'ok' | 'not-found' | 'not-configured';

/** How stores refuse to return so many traces at once. */
const LIMIT_REFUSED =
  /search depth|max_search_depth|\blimit\b[^.]{0,40}(?:out of range|too large|exceed|greater than|must be)|result window is too large/i;

/** How Jaeger's in-memory storage refuses a number of traces. */
const IN_MEMORY =
  /search depth must be greater than 0 and less than max traces/i;

/** How Jaeger says of some storages, with status 500, that there is no such trace. */
const TRACE_NOT_FOUND = /\btrace not found\b|\bcode = NotFound\b/i;

/** Storage failures that the one who asks can mend. */
const FIXABLE: Array<[RegExp, StoreProblem]> = [
  [
    /requires a service name|parameter 'service' is required/i,
    { code: 'service-required' },
  ],
  [/archive span storage was not configured/i, { code: 'no-archive' }],
];

/**
 * Tells what an answer of the query service means.
 *
 * @returns `not-found` for Jaeger's own 404: no such trace, or (v3) no match, and
 *   for the 500 that some of its storages make of it;
 *   `not-configured` for 501
 * @throws a StoreError; `unexpected-answer` when it is no answer of Jaeger's API (a
 *   web page, an unknown path): the dialect is wrong, or the URL
 */
export function judgeResponse(store: string, response: StoreResponse): Outcome {
  const { status, body } = response;
  const isJson = looksLikeJson(body);
  if (status >= 200 && status < 300) {
    if (!isJson) {
      throw unexpectedAnswer(store, response);
    }
    return 'ok';
  }
  const text = answerWords(body);
  if (status === 401 || status === 403 || status === 407) {
    throw storeError(store, refusal(status, text));
  }
  if (status === 404 || status === 405) {
    if (!isJson) {
      throw unexpectedAnswer(store, response);
    }
    return 'not-found';
  }
  if (status === 501) {
    return 'not-configured';
  }
  if (status === 500 && TRACE_NOT_FOUND.test(text)) {
    return 'not-found';
  }
  throw storeError(store, failure(status, text, isJson));
}

/** The error of an answer that is none of Jaeger's API. */
export function unexpectedAnswer(
  store: string,
  { status, body }: Pick<StoreResponse, 'status' | 'body'>,
): StoreError {
  const form = formOf(status, body);
  return storeError(store, { code: 'unexpected-answer', status, form });
}

function formOf(status: number, body: Uint8Array): AnswerForm {
  const head = Buffer.from(body.subarray(0, 1024)).toString('utf8').trim();
  if (head.startsWith('<')) {
    return 'page';
  }
  if (/^[{[]/.test(head) && status >= 400) {
    return 'other-json';
  }
  return head === '' ? 'empty' : 'other';
}

function refusal(status: number, text: string): StoreProblem {
  if (/missing tenant header/i.test(text)) {
    return { code: 'tenant-missing' };
  }
  if (/unknown tenant/i.test(text)) {
    return { code: 'tenant-unknown' };
  }
  const settings = ['auth', 'headers'];
  return { code: 'credentials-refused', status, settings };
}

/** The limit that a refusal names: `out of range [0, 50]`, `less than 50`. */
function mostOf(text: string): number | undefined {
  const most =
    /out of range \[\d{1,9}, ?(\d{1,9})\]/i.exec(text)?.[1] ??
    /(?:at most|maximum(?: of)?|max(?:imum)? is|up to|\[) ?\[?(\d{1,9})\b/i.exec(
      text,
    )?.[1];
  return most && Number(most) > 0 ? Number(most) : undefined;
}

/**
 * The error of an answer that began well, which says in its body what went wrong.
 *
 * @returns the error that the same words with their own status are
 */
export function judgeStreamError(
  store: string,
  { status, detail }: StoreStreamError,
): StoreError {
  return storeError(store, failure(status, detail, true));
}

function failure(status: number, text: string, isJson: boolean): StoreProblem {
  if (/cannot query for duration and tags simultaneously/i.test(text)) {
    return { code: 'unsupported-combination' };
  }
  if (status !== 429 && LIMIT_REFUSED.test(text)) {
    const most = mostOf(text);
    return {
      code: 'limit-refused',
      most,
      ...(IN_MEMORY.test(text) ? { isInMemory: true } : {}),
    };
  }
  const fixable = FIXABLE.find(([pattern]) => pattern.test(text));
  if (fixable) {
    return fixable[1];
  }
  if (status === 429) {
    return { code: 'rate-limited' };
  }
  if (status >= 400 && status < 500) {
    return {
      code: 'request-refused',
      status,
      ...(isJson ? { detail: text } : {}),
    };
  }
  const isGateway = status === 502 || status === 503 || status === 504;
  return { code: isGateway ? 'behind-proxy' : 'storage-failed', status };
}
