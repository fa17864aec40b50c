import { inputsOf, telemetry, workload } from '../testing/tracing';
import { checkText, inShort } from '../testing/yamlcheck/checkText';
import type { YamlCheckMesh } from './checkYaml';
import { yamlFindingCatalog } from './findings/yamlFindingCatalog';

const mesh: YamlCheckMesh = {
  cluster: 'lab',
  inputs: inputsOf(
    [
      telemetry('istio-system/mesh-default', {
        tracing: [{ randomSamplingPercentage: 1 }],
      }),
    ],
    { knownServices: new Set(['otel.obs:4317', 'zipkin.obs:9411']) },
  ),
  workloads: [workload()],
};
const resource = (
  apiVersion: string,
  kind: string,
  rest: object = {},
  metadata: object = {},
) =>
  JSON.stringify({
    apiVersion,
    kind,
    metadata: { name: 'a', namespace: 'shop', ...metadata },
    ...rest,
  });
const telemetryWith = (entry: object, spec: object = {}, metadata = {}) =>
  resource(
    'telemetry.istio.io/v1',
    'Telemetry',
    { spec: { tracing: [entry], ...spec } },
    metadata,
  );
const deployment = (spec: object, metadata: object = {}) =>
  resource('apps/v1', 'Deployment', { spec: { template: spec } }, metadata);
const namespace = (labels: object, more: object = {}) =>
  resource('v1', 'Namespace', {}, { labels, ...more });
const rules = (expr: string) =>
  JSON.stringify({ groups: [{ rules: [{ expr }] }] });
const providers = (...list: object[]) =>
  JSON.stringify({ extensionProviders: list });
const otlp = {
  receivers: { otlp: { protocols: { grpc: { endpoint: '0.0.0.0:4317' } } } },
};
const collector = (rest: object) => JSON.stringify({ ...otlp, ...rest });
const TRACES = {
  pipelines: { traces: { receivers: ['otlp'], exporters: ['debug'] } },
};
const LUA = 'type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua';

