import fc from 'fast-check';
import { inputsOf, telemetry, workload } from '../testing/tracing';
import { atOnce, checkText } from '../testing/yamlcheck/checkText';
import { simulateTracing } from '../tracing';
import { formatYaml } from '../yaml';
import { readYamlText } from './checkYaml';
import { YAML_CHECK_LIMITS } from './limits';

const workloads = [
  workload(),
  workload({ name: 'ratings', labels: { app: 'ratings' } }),
];
const standing = [
  telemetry('istio-system/mesh', {
    tracing: [{ randomSamplingPercentage: 3 }],
  }),
  telemetry('shop/own', {
    selector: { matchLabels: { app: 'ratings' } },
    tracing: [{ randomSamplingPercentage: 7 }],
  }),
];
const mesh = { cluster: 'lab', inputs: inputsOf(standing), workloads };

const line = fc.oneof(
  fc.constantFrom(
    '---',
    '...',
    '```yaml',
    '```',
    'cat <<EOF',
    'EOF',
    '%YAML 1.1',
    'apiVersion: v1',
    'apiVersion: telemetry.istio.io/v1',
    'kind: Telemetry',
    'kind: ConfigMap',
    'kind: List',
    'items: [{kind: Telemetry}]',
    'metadata: {name: istio, namespace: shop}',
    'spec: {tracing: [{customTags: {a: {}}}]}',
    'spec: {tracing: {}}',
    'data: {mesh: "a: [", x: "groups:\\nexpr:"}',
    'extensionProviders: [{name: a, zipkin: []}, 5, null]',
    'defaultConfig: {tracing: {zipkin: {address: 5}}}',
    'groups: [{rules: [{expr: "a{b="}]}]',
    'x: &a [*a]',
    '__proto__: {meshConfig: 1}',
    'meshConfig: {__proto__: 1, constructor: 2}',
  ),
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const text = fc.array(line, { maxLength: 30 }).map(lines => lines.join('\n'));

const entry = fc.record(
  {
    randomSamplingPercentage: fc.integer({ min: 0, max: 100 }),
    disableSpanReporting: fc.boolean(),
    providers: fc.constantFrom('otel', 'zipkin').map(name => [{ name }]),
    match: fc.constantFrom(
      { mode: 'CLIENT' as const },
      { mode: 'SERVER' as const },
    ),
  },
  { requiredKeys: [] },
);
const pasted = fc.record({
  namespace: fc.constantFrom('shop', 'istio-system', 'other'),
  name: fc.constantFrom('own', 'mesh', 'fresh'),
  app: fc.constantFrom(undefined, 'reviews', 'ratings'),
  tracing: fc.array(entry, { minLength: 1, maxLength: 2 }),
});

describe('any text', () => {
  it('is answered, within the bounds, with lines that it has', () => {
    fc.assert(
      fc.property(text, given => {
        const { documents } = checkText(given, mesh);
        const lines = given.split(/\r\n|\n|\r/).length;
        expect(documents.length).toBeLessThanOrEqual(
          YAML_CHECK_LIMITS.documents,
        );
        for (const { firstLine, lastLine, findings } of documents) {
          expect(firstLine).toBeGreaterThanOrEqual(1);
          expect(lastLine).toBeLessThanOrEqual(lines);
          for (const finding of findings) {
            expect(finding.line ?? 1).toBeGreaterThanOrEqual(1);
            expect(finding.line ?? 1).toBeLessThanOrEqual(lines + 1);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of more documents than are looked at tells how many are left', () => {
    const many = 'a: b\n---\n'.repeat(YAML_CHECK_LIMITS.documents + 5);
    const { documents, documentsLeftOut } = atOnce(readYamlText(many));
    expect([documents.length, documentsLeftOut]).toEqual([
      YAML_CHECK_LIMITS.documents,
      5,
    ]);
  });

  it.each([
    [
      'aliases that expand',
      `a: &a [x, x, x, x]\n${Array.from(
        { length: 12 },
        (_, i) =>
          `b${i}: &b${i} [${'*a, '.repeat(9)}*${i ? `b${i - 1}` : 'a'}]`,
      ).join('\n')}\n${'c: [*b11, *b11]\n'.repeat(400)}`,
    ],
    ['values', `a: [${'1, '.repeat(YAML_CHECK_LIMITS.values)}1]`],
    ['levels', `a: ${'{b: '.repeat(100)}1${'}'.repeat(100)}`],
    ['brackets without end', '['.repeat(100_000)],
    ['an anchor within itself', 'a: &a [*a]'],
  ])('with too many %s is not looked into', (_, given) => {
    const [document] = checkText(given, mesh).documents;
    expect(document?.findings.map(({ code }) => code)).toEqual([
      expect.stringMatching(/^yaml-(?:unreadable|too-large)$/),
    ]);
  });
});

describe('a pasted Telemetry', () => {
  it('does to each workload what the engine of effective tracing says', () => {
    fc.assert(
      fc.property(pasted, ({ namespace, name, app, tracing }) => {
        const put = {
          apiVersion: 'telemetry.istio.io/v1',
          kind: 'Telemetry',
          metadata: { namespace, name },
          spec: {
            ...(app ? { selector: { matchLabels: { app } } } : {}),
            tracing,
          },
        };
        const expected = simulateTracing(mesh.inputs, workloads, { put });
        const { outcomes } = checkText(formatYaml(put), mesh);
        for (const { workload: ref, changedFields, after } of outcomes) {
          const same = expected.find(item => item.workload.name === ref.name);
          expect(changedFields).toEqual(same?.changedFields ?? []);
          const { server } = same?.after ?? {};
          expect(after.server).toMatchObject(
            server
              ? {
                  samplingPercent: server.samplingPercent.value,
                  spanReporting: server.spanReporting,
                }
              : {},
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is answered alike whatever stands in namespaces that are not the entity’s', () => {
    const hidden = [
      telemetry('secret/a', { tracing: [{ randomSamplingPercentage: 77 }] }),
      telemetry('secret/b', { tracing: [{ providers: [{ name: 'zipkin' }] }] }),
    ];
    const more = {
      ...mesh,
      inputs: inputsOf([...standing, ...hidden], {
        sidecars: [{ namespace: 'secret', name: 's', hosts: ['./*'] }],
        envoyFilters: [
          { namespace: 'secret', name: 'f', touches: ['tracing' as const] },
        ],
      }),
    };
    fc.assert(
      fc.property(
        pasted,
        fc.constantFrom('', 'rootNamespace: secret\n---\n'),
        fc.constantFrom('secret', undefined),
        ({ namespace, name, tracing }, config, other) => {
          const put = {
            apiVersion: 'telemetry.istio.io/v1',
            kind: 'Telemetry',
            metadata: { namespace: other ?? namespace, name },
            spec: { tracing },
          };
          const given = `${config}${formatYaml(put)}`;
          const less = {
            ...mesh,
            inputs: inputsOf(standing, { sidecars: [], envoyFilters: [] }),
          };
          expect(checkText(given, more)).toEqual(checkText(given, less));
        },
      ),
      { numRuns: 200 },
    );
  });
});
