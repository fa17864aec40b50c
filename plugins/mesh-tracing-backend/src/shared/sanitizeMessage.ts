const CAUSE = /; caused by [\s\S]*$/;
const URL_WITH_SCHEME = /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>)]+/gi;
const IP_ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g;
const IPV6_ADDRESS = /\[[0-9a-f]*:[0-9a-f:.]+\](?::\d+)?/gi;
const HOST_AND_PORT =
  /\b(?:(?:[a-z0-9-]+\.)+[a-z0-9-]+:\d{1,5}|[a-z][a-z0-9-]*:\d{3,5})\b/gi;
const CREDENTIAL = /\b(bearer|basic)\s+[a-z0-9._~+/=-]{6,}/gi;

/**
 * Takes addresses, credentials and the texts of causes out of a message that
 * goes to a browser. What systems behind the portal say may hold the names of
 * storage hosts; the log keeps the whole.
 */
export function sanitizeMessage(message: string): string {
  return message
    .replace(CAUSE, '')
    .replace(CREDENTIAL, '$1 (hidden)')
    .replace(URL_WITH_SCHEME, '(address)')
    .replace(IP_ADDRESS, '(address)')
    .replace(IPV6_ADDRESS, '(address)')
    .replace(HOST_AND_PORT, '(address)')
    .slice(0, 2000);
}
