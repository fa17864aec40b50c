import type { CustomTag } from '../../meshconfig';
import { checkCustomTags } from './checkCustomTags';
import type { CustomTagProxies } from './customTagRules';
import { DENIED_HEADERS } from './deniedHeaders';
import { testWorkload } from '../../testing/testWorkload';

const RULES = {
  max: 16,
  kinds: ['literal', 'header', 'environment', 'formatter'] as Array<
    'literal' | 'header' | 'environment' | 'formatter'
  >,
  denyHeaders: ['x-internal', 'x-idempotency-key'],
  allowHeaders: ['X-Edge-Token', 'x-internal', 'cookie'],
  allowEnvironment: ['EDGE_TOKEN_KIND'],
};

const check = (name: string, tag: CustomTag, proxies?: CustomTagProxies) =>
  checkCustomTags({ [name]: tag }, RULES, proxies);
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
    'X-Idempotency-Key',
    'Token',
    'X-User-Token',
    'X-Auth',
    'X_Session_Id',
    'x-acme-signature',
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

  it.each(['idempotency-key', 'x-edge-token', 'X-Edge-Token'])(
    'may copy header %s, which only looks like a secret',
    header => {
      expect(check('t', { header: { name: header } }).problems).toEqual([]);
      expect(formatter(`%REQ(${header})%`)).toEqual({
        problems: [],
        findings: [],
      });
    },
  );

  it('say where a site allows a header that only looks like a secret', () => {
    expect(check('t', { header: { name: 'x-shard-token' } }).problems).toEqual([
      {
        rule: 'custom-tag-header',
        allowed: false,
        message: expect.stringContaining(
          'meshTracing.sampling.customTags.allowHeaders',
        ),
        field: 'customTags.t.header.name',
      },
    ]);
  });

  it.each([':path', 'X-Envoy-Original-Path', 'referer', 'x-forwarded-uri'])(
    'are warned of when they copy the queries in %s',
    header => {
      for (const tag of [
        { header: { name: header } },
        { formatter: { value: `%REQ(x-tenant?${header}):99%` } },
      ]) {
        const { problems, findings } = check('t', tag);
        expect(problems).toEqual([]);
        expect(findings).toMatchObject([
          { severity: 'warning', code: 'custom-tag-query' },
        ]);
      }
    },
  );

  it.each([
    'Bearer abcdefgh1234',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x',
    'https://ada:hush@db.example/x',
    'password=hush',
  ])('are warned of when they hold the credential %j', text => {
    for (const tag of [
      { literal: { value: text } },
      { formatter: { value: `${text} %RESPONSE_CODE%` } },
    ]) {
      expect(check('t', tag).findings).toMatchObject([
        { code: 'custom-tag-looks-secret' },
      ]);
    }
  });

  it.each([
    'X-Auth-Request-Email',
    'x-auth-request-user',
    'x-auth-request-groups',
    'x-authenticated-userid',
    'x-goog-authenticated-user-email',
    'X-User-Id',
    'x_user_id',
    'x-userid',
    'x-user',
    'user-id',
    'x-user-email',
    'x-forwarded-user',
    'X-Forwarded-Email',
    'x-forwarded-preferred-username',
    'x-forwarded-groups',
    'x-remote-user',
    'x-remote-group',
    'x-remote-extra-scopes',
    'remote-user',
    'REMOTE_USER',
    'remote-email',
    'x-customer-id',
    'x-customerid',
    'x-account-number',
    'x-employee-id',
    'x-amzn-oidc-identity',
    'x-amzn-mtls-clientcert-subject',
    'x-ms-client-principal-id',
    'x-ms-client-principal-name',
    'tailscale-user-login',
    'tailscale-user-name',
    'cf-access-authenticated-user-email',
    'x-webauth-user',
    'x-authentik-username',
    'ssl-client-s-dn',
    'x-ssl-client-subject-dn',
    'x-consumer-username',
    'impersonate-user',
    'x-end-user',
    'iv-user',
    'sm_user',
    'oidc_claim_email',
    'x-hasura-user-id',
    'x-email',
    'x-phone-number',
    'from',
  ])('are warned of when they say by %s who the user is', header => {
    for (const tag of [
      { header: { name: header } },
      { formatter: { value: `%REQ(${header})%` } },
    ]) {
      expect(check('t', tag)).toMatchObject({
        problems: [],
        findings: [{ severity: 'warning', code: 'custom-tag-identity' }],
      });
    }
  });

  it.each([
    'user-agent',
    'x-user-agent',
    'x-user-tier',
    'x-customer-tier',
    'x-account-type',
    'x-tenant-id',
    'x-request-id',
    'x-forwarded-host',
    'x-service-name',
    'ce-subject',
    'x-phone-model',
  ])('are not warned of for header %s, which names nobody', header => {
    expect(check('t', { header: { name: header } })).toEqual({
      problems: [],
      findings: [],
    });
  });

  it.each([
    'DB_PASSWORD',
    'AWS_SECRET_ACCESS_KEY',
    'API_TOKEN',
    ' GITHUB_TOKEN',
    'STRIPE_KEY',
    'dbPassword',
    'dbPin',
    'PGPASSWORD',
    'MYSQL_PWD',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'DATABASE_URL',
    'REDIS_URI',
    'SENTRY_DSN',
    'AZURE_STORAGE_CONNECTION_STRING',
    'edge_token_kind',
  ])('never copy the variable %s, which is named like a secret', name => {
    const tag = { environment: { name, defaultValue: 'none' } };
    expect(check('t', tag)).toEqual({
      problems: [
        {
          rule: 'custom-tag-environment',
          allowed: false,
          message: expect.stringContaining(
            'meshTracing.sampling.customTags.allowEnvironment',
          ),
          field: 'customTags.t.environment.name',
        },
      ],
      findings: [],
    });
  });

  it.each([
    'EDGE_TOKEN_KIND',
    'JWT_POLICY',
    'POD_NAME',
    'ISTIO_META_CLUSTER_ID',
    'ISTIO_META_DNS_AUTO_ALLOCATE',
    'SERVICE_URL',
    'ROUTING_KEY',
    'AUTHOR',
    'KEYBOARD',
  ])('may copy the variable %s', name => {
    expect(check('t', { environment: { name } })).toEqual({
      problems: [],
      findings: [],
    });
  });

  it('are whole on each span, however long: only http.url is cut', () => {
    const long = (length: number, maxTagLength?: number) =>
      check(
        't',
        { literal: { value: 'x'.repeat(length) } },
        { workloads: [], maxTagLength },
      ).findings;
    expect(long(256)).toEqual([]);
    expect(long(64, 64)).toEqual([]);
    expect(long(65, 64)).toMatchObject([
      {
        severity: 'info',
        code: 'custom-tag-long',
        what: expect.stringMatching(/65 characters.* whole: .*64.*http\.url/),
      },
    ]);
  });

  describe('that read a variable of the proxy', () => {
    const workload = (name: string, ...pods: Array<string[] | undefined>) =>
      testWorkload(
        name,
        {},
        {
          pods: pods.map((proxyEnvironment, index) => ({
            name: `${name}-${index}`,
            labels: {},
            ready: true,
            ...(proxyEnvironment && { proxyEnvironment }),
          })),
        },
      );
    const missing = (
      workloads: CustomTagProxies['workloads'],
      defaultValue?: string,
    ) =>
      check('t', { environment: { name: 'TIER', defaultValue } }, { workloads })
        .findings;

    it('are warned of, once, where pods of any workload lack it', () => {
      expect(
        missing([
          workload('a', ['TIER'], ['OTHER']),
          workload('b', ['TIER']),
          workload('c', [], undefined),
        ]),
      ).toMatchObject([
        {
          code: 'custom-tag-variable-missing',
          what: expect.stringContaining(
            "'TIER' in 2 of 4 pods (shop/a-1, shop/c-0)",
          ),
        },
      ]);
    });

    it('are read from the waypoint before a workload without a proxy', () => {
      const proxy = { ...workload('wp', []), proxy: 'waypoint' as const };
      const behind = (name: string) => ({
        ...workload(name, undefined),
        proxy: 'none' as const,
        routes: [
          {
            to: { kind: 'Service' as const, namespace: 'shop', name },
            state: 'waypoint' as const,
            fromIngress: false,
            proxy,
          },
        ],
      });
      expect(missing([behind('a'), behind('b')])).toMatchObject([
        { what: expect.stringContaining("'TIER' in 1 of 1 pods (shop/wp-0)") },
      ]);
    });

    it('are fine where all have it, none is known, or a default stands in', () => {
      expect(missing([workload('a', ['TIER'], ['TIER', 'X'])])).toEqual([]);
      expect(missing([workload('a', undefined)])).toEqual([]);
      expect(missing([workload('a', [])], 'none')).toEqual([]);
    });
  });
});
