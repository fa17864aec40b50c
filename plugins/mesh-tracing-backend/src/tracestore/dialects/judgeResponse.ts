import {
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import type { StoreResponse } from '../http/StoreHttpClient';
import type { StoreStreamError } from 'backstage-plugin-mesh-tracing-common';
import { LimitRefusedError } from './LimitRefusedError';
import { UnexpectedAnswerError } from './UnexpectedAnswerError';
import { UnsupportedCombinationError } from './UnsupportedCombinationError';

/** What an answer means, if it is none of the failures. */
export type Outcome = 'ok' | 'not-found' | 'not-configured';

const MAX_TEXT = 300;

/** Whether the body looks like JSON, whatever its content type says. */
export function looksLikeJson(body: Uint8Array): boolean {
  for (const byte of body) {
    const isSpace = byte === 32 || (byte >= 9 && byte <= 13);
    if (!isSpace) {
      return byte === 123 || byte === 91;
    }
  }
  return false;
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/**
 * The message of an error: `errors[0].msg` (legacy), `error.message` (v3), or the
 * text itself. Jaeger sends its JSON errors as text/plain, so only the body
 * counts.
 */
export function errorText(body: Uint8Array): string {
  const head = body.subarray(0, 64 * 1024);
  const json = looksLikeJson(head) ? parse(head) : undefined;
  const errors = field(json, 'errors');
  const first = Array.isArray(errors) ? errors[0] : undefined;
  const message =
    field(first, 'msg') ??
    field(field(json, 'error'), 'message') ??
    field(json, 'message');
  const text =
    typeof message === 'string' ? message : Buffer.from(head).toString('utf8');
  return text.trim().replace(/\s+/g, ' ').slice(0, MAX_TEXT);
}

/** How stores refuse to return so many traces at once. */
const LIMIT_REFUSED =
  /search depth|max_search_depth|\blimit\b[^.]{0,40}(?:out of range|too large|exceed|greater than|must be)|result window is too large/i;

/** How Jaeger says of some storages, with status 500, that there is no such trace. */
const TRACE_NOT_FOUND = /\btrace not found\b|\bcode = NotFound\b/i;

/** Storage failures that the one who asks can mend. */
const FIXABLE: Array<[RegExp, string]> = [
  [
    /requires a service name|parameter 'service' is required/i,
    'its storage cannot search without a service name; name a service',
  ],
  [/archive span storage was not configured/i, 'it has no archive storage'],
];

/**
 * Tells what an answer of the query service means.
 *
 * @returns `not-found` for Jaeger's own 404: no such trace, or (v3) no match, and
 *   for the 500 that some of its storages make of it;
 *   `not-configured` for 501
 * @throws UnexpectedAnswerError when it is no answer of Jaeger's API (a web page,
 *   an unknown path): the dialect is wrong, or the URL;
 *   UnsupportedCombinationError; LimitRefusedError; InputError; NotAllowedError;
 *   ServiceUnavailableError
 */
export function judgeResponse(store: string, response: StoreResponse): Outcome {
  const { status, body } = response;
  const isJson = looksLikeJson(body);
  if (status >= 200 && status < 300) {
    if (!isJson) {
      throw new UnexpectedAnswerError(store, response);
    }
    return 'ok';
  }
  const text = errorText(body);
  if (status === 401 || status === 403 || status === 407) {
    throw refused(store, status, text);
  }
  if (status === 404 || status === 405) {
    if (!isJson) {
      throw new UnexpectedAnswerError(store, response);
    }
    return 'not-found';
  }
  if (status === 501) {
    return 'not-configured';
  }
  if (status === 500 && TRACE_NOT_FOUND.test(text)) {
    return 'not-found';
  }
  throw failure(store, status, text, isJson);
}

function refused(store: string, status: number, text: string): Error {
  if (/missing tenant header/i.test(text)) {
    return new NotAllowedError(
      `Trace store '${store}' wants a tenant; set 'tenant' in its configuration`,
    );
  }
  if (/unknown tenant/i.test(text)) {
    return new NotAllowedError(
      `Trace store '${store}' does not know the configured tenant; check 'tenant.value' in its configuration`,
    );
  }
  return new NotAllowedError(
    `Trace store '${store}' refuses the portal's credentials (status ${status}); check 'auth' and 'headers' in its configuration`,
  );
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
): Error {
  return failure(store, status, detail, true);
}

function failure(
  store: string,
  status: number,
  text: string,
  isJson: boolean,
): Error {
  if (/cannot query for duration and tags simultaneously/i.test(text)) {
    return new UnsupportedCombinationError(
      `Trace store '${store}' cannot filter by duration and tags together`,
    );
  }
  if (status !== 429 && LIMIT_REFUSED.test(text)) {
    return new LimitRefusedError(
      `Trace store '${store}' refuses the search: it does not return that many traces at once; ask for fewer`,
      mostOf(text),
    );
  }
  const fixable = FIXABLE.find(([pattern]) => pattern.test(text));
  if (fixable) {
    return new InputError(
      `Trace store '${store}' refuses the search: ${fixable[1]}`,
    );
  }
  if (status === 429) {
    return new ServiceUnavailableError(
      `Trace store '${store}' limits the rate of requests; try again later`,
    );
  }
  if (status >= 400 && status < 500) {
    const reason = isJson ? `: ${text}` : ` (status ${status})`;
    return new InputError(
      `Trace store '${store}' refuses the request${reason}`,
    );
  }
  const isGateway = status === 502 || status === 503 || status === 504;
  return new ServiceUnavailableError(
    isGateway
      ? `Trace store '${store}' is not available behind its proxy (status ${status}); check that it runs`
      : `Trace store '${store}' failed inside its storage (status ${status}); its log, and the portal's, say why`,
  );
}
