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
  ['key'],
  ['keys'],
  ['jwt'],
  ['jwe'],
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
    ['X-Auth-Request-Email'],
    ['X-Shopify-Hmac-Sha256'],
    ['x-amz-credential'],
    ['x-ms-client-principal-session'],
  ])('are for example %s', name => {
    expect(headerRefusal(name, NONE)).toBe('looks-secret');
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
    const rules = { denyHeaders: [], allowHeaders: ['X-Routing-Key'] };
    expect(headerRefusal('x-routing-key', NONE)).toBe('looks-secret');
    expect(headerRefusal('x-routing-key', rules)).toBeUndefined();
    expect(headerRefusal('x-routing-key-2', rules)).toBe('looks-secret');
  });
});
