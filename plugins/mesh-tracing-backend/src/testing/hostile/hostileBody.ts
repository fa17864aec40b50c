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
  }[route as 'preview' | 'apply' | 'revert' | 'yamlCheck'];
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
