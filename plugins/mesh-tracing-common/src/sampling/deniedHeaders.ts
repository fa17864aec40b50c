/**
 * Request headers that carry credentials or sessions. A tag would copy them
 * into the trace store, where more people can read them than in the service.
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
  'x-goog-iap-jwt-assertion',
  'x-endpoint-api-userinfo',
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

const LOOKS_SECRET =
  /token|secret|passw|credential|session|auth(?!or(?!iz))|api-?key|cookie|signature|jwt/i;

/** Whether a name reads like that of something secret. @public */
export function looksSecret(name: string): boolean {
  return LOOKS_SECRET.test(name);
}

/** Header names are compared without regard to case and surrounding space. @public */
export function normalizeHeaderName(name: string): string {
  return name.trim().toLowerCase();
}

/** Whether tags may copy that header, by the built-in list and the site's. @public */
export function isDeniedHeader(name: string, denyHeaders: string[]): boolean {
  const normalized = normalizeHeaderName(name);
  return (
    DENIED_HEADERS.includes(normalized) ||
    denyHeaders.some(denied => normalizeHeaderName(denied) === normalized)
  );
}
