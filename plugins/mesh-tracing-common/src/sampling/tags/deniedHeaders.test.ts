import fc from 'fast-check';
import {
  DENIED_HEADERS,
  headerRefusal,
  isAlwaysDeniedHeader,
} from './deniedHeaders';

const NONE = { denyHeaders: [] };

/** A name as some client or gateway would spell it. */
function spelled(words: string[]): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom('-', '_', '.'),
      fc.constantFrom(
        (word: string) => word,
        (word: string) => word.toUpperCase(),
        (word: string) => word.charAt(0).toUpperCase() + word.slice(1),
      ),
      fc.constantFrom('', ' '),
    )
    .map(
      ([separator, toCase, space]) =>
        space + words.map(toCase).join(separator) + space,
    );
}

const secretWords = fc.constantFrom(
  ['token'],
  ['accesstoken'],
  ['secret'],
  ['password'],
  ['passwd'],
  ['pwd'],
  ['passphrase'],
  ['authorization'],
  ['authorisation'],
  ['auth'],
  ['authentication'],
  ['oauth2'],
  ['cookie'],
  ['session'],
  ['session', 'id'],
  ['sid'],
  ['api', 'key'],
  ['apikey'],
  ['subscription', 'key'],
  ['access', 'key'],
  ['accesskey'],
  ['private', 'keys'],
  ['encryption', 'customer', 'key'],
  ['jwt'],
  ['jwe'],
  ['jwk'],
  ['macaroon'],
  ['wsse'],
  ['2fa'],
  ['verification', 'code'],
  ['assertion'],
  ['credential'],
  ['creds'],
  ['signature'],
  ['sig'],
  ['hmac', 'sha256'],
  ['csrf'],
  ['xsrf'],
  ['bearer'],
  ['otp'],
  ['pin'],
  ['userinfo'],
  ['client', 'cert'],
);
const plainWord = fc.constantFrom(
  'x',
  'acme',
  'user',
  'forwarded',
  'data',
  'v2',
);

describe('headers that a tag must not copy', () => {
  it('are all whose names look like a secret, however they are spelled', () => {
    fc.assert(
      fc.property(
        fc
          .tuple(
            fc.array(plainWord, { maxLength: 2 }),
            secretWords,
            fc.array(plainWord, { maxLength: 2 }),
          )
          .chain(parts => spelled(parts.flat())),
        name => {
          expect(headerRefusal(name, NONE)).toBeDefined();
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['x-api-key-id'],
    ['X-Token'],
    ['x-key'],
    ['keys'],
    ['x-jwk'],
    ['x-2fa-code'],
    ['x-verification-code'],
    ['x-otp'],
    ['user_key'],
    ['x-auth-key'],
    ['x-client-key'],
    ['x-amz-server-side-encryption-customer-key'],
    ['x-rapidapi-key'],
    ['x-auth-request-user-token'],
    ['x-auth-request-redirect'],
    ['x-remaining-token'],
    ['x-ratelimit-token'],
    ['x-ratelimit-secret-tokens'],
    ['x-session-ratelimit-tokens'],
    ['X-Shopify-Hmac-Sha256'],
    ['x-amz-credential'],
    ['x-ms-client-principal-session'],
    ['x-auth-user'],
    ['x-authentik-jwt'],
    ['x-webauth-token'],
    ['ssl-client-cert'],
    ['cf-access-client-secret'],
  ])('are for example %s', name => {
    expect(headerRefusal(name, NONE)).toBe('looks-secret');
  });

  it.each([
    'x-ms-client-principal',
    'X-WSSE',
    'x_macaroon',
    'Sec-WebSocket-Protocol',
  ])('are %s, whatever the site allows', name => {
    expect(headerRefusal(name, { denyHeaders: [], allowHeaders: [name] })).toBe(
      'built-in',
    );
  });

  it.each([
    ':authority',
    ':method',
    ':path',
    'host',
    'accept',
    'content-type',
    'user-agent',
    'x-author',
    'x-request-id',
    'x-correlation-id',
    'x-forwarded-for',
    'x-forwarded-proto',
    'x-b3-traceid',
    'traceparent',
    'x-envoy-attempt-count',
    'x-tenant',
    'x-customer-tier',
    'x-keyword',
    'x-shipping-zone',
    'x-passenger-count',
    'x-design-version',
    'x-opinion',
    'sec-fetch-site',
    'idempotency-key',
    'Idempotency_Key',
    'Sec-WebSocket-Key',
    'surrogate-key',
    'x-cache-key',
    'x-tenant-key',
    'x-partition-key',
    'X-Routing-Key',
    'x_shard_key',
    'x-correlation-key',
    'x-key-version',
    'x-turkey',
    'X-Auth-Request-User',
    'X-Auth-Request-Email',
    'x-authenticated-userid',
    'x-goog-authenticated-user-email',
    'x-ratelimit-remaining-tokens',
    'x-ratelimit-limit-tokens',
    'acme-ratelimit-tokens-remaining',
    'access-control-allow-credentials',
    'x-ms-client-principal-name',
  ])('are not: %s', name => {
    expect(headerRefusal(name, NONE)).toBeUndefined();
  });

  it('are those of the built-in list, whatever the site allows', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(...DENIED_HEADERS)
          .chain(name => spelled(name.split('-'))),
        name => {
          const rules = { denyHeaders: [], allowHeaders: [name] };
          expect(headerRefusal(name, rules)).toBe('built-in');
          expect(isAlwaysDeniedHeader(name)).toBe(true);
        },
      ),
    );
  });

  it('are those that the site denies, rather than those that it allows', () => {
    const both = { denyHeaders: ['X-Tenant'], allowHeaders: ['x-tenant'] };
    expect(headerRefusal('x_tenant', both)).toBe('site');
  });

  it('are not those that only look like a secret, where the site says so', () => {
    const rules = { denyHeaders: [], allowHeaders: ['X-Edge-Token'] };
    expect(headerRefusal('x-edge-token', NONE)).toBe('looks-secret');
    expect(headerRefusal('x-edge-token', rules)).toBeUndefined();
    expect(headerRefusal('x-edge-token-2', rules)).toBe('looks-secret');
  });
});