/** For each code a text that brings it. */
const CASES: Record<keyof typeof yamlFindingCatalog, string> = {
  'yaml-unreadable': 'a: b: c',
  'yaml-too-large': `a: "${'x'.repeat(140_000)}"`,
  'yaml-template': 'a: {{ .Values.x }}',
  'shell-variable':
    '#!/bin/sh\ncat <<EOF | kubectl apply -f -\nenableTracing: ${ON}\nEOF\n',
  'resource-name-missing': telemetryWith({}, {}, { name: undefined }),
  'namespace-assumed': telemetryWith({}, {}, { namespace: undefined }),
  'namespace-unknown': telemetryWith({}, {}, { namespace: undefined }),
  'not-about-tracing': resource('v1', 'Secret'),
  'headers-configure-nothing': '- x-b3-traceid\n- x-b3-spanid\n',
  'no-propagation-setting': '{"defaultConfig": {"propagation": "b3"}}',
  'refused-by-schema': telemetryWith({ sampling: 5 }),
  'refused-by-webhook': telemetryWith({ randomSamplingPercentage: 101 }),
  'webhook-warning': telemetryWith({}, { tracing: [{}, {}] }),
  'ignored-older-wins': telemetryWith({}, {}, { namespace: 'istio-system' }),
  'ignored-by-istio': telemetryWith(
    {},
    { selector: { matchLabels: { app: 'reviews' } } },
    { namespace: 'istio-system' },
  ),
  'telemetry-elsewhere': telemetryWith({}, {}, { namespace: 'other' }),
  'telemetry-without-tracing': resource('telemetry.istio.io/v1', 'Telemetry'),
  'telemetry-replaces': telemetryWith(
    {},
    {},
    { namespace: 'istio-system', name: 'mesh-default' },
  ),
  'all-requests-traced': telemetryWith({ randomSamplingPercentage: 100 }),
  'tag-of-path': telemetryWith({
    customTags: { p: { header: { name: ':path' } } },
  }),
  'tag-of-person': telemetryWith({
    customTags: { u: { header: { name: 'x-user-email' } } },
  }),
  'mesh-config-refused': '{"defaultConfig": {"statusPort": 99999}}',
  'unknown-field': '{"enableTracing": true, "zpkin": 1}',
  'misplaced-field': '{"defaultConfig": {"sampling": 10}}',
  'resource-detectors-misplaced':
    '{"defaultConfig": {"resource_detectors": {"environment": {}}}}',
  'resource-detectors-purpose': providers({
    name: 'otel',
    opentelemetry: { service: 'otel.obs', port: 1, resource_detectors: {} },
  }),
  'bootstrap-tracer':
    '{"defaultConfig": {"tracing": {"zipkin": {"address": "zipkin.obs:9411"}}}}',
  'proxy-config-sampling': '{"defaultConfig": {"tracing": {"sampling": 10}}}',
  'proxy-config-tags':
    '{"defaultConfig": {"tracing": {"customTags": {"a": {"literal": {"value": "b"}}}}}}',
  'provider-incomplete': providers({
    name: 'otel',
    opentelemetry: { port: 1 },
  }),
  'provider-of-several-kinds': providers({
    name: 'two',
    opentelemetry: { service: 'otel.obs', port: 1 },
    zipkin: { service: 'zipkin.obs', port: 1 },
  }),
  'provider-exports-twice': providers({
    name: 'otel',
    opentelemetry: { service: 'otel.obs', port: 1, http: {}, grpc: {} },
  }),
  'provider-port-missing': `${providers({
    name: 'own',
    zipkin: { service: 'a.shop.svc.cluster.local', port: 9411 },
  })}\n---\n${resource('v1', 'Service', { spec: { ports: [{ port: 80 }] } })}`,
  'provider-service': `${providers({
    name: 'own',
    zipkin: { service: 'a.shop.svc.cluster.local', port: 80 },
  })}\n---\n${resource('v1', 'Service', { spec: { ports: [{ port: 80 }] } })}`,
  'service-not-looked-up': providers({
    name: 'far',
    zipkin: { service: 'zipkin.secret.svc.cluster.local', port: 1 },
  }),
  'no-default-provider': providers({
    name: 'otel',
    opentelemetry: { service: 'otel.obs', port: 4317 },
  }),
  'mesh-config-whole': 'enableTracing: true',
  'mesh-config-drops-providers': 'enableTracing: true',
  'mesh-config-drops-default': 'enableTracing: true',
  'operator-by-istioctl': resource(
    'install.istio.io/v1alpha1',
    'IstioOperator',
    {
      spec: { profile: 'demo' },
    },
  ),
  'legacy-tracer-value':
    '{"global": {"tracer": {"zipkin": {"address": "z:1"}}}}',
  'trace-sampling-zero': '{"pilot": {"traceSampling": 0}}',
  'proxy-config-without-tracing': resource(
    'networking.istio.io/v1beta1',
    'ProxyConfig',
    { spec: { tracing: { sampling: 5 } } },
  ),
  'envoy-filter-by-hand': resource(
    'networking.istio.io/v1alpha3',
    'EnvoyFilter',
    {
      spec: { configPatches: [{ patch: { value: { tracing: {} } } }] },
    },
  ),
  'filter-after-decision': resource(
    'networking.istio.io/v1alpha3',
    'EnvoyFilter',
    {
      spec: {
        configPatches: [
          {
            applyTo: 'HTTP_FILTER',
            patch: {
              value: { '@type': LUA, inline_code: 'add("traceparent")' },
            },
          },
        ],
      },
    },
  ),
  'sidecar-egress': resource('networking.istio.io/v1', 'Sidecar', {
    spec: { egress: [{ hosts: ['./*'] }] },
  }),
  'retired-istio-resource': resource('config.istio.io/v1alpha2', 'rule'),
  'injection-on': namespace({ 'istio-injection': 'enabled' }),
  'injection-label-wrong': namespace({ 'istio-injection': 'true' }),
  'injection-label-misplaced': namespace(
    {},
    { annotations: { 'istio-injection': 'enabled' } },
  ),
  'injection-labels-conflict': namespace({
    'istio-injection': 'enabled',
    'istio.io/rev': 'canary',
  }),
  'injection-off': namespace({ 'istio-injection': 'disabled' }),
  'ambient-namespace': namespace({ 'istio.io/dataplane-mode': 'ambient' }),
  'annotation-unreadable': deployment({
    metadata: { annotations: { 'proxy.istio.io/config': 'a: b: c' } },
  }),
  'annotation-beaten': deployment({
    metadata: {
      annotations: { 'proxy.istio.io/config': 'tracing:\n  sampling: 5\n' },
    },
  }),
  'jaeger-operator-retired': resource('jaegertracing.io/v1', 'Jaeger'),
  'jaeger-collector-name': `${providers({
    name: 'jaeger',
    zipkin: { service: 'jaeger-collector.shop.svc.cluster.local', port: 9411 },
  })}\n---\n${resource('jaegertracing.io/v1', 'Jaeger')}`,
  'jaeger-one': deployment({
    spec: { containers: [{ image: 'jaegertracing/jaeger-collector:1.60' }] },
  }),
  'jaeger-in-memory': deployment({
    spec: { containers: [{ image: 'jaegertracing/all-in-one:1.60' }] },
  }),
  'collector-without-traces': collector({ service: { pipelines: {} } }),
  'collector-component-missing': collector({ service: TRACES }),
  'collector-component-removed': collector({
    exporters: { jaeger: {} },
    service: TRACES,
  }),
  'collector-listens-locally': JSON.stringify({
    receivers: { otlp: { protocols: { grpc: {} } } },
    exporters: { debug: {} },
    service: TRACES,
  }),
  'tail-sampling-spread': resource(
    'opentelemetry.io/v1beta1',
    'OpenTelemetryCollector',
    {
      spec: {
        replicas: 2,
        config: {
          ...otlp,
          processors: { tail_sampling: {} },
          service: TRACES,
        },
      },
    },
  ),
  'instrumentation-of-applications': resource(
    'opentelemetry.io/v1alpha1',
    'Instrumentation',
  ),
  'metric-unknown': rules(
    'rate(istio_request_duration_seconds_bucket[5m]) > 1',
  ),
  'metric-of-jaeger-one': rules('jaeger_collector_queue_length > 5'),
  'label-unknown': rules('rate(istio_requests_total{status="500"}[5m]) > 0'),
  'spans-are-not-requests': rules(
    'rate(otelcol_receiver_accepted_spans[5m]) / rate(istio_requests_total[5m])',
  ),
};

