import { isDeepStrictEqual } from 'node:util';
import {
  type ApiRoute,
  apiRoutes,
  applyRequestSchema,
  overrideRequestSchema,
  revertRequestSchema,
} from 'backstage-plugin-mesh-tracing-common';
import fc from 'fast-check';
import { hostileText, mutated } from './hostileInput';
import { FRONTEND, overrideRequest } from './requests';
import { SHOP_TRACE_ID } from './exampleTraces';
import type { RouteName } from './startMeshTracing';

/** A request as it goes over the wire. */
export interface HostileRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** What is true in the portal, so that requests can be almost right. */
export interface KnownTruth {
  /** Of a preview of {@link KnownTruth.form}. */
  token: string;
  form: object;
  /** Of an override that stands. */
  uid: string;
  resourceVersion: string;
}

/** As {@link hostileText}, and short and long enough for most fields. */
export const shortText = hostileText.map(text => text.slice(0, 250) || ' ');

const tags = fc.dictionary(
  fc.oneof(shortText, fc.constantFrom('team', 'http.url', 'node_id')),
  fc.oneof(
    shortText.map(value => ({ literal: { value } })),
    shortText.map(name => ({ header: { name } })),
    fc
      .tuple(shortText, shortText)
      .map(([name, defaultValue]) => ({ environment: { name, defaultValue } })),
    shortText.map(value => ({ formatter: { value } })),
  ),
  { maxKeys: 4 },
);

const workload = fc.oneof(
  { weight: 4, arbitrary: fc.constant(FRONTEND) },
  fc.constant({ ...FRONTEND, name: 'payments' }),
  fc
    .tuple(fc.constantFrom(...Object.keys(FRONTEND)), hostileText)
    .map(([key, value]) => ({ ...FRONTEND, [key]: value })),
);

const scope = fc.constantFrom('workload', 'namespace', 'mesh');

/** Wishes that have the form of one: most pass the schema. */
export const hostileWish = fc
  .record(
    {
      workload,
      scope,
      samplingPercent: fc.oneof(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.constantFrom(null, 0, 100, -0, 5e-324),
      ),
      customTags: tags,
      disableSpanReporting: fc.boolean(),
      disableContextPropagation: fc.boolean(),
      provider: fc.oneof(shortText, fc.constant('jaeger')),
      expiresAt: fc.constantFrom(
        null,
        null,
        new Date(Date.now() + 3_600_000).toISOString(),
        new Date(Date.now() + 3_600_000).toISOString(),
        '9999-12-31T23:59:59Z',
        '0001-01-01T00:00:00Z',
        '2026-02-29T00:00:00Z',
        '2099-01-01T00:00:00.123456789+14:00',
        '1970-01-01T00:00:00-00:00',
      ),
      reason: shortText,
      acceptOtherWorkloads: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map(changes => overrideRequest(changes));

const requestId = fc.oneof(
  { weight: 9, arbitrary: fc.uuid({ version: 4 }) },
  { weight: 1, arbitrary: hostileText },
);

function applyBody(truth: KnownTruth): fc.Arbitrary<object> {
  const token = fc.oneof(
    fc.constantFrom(
      truth.token,
      truth.token,
      `${truth.token}x`,
      truth.token.replace('.', '..'),
      truth.token.slice(1),
      '.',
      'e30.e30',
    ),
    hostileText,
  );
  const override = fc.oneof(hostileWish, mutated(fc.constant(truth.form)));
  return fc.record(
    { override, token, requestId, confirmScope: hostileText },
    { requiredKeys: ['override', 'token', 'requestId'] },
  );
}

function revertBody(truth: KnownTruth): fc.Arbitrary<object> {
  return fc.record(
    {
      workload,
      scope,
      uid: fc.oneof(fc.constant(truth.uid), hostileText),
      resourceVersion: fc.oneof(fc.constant(truth.resourceVersion), shortText),
      reason: shortText,
    },
    { requiredKeys: ['workload', 'uid', 'resourceVersion'] },
  );
}

/** What is right in all is carried out, rightly; it is not sent. */
function isRight(route: RouteName, body: string, truth: KnownTruth): boolean {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return false;
  }
  if (route === 'apply') {
    const { data } = applyRequestSchema.safeParse(value);
    return (
      data?.token === truth.token &&
      isDeepStrictEqual(data.override, overrideRequestSchema.parse(truth.form))
    );
  }
  const { data } = revertRequestSchema.safeParse(value);
  return (
    data?.uid === truth.uid && data.resourceVersion === truth.resourceVersion
  );
}

/** Bodies that no schema sees: broken, mislabelled or too large. */
const rawBody = fc.oneof(
  fc.json({ maxDepth: 3 }),
  fc.constantFrom(
    '',
    '{',
    '[]',
    'null',
    '"text"',
    '1e999',
    '{"a":1,"a":2}',
    '\ufeff{}',
    '['.repeat(50_000),
    JSON.stringify({ reason: 'z'.repeat(300_000) }),
  ),
  hostileText,
);

const json = { 'content-type': 'application/json' };

const oddHeaders: fc.Arbitrary<Record<string, string>> = fc.constantFrom(
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-7' },
  { 'content-type': 'application/json; charset="' },
  { 'content-type': 'multipart/form-data; boundary=' },
  { 'content-type': 'application/__proto__' },
  { ...json, 'content-encoding': 'gzip' },
  { ...json, 'content-encoding': 'x'.repeat(100) },
  { ...json, accept: 'text/markdown' },
  { ...json, accept: '*/*;q=__proto__' },
  { ...json, 'x-forwarded-host': 'evil.example.com' },
  { ...json, 'x-http-method-override': 'DELETE' },
  { ...json, origin: 'null', 'if-none-match': '*' },
  { ...json, 'accept-language': '\u00ff'.repeat(200) },
);
const headers = fc.oneof(
  { weight: 9, arbitrary: fc.constant(json) },
  { weight: 1, arbitrary: oddHeaders },
);

/** Lone surrogates can't be written in a URL. */
function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

const entity = fc.oneof(
  { weight: 6, arbitrary: fc.constant('component/default/frontend') },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.nat(2), hostileText)
      .map(([index, text]) =>
        ['component', 'default', 'frontend']
          .map((part, at) => (at === index ? encoded(text) : part))
          .join('/'),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '../../../openapi.json/x/y',
      '%2e%2e/%2e%2e/frontend',
      'component/default/%',
      'component/default/%c0%af',
      'component//frontend',
      'Component/DEFAULT/Frontend',
      'component/default/hidden',
      'component/default/orphan',
      'component/default/unmapped',
      'group/default/storefront',
      '__proto__/constructor/prototype',
    ),
  },
);

