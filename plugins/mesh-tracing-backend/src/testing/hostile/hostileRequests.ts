import { type ApiRoute, apiRoutes } from 'backstage-plugin-mesh-tracing-common';
import fc from 'fast-check';
import { hostileBody, type KnownTruth } from './hostileBody';
import { hostileText } from './hostileInput';
import { encoded, hostileQuery } from './hostileQuery';
import { SHOP_TRACE_ID } from '../portal/exampleTraces';
import type { RouteName } from '../portal/startMeshTracing';

/** A request as it goes over the wire. */
export interface HostileRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}
const json = { 'content-type': 'application/json' };

const oddHeaders: fc.Arbitrary<Record<string, string>> = fc.constantFrom(
  { 'content-type': 'text/plain' },
  { 'content-type': 'application/json; charset=utf-7' },
  { 'content-type': 'application/json; charset="' },
  { 'content-type': 'multipart/form-data; boundary=' },
  { 'content-type': 'application/__proto__' },
  { ...json, 'content-encoding': 'gzip' },
  { ...json, 'content-encoding': 'x'.repeat(100) },
  { ...json, 'content-encoding': 'a-'.repeat(2_000) },
  { 'content-type': `application/${'a.'.repeat(2_000)}` },
  { 'content-type': `application/json; ${'a=b;'.repeat(1_000)}` },
  { 'content-type': 'application/json; charset=latin1' },
  { 'content-type': 'application/x-www-form-urlencoded' },
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
      'component/default/cart%00',
      'component/default/%ed%a0%80',
      'component/default/cart%0d%0aset-cookie:%20x',
      `component/default/${'a.'.repeat(5_000)}`,
      `${'a-'.repeat(5_000)}/default/frontend`,
      'component/default/frontend%00',
      'component%00/default/frontend',
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
const traceId = fc.oneof(
  fc.constantFrom(SHOP_TRACE_ID, SHOP_TRACE_ID.toUpperCase(), '0'.repeat(32)),
  hostileText.map(encoded),
);
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
        ? fc.oneof(
            { weight: 9, arbitrary: fc.constant('') },
            hostileQuery(route),
          )
        : hostileQuery(route),
      headers,
      body: hostileBody(route, truth),
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
