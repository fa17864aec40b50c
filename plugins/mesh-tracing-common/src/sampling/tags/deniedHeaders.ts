import { looksSecret } from './looksSecret';
import { toWords } from './toWords';

/**
 * Headers that carry credentials or sessions. A tag would copy them into the
 * trace store, where more people can read them than in the service. No
 * configuration allows them.
 * @public
 */
export const DENIED_HEADERS: readonly string[] = [
  'authorization',
  'proxy-authorization',
  'authentication-info',
  'proxy-authenticate',
  'www-authenticate',
  'cookie',
  'cookie2',
  'set-cookie',
  'set-cookie2',
  'api-key',
  'apikey',
  'x-api-key',
  'x-apikey',
  'x-auth-token',
  'x-access-token',
  'x-id-token',
  'x-refresh-token',
  'x-session-token',
  'x-session-id',
  'x-csrf-token',
  'x-xsrf-token',
  'csrf-token',
  'x-amz-security-token',
  'x-amzn-oidc-accesstoken',
  'x-amzn-oidc-data',
  'x-forwarded-access-token',
  'x-forwarded-client-cert',
  'x-forwarded-authorization',
  'x-original-authorization',
  'x-authorization',
  'x-auth-request-access-token',
  'cf-access-jwt-assertion',
  'x-goog-api-key',
  'ocp-apim-subscription-key',
  'x-functions-key',
  'x-shopify-access-token',
  'x-goog-iap-jwt-assertion',
  'x-endpoint-api-userinfo',
  'x-ms-client-principal',
  'x-wsse',
  'x-macaroon',
  // Browsers can set no other header of a WebSocket, so that tokens travel here.
  'sec-websocket-protocol',
  'x-firebase-appcheck',
  'x-jwt-payload',
  'x-jwt-assertion',
  'x-ms-token-aad-access-token',
  'x-ms-token-aad-id-token',
  'x-vault-token',
  'x-gitlab-token',
  'x-github-token',
  'private-token',
  'x-hub-signature',
  'x-hub-signature-256',
  'dpop',
  'client-secret',
  'x-client-secret',
  'x-password',
];

/** Headers that are named like a secret and hold none. */
const HARMLESS_HEADERS: ReadonlySet<string> = new Set([
  // Its only value is `true` (Fetch standard).
  'access-control-allow-credentials',
]);

/** What a site says of headers. @public */
export interface HeaderRules {
  /** Never tags, besides the built-in list. */
  denyHeaders: readonly string[];
  /** May be tags although their names look like a secret. */
  allowHeaders?: readonly string[];
}

/**
 * Why a header must not become a tag: it is on the built-in list, on the site's,
 * or its name looks like a secret and the site has not said that it is none.
 * @public
 */
export type HeaderRefusal = 'built-in' | 'site' | 'looks-secret';

const BUILT_IN = new Set(DENIED_HEADERS.map(toWords));

/** Whether no configuration can allow tags to copy that header. @public */
export function isAlwaysDeniedHeader(name: string): boolean {
  return BUILT_IN.has(toWords(name));
}

/** Why tags may not copy that header; undefined when they may. @public */
export function headerRefusal(
  name: string,
  { denyHeaders, allowHeaders = [] }: HeaderRules,
): HeaderRefusal | undefined {
  const normalized = toWords(name);
  const isIn = (names: readonly string[]) =>
    names.some(other => toWords(other) === normalized);
  if (BUILT_IN.has(normalized)) {
    return 'built-in';
  }
  if (isIn(denyHeaders)) {
    return 'site';
  }
  return looksSecret(normalized) &&
    !HARMLESS_HEADERS.has(normalized) &&
    !isIn(allowHeaders)
    ? 'looks-secret'
    : undefined;
}

/** Why tags may not copy a header, in words without a full stop. */
export function headerProblem(
  name: string,
  rules: HeaderRules,
): string | undefined {
  const refusal = headerRefusal(name, rules);
  if (!refusal) {
    return undefined;
  }
  return refusal === 'looks-secret'
    ? `header '${name}' is named like a secret, which the tag would copy into the trace store; where it holds none, meshTracing.sampling.customTags.allowHeaders can allow it`
    : `header '${name}' may carry a secret, which the tag would copy into the trace store`;
}

/** Headers that hold addresses with their queries, and so what is in these. */
const QUERY_HEADERS: ReadonlySet<string> = new Set([
  ':path',
  'x-envoy-original-path',
  'x-forwarded-uri',
  'x-original-uri',
  'x-original-url',
  'x-rewrite-url',
  'referer',
  'location',
  'content-location',
]);

/** Whether a header holds an address, whose query may hold tokens. */
export function mayHoldQuery(name: string): boolean {
  return QUERY_HEADERS.has(toWords(name));
}
