import type { CustomTag } from '../telemetry/model';
import { checkCustomTags } from './checkCustomTags';
import type { CustomTagProxy } from './customTagRules';
import { DENIED_HEADERS } from './deniedHeaders';

const RULES = {
  max: 16,
  kinds: ['literal', 'header', 'environment', 'formatter'] as Array<
    'literal' | 'header' | 'environment' | 'formatter'
  >,
  denyHeaders: ['x-internal'],
};

const check = (name: string, tag: CustomTag, proxy: CustomTagProxy = {}) =>
  checkCustomTags({ [name]: tag }, RULES, proxy);
const formatter = (value: string) => check('t', { formatter: { value } });

describe('custom tags', () => {
  it.each([
    ['literal', { literal: { value: 'checkout' } }],
    ['header', { header: { name: 'x-tenant', defaultValue: 'none' } }],
    ['pseudo header', { header: { name: ':authority' } }],
    ['environment', { environment: { name: 'ISTIO_META_CLUSTER_ID' } }],
    [
      'formatter',
      {
        formatter: { value: '%REQ(X-TENANT?X-ORG):20%/%RESPONSE_CODE% 100%%' },
      },
    ],
  ])('of kind %s are fine', (_, tag) => {
    expect(check('team', tag)).toEqual({ problems: [], findings: [] });
  });

  it.each([
    'istio.mesh_id',
    'Istio.Anything',
    'http.url',
    'node_id',
    'response_flags',
    'guid:x-request-id',
    'error',
    'grpc.status_code',
    'http.request.method',
  ])('are not named %s, which the mesh uses itself', name => {
    expect(check(name, { literal: { value: '1' } }).problems).toMatchObject([
      { rule: 'custom-tag-reserved', field: `customTags.${name}` },
    ]);
  });

  it.each(['', ' ', ' a', 'a\n', 'a\u0000b'])('are not named %j', name => {
    expect(check(name, { literal: { value: '1' } }).problems).toMatchObject([
      { rule: 'custom-tag-name' },
    ]);
  });

  it.each([
    ...DENIED_HEADERS,
    'Authorization',
    'COOKIE',
    ' cookie',
    'x-internal',
  ])('never copy header %s, neither as header nor by a format', header => {
    expect(check('t', { header: { name: header } }).problems).not.toEqual([]);
    expect(formatter(`%REQ(${header})%`).problems).not.toEqual([]);
    expect(formatter(`%REQ(x-a?${header}):5%`).problems).not.toEqual([]);
    expect(formatter(`a%RESP(${header})%b`).problems).not.toEqual([]);
  });

  it.each([
    '%REQ(authorization',
    '%REQ()%',
    '%REQ%',
    '%REQ(a?b?c)%',
    '%req(x)%',
    '50%',
    '%UNKNOWN%',
    '%RESPONSE_CODE(authorization)%',
    "%CEL(request.headers['authorization'])%",
    '%DYNAMIC_METADATA(envoy.filters.http.jwt_authn)%',
    '%FILTER_STATE(x)%',
    '%ENVIRONMENT(SECRET)%',
    '%REQ_WITHOUT_QUERY(cookie)%',
    '',
    ' ',
    'x'.repeat(2000),
  ])(
    'do not have the format %j, which a proxy or a secret would suffer from',
    value => {
      expect(formatter(value).problems).toMatchObject([
        { rule: 'custom-tag-formatter', field: 'customTags.t.formatter.value' },
      ]);
    },
  );

  it('have exactly one kind, since none blocks the listener of the proxy', () => {
    for (const tag of [
      {},
      { literal: { value: 'a' }, header: { name: 'b' } },
    ]) {
      expect(check('t', tag).problems).toMatchObject([
        { rule: 'custom-tag-kind', field: 'customTags.t' },
      ]);
    }
  });

  it.each([
    [{ literal: { value: '' } }, 'customTags.t.literal.value'],
    [{ literal: {} }, 'customTags.t.literal.value'],
    [{ literal: { value: 'a\nb' } }, 'customTags.t.literal.value'],
    [{ header: { name: '' } }, 'customTags.t.header.name'],
    [{ header: { name: 'a b' } }, 'customTags.t.header.name'],
    [{ environment: {} }, 'customTags.t.environment.name'],
    [
      { header: { name: 'a', defaultValue: 'x'.repeat(1025) } },
      'customTags.t.header.defaultValue',
    ],
  ])('have values: %j', (tag, field) => {
    expect(check('t', tag).problems).toMatchObject([{ field }]);
  });

  it('with a format need proxies of 1.29', () => {
    const tag = { formatter: { value: '%RESPONSE_CODE%' } };
    expect(check('t', tag, { proxyVersion: '1.28.9' }).problems).toHaveLength(
      1,
    );
    expect(check('t', tag, { proxyVersion: '1.29.0' }).problems).toEqual([]);
    expect(check('t', tag, { proxyVersion: '2.0.0' }).problems).toEqual([]);
  });

  it('are warned of when they read like a secret, are long, or read a missing variable', () => {
    const codes = (tag: CustomTag, proxy: CustomTagProxy = {}) =>
      check('t', tag, proxy).findings.map(({ code }) => code);
    expect(codes({ header: { name: 'x-my-token' } })).toEqual([
      'custom-tag-looks-secret',
    ]);
    expect(codes({ environment: { name: 'DB_PASSWORD' } })).toEqual([
      'custom-tag-looks-secret',
    ]);
    expect(
      codes({ literal: { value: 'abcdef' } }, { maxTagLength: 5 }),
    ).toEqual(['custom-tag-long']);
    expect(
      codes({ environment: { name: 'TIER' } }, { proxyEnvironment: ['A'] }),
    ).toEqual(['custom-tag-variable-missing']);
    expect(
      codes(
        { environment: { name: 'TIER', defaultValue: 'x' } },
        { proxyEnvironment: ['A'] },
      ),
    ).toEqual([]);
  });
});
