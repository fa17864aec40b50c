/** Why a text is no address to send a request to. @public */
export type RequestUrlProblem =
  | 'empty'
  | 'too-long'
  | 'not-a-url'
  | 'not-http'
  | 'has-credentials';

/** An address, in the form that URLs have among programs, or why there is none. @public */
export type RequestUrl = { url: string } | { problem: RequestUrlProblem };

const MAX_LENGTH = 2_000;
const SCHEME = /^[a-z][a-z0-9+.-]{0,20}:\/\//i;

/**
 * Reads a host name or URL as people type it. The result is ASCII: all else is
 * percent-encoded, so that snippets can quote it. Credentials are refused, since a
 * recipe is copied and sent around.
 *
 * @param scheme - of a text that names none
 * @public
 */
export function parseRequestUrl(
  text: string,
  scheme: 'http' | 'https' = 'https',
): RequestUrl {
  const trimmed = text.trim();
  if (trimmed === '') {
    return { problem: 'empty' };
  }
  if (trimmed.length > MAX_LENGTH) {
    return { problem: 'too-long' };
  }
  let url: URL;
  try {
    url = new URL(SCHEME.test(trimmed) ? trimmed : `${scheme}://${trimmed}`);
  } catch {
    return { problem: 'not-a-url' };
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { problem: 'not-http' };
  }
  if (url.username !== '' || url.password !== '') {
    return { problem: 'has-credentials' };
  }
  // A part behind # is never sent.
  url.hash = '';
  return { url: url.href };
}
