import { isDeepStrictEqual } from 'node:util';
import {
  applyRequestSchema,
  overrideRequestSchema,
  revertRequestSchema,
} from 'backstage-plugin-mesh-tracing-common';
import fc from 'fast-check';
import { hostileText, mutated, shortText } from './hostileInput';
import { deepJson, pumpedTexts, wideObject } from './pumpedTexts';
import { anyScope, hostileWish, hostileWorkload } from './hostileWish';
import type { RouteName } from '../portal/startMeshTracing';

/** What is true in the portal, so that requests can be almost right. */
export interface KnownTruth {
  /** Of a preview of {@link KnownTruth.form}. */
  token: string;
  form: object;
  /** Of an override that stands. */
  uid: string;
  resourceVersion: string;
}

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
      workload: hostileWorkload,
      scope: anyScope,
      uid: fc.oneof(fc.constant(truth.uid), hostileText),
      resourceVersion: fc.oneof(fc.constant(truth.resourceVersion), shortText),
      reason: shortText,
    },
    { requiredKeys: ['workload', 'uid', 'resourceVersion'] },
  );
}

/** Texts of configuration: foreign ones, and what looks like a Telemetry. */
const hostileYaml = fc.record({
  text: fc.oneof(
    hostileText,
    fc.tuple(hostileText, hostileText).map(([name, value]) =>
      JSON.stringify({
        apiVersion: 'telemetry.istio.io/v1',
        kind: 'Telemetry',
        metadata: { name, namespace: 'shop' },
        spec: { tracing: [{ customTags: { [name]: value } }] },
      }),
    ),
    hostileText.map(text => `\`\`\`yaml\nmeshConfig: {"${text}": 1}\n\`\`\``),
  ),
});
/** Wishes for alerts, which may be right: they change nothing. */
function alertBody(
  besides: Record<string, fc.Arbitrary<unknown>>,
): fc.Arbitrary<object> {
  const number = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(0, 1, 5, 60, 99.9, 100, 1_440) },
    { weight: 1, arbitrary: fc.double() },
    { weight: 1, arbitrary: fc.constantFrom(-1, 1e308, 1e-9, '5', null) },
  );
  const part = (...names: string[]) =>
    fc.record(
      {
        ...Object.fromEntries(names.map(name => [name, number])),
        severity: fc.oneof(fc.constantFrom('critical', 'info'), hostileText),
      },
      { requiredKeys: [] },
    );
  const timing = ['windowMinutes', 'forMinutes'];
  return fc.record(
    {
      errorRate: part('maxPercent', 'leastRequests', ...timing),
      errorBudget: part('objectivePercent', 'periodDays', 'leastRequests'),
      latency: part('p95MaxMs', 'p99MaxMs', 'leastRequests', ...timing),
      lostSpans: part('maxPercent', ...timing),
      tracedShare: part('minPercent', ...timing),
      format: fc.oneof(fc.constant('rule-file'), hostileText),
      object: fc.record(
        {
          namespace: shortText,
          labels: fc.dictionary(shortText, shortText, { maxKeys: 4 }),
        },
        { requiredKeys: [] },
      ),
      ...besides,
    },
    { requiredKeys: [] },
  );
}

/** What is right in all is carried out, rightly; it is not sent. */
function isRight(route: RouteName, body: string, truth: KnownTruth): boolean {
  if (route === 'alertRules' || route === 'ownedAlertRules') {
    return false;
  }
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
    ...deepJson(40_000),
    ...deepJson(20_000).map(deep => `{"workload":${deep}}`),
    JSON.stringify(wideObject(10_000)),
    JSON.stringify({ customTags: wideObject(10_000) }),
    ...pumpedTexts(20_000).map(text => JSON.stringify({ [text]: text })),
    JSON.stringify({ reason: 'z'.repeat(300_000) }),
  ),
  hostileText,
);

/** Bodies for one route: almost right, spoilt, or no JSON; empty where it takes none. */
export function hostileBody(
  route: RouteName,
  truth: KnownTruth,
): fc.Arbitrary<string> {
  const almost = {
    preview: () => hostileWish,
    apply: () => applyBody(truth),
    revert: () => revertBody(truth),
    yamlCheck: () => hostileYaml,
    alertRules: () => alertBody({}),
    ownedAlertRules: () =>
      alertBody({
        owner: hostileText,
        entityRefs: fc.array(hostileText, { maxLength: 25 }),
      }),
  }[
    route as
      | 'preview'
      | 'apply'
      | 'revert'
      | 'yamlCheck'
      | 'alertRules'
      | 'ownedAlertRules'
  ];
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