const limitedText = shortText.map(text => text.slice(0, 300));
const duration = fc.double({ min: 0, max: 86_400_000_000, noNaN: true });

/** Parameters that mostly pass the schema. */
const fitting: Record<string, fc.Arbitrary<unknown>> = {
  startTimeMs: fc.integer({ min: 0, max: 1_800_000_000_000 }),
  endTimeMs: fc.integer({ min: 1_700_000_000_000, max: 4_102_444_800_000 }),
  operation: limitedText,
  kind: fc.constantFrom('server', 'client', 'internal'),
  errorsOnly: fc.boolean(),
  tag: fc.oneof(
    limitedText.map(text => `http.method=${text}`),
    limitedText.map(text => `${text}=GET`),
    limitedText,
  ),
  minSpanDurationUs: duration,
  maxSpanDurationUs: duration,
  minTraceDurationUs: duration,
  maxTraceDurationUs: duration,
  limit: fc.integer({ min: 1, max: 200 }),
  scope: fc.constantFrom('entity', 'namespace'),
  format: fc.constantFrom('json', 'markdown'),
  owner: fc.oneof(limitedText, fc.constant('user:default/olivia')),
};
const oddQuery = fc.constantFrom(
  'tag[__proto__]=x',
  'tag[constructor][prototype][x]=1',
  'startTimeMs[$gt]=1',
  'tag=a&tag=b&tag[]=c',
  'limit[]=1',
  'limit=201',
  '%ff=%ff',
  '&&=&=',
  'tag=a&'.repeat(40),
  `operation=${'o'.repeat(12_000)}`,
);

function parameter(name: string, value: unknown): string {
  return `${encoded(name)}=${encoded(String(value))}`;
}

function queryOf(route: RouteName): fc.Arbitrary<string> {
  const { query: schema }: ApiRoute = apiRoutes[route];
  const names = Object.keys(schema?.shape ?? {});
  const known = Object.entries(fitting).filter(([name]) =>
    names.includes(name),
  );
  const fit = fc
    .record(Object.fromEntries(known), { requiredKeys: [] })
    .map(values =>
      Object.entries(values)
        .map(([name, value]) => parameter(name, value))
        .join('&'),
    );
  const odd = fc.oneof(
    fc
      .tuple(fc.constantFrom('operation', ...names), hostileText)
      .map(([name, value]) => parameter(name, value)),
    fc
      .tuple(hostileText, hostileText)
      .map(([name, value]) => parameter(name, value)),
    oddQuery,
  );
  return fc
    .oneof(
      { weight: 5, arbitrary: fit },
      { weight: 2, arbitrary: odd },
      { weight: 1, arbitrary: fc.tuple(fit, odd).map(all => all.join('&')) },
    )
    .map(text => (text ? `?${text}` : ''));
}

const traceId = fc.oneof(
  fc.constantFrom(SHOP_TRACE_ID, SHOP_TRACE_ID.toUpperCase(), '0'.repeat(32)),
  hostileText.map(encoded),
);

function bodyOf(route: RouteName, truth: KnownTruth): fc.Arbitrary<string> {
  const almost = {
    preview: () => hostileWish,
    apply: () => applyBody(truth),
    revert: () => revertBody(truth),
  }[route as 'preview' | 'apply' | 'revert'];
  if (!almost) {
    return fc.constant('');
  }
  const bodies = fc.oneof(
    {
      weight: 10,
      arbitrary: almost().map(body => JSON.stringify(body)),
    },
    {
      weight: 8,
      arbitrary: mutated(almost()).map(body => JSON.stringify(body)),
    },
    { weight: 2, arbitrary: rawBody },
  );
  return bodies.filter(body => !isRight(route, body, truth));
}

/** Requests to one route, by someone who may use it and means no good. */
export function hostileRequests(
  route: RouteName,
  truth: KnownTruth,
): fc.Arbitrary<HostileRequest> {
  const { method, path }: ApiRoute = apiRoutes[route];
  const hasBody = 'body' in apiRoutes[route];
  return fc
    .record({
      entity,
      traceId,
      query: hasBody
        ? fc.oneof({ weight: 9, arbitrary: fc.constant('') }, queryOf(route))
        : queryOf(route),
      headers,
      body: bodyOf(route, truth),
    })
    .map(parts => ({
      method: method.toUpperCase() as HostileRequest['method'],
      path: `/api/mesh-tracing${path
        .replace('{kind}/{namespace}/{name}', parts.entity)
        .replace('{traceId}', parts.traceId)}${parts.query}`,
      headers: hasBody ? parts.headers : withoutBody(parts.headers),
      ...(hasBody && { body: parts.body }),
    }));
}

function withoutBody(given: Record<string, string>): Record<string, string> {
  const { 'content-type': _, 'content-encoding': __, ...rest } = given;
  return rest;
}
