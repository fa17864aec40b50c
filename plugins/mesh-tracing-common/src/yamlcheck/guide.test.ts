import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inputsOf, telemetry, workload } from '../testing/tracing';
import { checkText, inShort } from '../testing/yamlcheck/checkText';
import type { YamlCheckMesh } from './checkYaml';

const FOLDER = join(__dirname, '../../fixtures/guide-yaml');
const COLLECTOR = 'jaeger-collector.istio-system.svc.cluster.local';

/** A mesh whose provider is called as the guide calls it. */
const meshConfig = {
  defaultProviders: { tracing: ['jaeger'] },
  extensionProviders: [
    { name: 'jaeger', opentelemetry: { service: COLLECTOR, port: 4317 } },
  ],
};
const workloads = [
  workload({
    namespace: 'bookinfo',
    name: 'frontend',
    labels: { app: 'frontend', version: 'v1' },
  }),
  workload({
    namespace: 'production',
    name: 'payment-service',
    labels: { app: 'payment-service', version: 'v2' },
  }),
  workload({ namespace: 'debug-namespace', name: 'probe', labels: {} }),
];

/** A mesh of which nobody changed tracing yet. */
const fresh: YamlCheckMesh = {
  cluster: 'lab',
  inputs: inputsOf([], {
    meshConfig,
    knownServices: new Set([`${COLLECTOR}:4317`]),
  }),
  workloads,
};
/** The same with a Telemetry for the whole mesh, which is older than any pasted one. */
const settled: YamlCheckMesh = {
  ...fresh,
  inputs: {
    ...fresh.inputs,
    telemetries: [
      telemetry('istio-system/mesh-default', {
        tracing: [{ randomSamplingPercentage: 1 }],
      }),
    ],
  },
};

const guide = (name: string) => readFileSync(join(FOLDER, name), 'utf8');
const answers = (name: string, mesh: YamlCheckMesh) =>
  checkText(guide(name), mesh).documents.map(inShort);
const APPLICATIONS = ['frontend', 'details', 'reviews', 'ratings'];
const NOTHING = 'not-about-tracing';

/** For each block what is right, from what Istio, Envoy and Jaeger do. */
const RIGHT: Record<
  string,
  Array<readonly [string, string, string, string]>
> = {
  // A whole installation with a provider that is the default: it works, and the
  // profile for trying out samples everything.
  '01-operator.yaml': [
    [
      'istio-operator',
      'istio-with-tracing',
      'works',
      'mesh-config-whole operator-by-istioctl',
    ],
  ],
  // It runs, but its version has no support any more and its traces are in memory.
  '02-all-in-one.yaml': [
    [
      'workload',
      'jaeger',
      'works',
      'injection-off jaeger-in-memory jaeger-one',
    ],
    ['service', 'jaeger-collector', 'works', 'provider-service'],
    ['service', 'jaeger-query', 'no-effect', NOTHING],
  ],
  // Nobody reads the resource; if the old operator did, the collector would have
  // another name than the one that the provider sends to.
  '03-jaeger-production.yaml': [
    ['namespace', 'observability', 'no-effect', NOTHING],
    [
      'jaeger-operator',
      'jaeger-production',
      'cannot-work',
      'jaeger-collector-name jaeger-operator-retired',
    ],
  ],
  '04-mesh-sampling.yaml': [
    [
      'telemetry',
      'mesh-default-tracing',
      'ignored',
      'ignored-older-wins several-namespace-wide',
    ],
  ],
  // Its comment promises an exception for paths, of which the field knows nothing.
  '05-namespace-sampling.yaml': [
    ['telemetry', 'high-sampling', 'works', 'all-requests-traced'],
  ],
  '06-workload-sampling.yaml': [
    ['telemetry', 'critical-service-tracing', 'works', ''],
  ],
  // A list of headers for programmers, printed as if it were YAML.
  '07-headers.yaml': [
    ['trace-headers', '', 'cannot-work', 'headers-configure-nothing'],
  ],
  '08-sample-application.yaml': [
    ['namespace', 'bookinfo', 'works', 'injection-on'],
    ...APPLICATIONS.flatMap(name => [
      ['workload', name, 'no-effect', NOTHING] as const,
      ['service', name, 'no-effect', NOTHING] as const,
    ]),
    ['other', 'bookinfo-gateway', 'no-effect', NOTHING],
    ['other', 'bookinfo', 'no-effect', NOTHING],
  ],
  // It works, and puts people and unbounded values into traces.
  '09-span-attributes.yaml': [
    [
      'telemetry',
      'custom-span-attributes',
      'works',
      'all-requests-traced tag-of-path tag-of-person',
    ],
  ],
  // Length of a tag, old sampling and attributes: nothing of it is propagation. As
  // a file of its own it also takes the default provider away.
  '10-propagation.yaml': [
    [
      'istio-operator',
      '',
      'cannot-work',
      'mesh-config-drops-default mesh-config-whole no-default-provider no-propagation-setting operator-by-istioctl proxy-config-sampling resource-detectors-purpose tracing-off-by-omission',
    ],
  ],
  // The decision has fallen before the filter runs.
  '11-conditional-tracing.yaml': [
    [
      'envoy-filter',
      'conditional-tracing',
      'cannot-work',
      'envoy-filter-by-hand filter-after-decision',
    ],
  ],
  // Three of four alerts ask for metrics that nobody has, the other one for one of
  // Jaeger 1, and the last divides spans by requests.
  '12-alerts.yaml': [
    [
      'prometheus-rules',
      'jaeger-tracing-alerts',
      'cannot-work',
      'metric-of-jaeger-one metric-unknown metric-unknown metric-unknown spans-are-not-requests',
    ],
  ],
  // Its tags have names that Envoy uses, and an older Telemetry wins anyway.
  '13-reduced-overhead.yaml': [
    [
      'telemetry',
      'optimized-tracing',
      'ignored',
      'ignored-older-wins several-namespace-wide tag-name-reserved tag-name-reserved tag-of-path',
    ],
  ],
  // The first is ignored; the last samples the whole namespace, errors or not, and
  // the second then drops spans of those requests on their way.
  '14-production-sampling.yaml': [
    [
      'telemetry',
      'production-sampling',
      'ignored',
      'ignored-older-wins several-namespace-wide',
    ],
    ['telemetry', 'payment-service-sampling', 'works', ''],
    [
      'telemetry',
      'error-sampling',
      'works',
      'all-requests-traced error-sampling-misunderstood sampling-cuts-traces',
    ],
  ],
  '15-jaeger-resources.yaml': [
    [
      'jaeger-operator',
      'jaeger-production',
      'cannot-work',
      'jaeger-collector-name jaeger-operator-retired',
    ],
  ],
};

