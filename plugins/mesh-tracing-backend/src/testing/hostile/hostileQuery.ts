import { type ApiRoute, apiRoutes } from 'backstage-plugin-mesh-tracing-common';
import fc from 'fast-check';
import { hostileText, shortText } from './hostileInput';
import { pumpedTexts } from './pumpedTexts';
import type { RouteName } from '../portal/startMeshTracing';

/** Text for a URL. Lone surrogates can't be written in a URL. */
export function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

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
  'limit=1&limit=2',
  'startTimeMs=1&startTimeMs=2',
  'owner=a&owner=b',
  'cursor=a&cursor=b',
  '%ed%a0%80=%ed%a0%80',
  `${'a[]=1&'.repeat(1_500)}x=1`,
  `tag${'[a]'.repeat(1_500)}=1`,
  ...pumpedTexts(1_200).flatMap(text => [
    `${encoded(text)}=1`,
    `operation=${encoded(text)}`,
    `tag=${encoded(text)}`,
  ]),
  `${'a.'.repeat(6_000)}=1`,
);

function parameter(name: string, value: unknown): string {
  return `${encoded(name)}=${encoded(String(value))}`;
}

/** Queries for one route, each with its question mark: fitting and odd. */
export function hostileQuery(route: RouteName): fc.Arbitrary<string> {
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