describe('each finding about a pasted text', () => {
  it.each(Object.entries(CASES))('is found: %s', (code, text) => {
    const several = {
      ...mesh,
      workloads: [workload(), workload({ namespace: 'x' })],
    };
    const { documents } = checkText(
      text,
      code === 'namespace-unknown' ? several : mesh,
    );
    const found = documents
      .flatMap(({ findings }) => findings)
      .find(finding => finding.code === code);
    const { severity } = yamlFindingCatalog[code as keyof typeof CASES];
    expect(found).toMatchObject({ severity });
    expect(found?.whatToDo).not.toBe('');
  });
});

const answer = (text: string, of: YamlCheckMesh | undefined = mesh) =>
  checkText(text, of).documents.map(inShort);

describe('a pasted text', () => {
  it('is applied in order: a provider that one document defines, the next one may name', () => {
    const config = providers({
      name: 'fresh',
      zipkin: { service: 'zipkin.obs', port: 9411 },
    });
    const names = telemetryWith({ providers: [{ name: 'fresh' }] });
    const [, after] = answer(`${config}\n---\n${names}`);
    expect(after?.[2]).toBe('works');
    const [before] = answer(`${names}\n---\n${config}`);
    expect(before).toEqual([
      'telemetry',
      'a',
      'cannot-work',
      'provider-unknown',
    ]);
  });

  it('of a ConfigMap has the lines of the mesh config within', () => {
    const text = [
      'apiVersion: v1',
      'kind: ConfigMap',
      'metadata:',
      '  name: istio',
      '  namespace: istio-system',
      'data:',
      '  mesh: |-',
      '    enableTracing: true',
      '    defaultConfig:',
      '      sampling: 10',
    ].join('\n');
    const [document] = checkText(text, mesh).documents;
    expect(document?.findings).toContainEqual(
      expect.objectContaining({ code: 'misplaced-field', line: 10 }),
    );
  });

  it('of kubectl get is as many documents as its list has items', () => {
    const item = telemetryWith({ randomSamplingPercentage: 5 });
    const list = `{"apiVersion": "v1", "kind": "List", "items": [${item},\n${item}]}`;
    expect(
      checkText(list, mesh).documents.map(({ firstLine, name }) => [
        firstLine,
        name,
      ]),
    ).toEqual([
      [1, 'a'],
      [2, 'a'],
    ]);
  });

  it('is a whole script, of which heredocs alone are read', () => {
    const text = [
      '#!/bin/bash',
      'set -e',
      "kubectl apply -f - <<'EOF'",
      ...telemetryWith({ randomSamplingPercentage: 5 }).split('\n'),
      'EOF',
      'cat > notes.txt <<END',
      'nothing here',
      'END',
    ].join('\n');
    const { documents } = checkText(text, mesh);
    expect(documents).toMatchObject([{ kind: 'telemetry', firstLine: 4 }]);
  });

  it('is a page, whose fences in lists lose their indentation', () => {
    const page = [
      '# Sampling',
      '1. Apply this:',
      '   ```yaml',
      '   enableTracing: true',
      '   rootNamespace: istio-system',
      '   ```',
      '```python',
      'apiVersion: x',
      '```',
    ].join('\n');
    expect(checkText(page, mesh).documents).toMatchObject([
      { kind: 'mesh-config', firstLine: 4, lastLine: 5 },
    ]);
  });

  it('with fences within a block of text of YAML stays YAML', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\ndata:\n  readme: |\n    ```yaml\n    a: b\n    ```\n';
    expect(answer(text)).toEqual([
      ['other', 'a', 'no-effect', 'not-about-tracing'],
    ]);
  });

  it('says that a workload without proxy would make no spans', () => {
    const text = deployment(
      { metadata: { annotations: { 'sidecar.istio.io/inject': 'false' } } },
      { name: 'reviews' },
    );
    const { outcomes } = checkText(text, mesh);
    expect(outcomes[0]?.before.path).toBe('telemetry');
    expect(outcomes[0]?.after.path).toBe('none');
  });

  it('that a Sidecar cuts off from the collector is told so', () => {
    const [document] = checkText(CASES['sidecar-egress'], mesh).documents;
    expect(document).toMatchObject({ verdict: 'cannot-work' });
    expect(document?.findings.map(({ code }) => code)).toContain(
      'sidecar-egress-hides-provider',
    );
  });

  it('is judged without a cluster, too', () => {
    expect(
      answer(telemetryWith({ randomSamplingPercentage: 5 }), undefined),
    ).toEqual([['telemetry', 'a', 'works', '']]);
  });
});