describe('a guide to tracing with Istio and Jaeger, block by block', () => {
  it('has an answer for each', () => {
    expect(Object.keys(RIGHT)).toEqual(readdirSync(FOLDER).sort());
  });

  it.each(Object.entries(RIGHT))('is answered right: %s', (name, right) => {
    expect(answers(name, settled)).toEqual(right);
  });

  it('has its mesh-wide Telemetry work where no older one is', () => {
    const { documents, outcomes } = checkText(
      guide('04-mesh-sampling.yaml'),
      fresh,
    );
    expect(documents.map(inShort)).toEqual([
      ['telemetry', 'mesh-default-tracing', 'works', ''],
    ]);
    expect(outcomes).toHaveLength(workloads.length);
    for (const { before, after } of outcomes) {
      expect(before.server).toMatchObject({
        samplingPercent: 1,
        customTags: [],
      });
      expect(after.server).toMatchObject({
        samplingPercent: 10,
        customTags: ['cluster', 'environment'],
      });
    }
  });

  it('says which Telemetry wins, and that it reaches nobody', () => {
    const [document] = checkText(
      guide('04-mesh-sampling.yaml'),
      settled,
    ).documents;
    expect(document?.placement).toEqual({
      reaches: 0,
      ignored: 'older-namespace-wide',
      instead: 'istio-system/mesh-default',
    });
  });

  it('says the percentage before and after for the workload that is meant', () => {
    const [document] = checkText(
      guide('06-workload-sampling.yaml'),
      settled,
    ).documents;
    expect(document?.placement).toEqual({ reaches: 1, level: 'workload' });
    expect(
      document?.outcomes.map(({ workload: { name }, before, after }) => [
        name,
        before.server?.samplingPercent,
        after.server?.samplingPercent,
        after.server?.customTags,
      ]),
    ).toEqual([['payment-service', 1, 50, ['service-tier', 'team']]]);
  });

  it('is off for everybody once the installation about propagation is applied alone', () => {
    const { outcomes } = checkText(guide('10-propagation.yaml'), settled);
    expect(outcomes.map(({ after }) => after.server?.spanReporting)).toEqual(
      workloads.map(() => 'no-provider'),
    );
  });

  it('is answered as a whole page, with the lines of the page', () => {
    const names = Object.keys(RIGHT);
    const page = names
      .map(name => `## ${name}\n\n\`\`\`yaml\n${guide(name)}\`\`\`\n`)
      .join('\n');
    const { documents } = checkText(page, settled);
    const lines = page.split('\n');
    expect(documents).toHaveLength(Object.values(RIGHT).flat().length);
    const resources = documents.filter(({ kind }) => kind !== 'trace-headers');
    expect(resources).toHaveLength(documents.length - 1);
    for (const { firstLine } of resources) {
      expect(lines[firstLine - 1]).toMatch(/^apiVersion: /);
    }
    for (const { firstLine, lastLine, resourceKind = '' } of documents) {
      const text = lines.slice(firstLine - 1, lastLine).join('\n');
      expect(text).toContain(resourceKind && `kind: ${resourceKind}`);
      expect(text).not.toContain('```');
    }
  });
});
