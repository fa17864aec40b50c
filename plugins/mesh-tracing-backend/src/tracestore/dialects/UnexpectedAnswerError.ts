import { ServiceUnavailableError } from '@backstage/errors';
import type { StoreResponse } from '../http/StoreHttpClient';

function whatItIs({ status, body }: StoreResponse): string {
  const head = Buffer.from(body.subarray(0, 1024)).toString('utf8').trim();
  if (head.startsWith('<')) {
    return 'a web page';
  }
  if (/^[{[]/.test(head) && status >= 400) {
    return `JSON of something else (status ${status})`;
  }
  return head === '' ? 'an empty answer' : `something else (status ${status})`;
}

/**
 * The answer is not one of Jaeger's API: the path is unknown to this version or
 * look-alike, the base path is wrong, or a login page stands in front. Asking
 * again in another dialect may help.
 */
export class UnexpectedAnswerError extends ServiceUnavailableError {
  constructor(store: string, response: StoreResponse) {
    super(
      `Trace store '${store}' sent ${whatItIs(
        response,
      )} instead of Jaeger's JSON; check its URL and base path, and whether a login page stands in front of it`,
    );
  }
}
