import {
  resolveTracing,
  type EffectiveTracing,
  type MeshTracingInputs,
  type Sourced,
  type Telemetry,
  type TracingField,
  type TracingProxy,
} from '../../src/tracing';
import { describeSource } from '../../src/tracing/explain/describeSource';
import {
  describeValue,
  explainTracing,
} from '../../src/tracing/explain/explainTracing';

const telemetries: Telemetry[] = [
  {
    metadata: {
      namespace: 'istio-system',
      name: 'mesh-default-tracing',
      creationTimestamp: '2026-01-05T08:00:00Z',
    },
    spec: {
      tracing: [
        {
          providers: [{ name: 'jaeger' }],
          randomSamplingPercentage: 10,
          customTags: { env: { literal: { value: 'prod' } } },
        },
      ],
    },
  },
  {
    metadata: {
      namespace: 'istio-system',
      name: 'checkout-boost',
      creationTimestamp: '2026-02-01T08:00:00Z',
    },
    spec: {
      selector: { matchLabels: { app: 'checkout' } },
      tracing: [{ randomSamplingPercentage: 100 }],
    },
  },
  {
    metadata: {
      namespace: 'production',
      name: 'namespace-tracing',
      creationTimestamp: '2026-02-10T08:00:00Z',
    },
    spec: { tracing: [{ randomSamplingPercentage: 20 }] },
  },
  {
    metadata: {
      namespace: 'production',
      name: 'team-tracing',
      creationTimestamp: '2026-03-01T08:00:00Z',
    },
    spec: { tracing: [{ randomSamplingPercentage: 75 }] },
  },
  {
    metadata: {
      namespace: 'production',
      name: 'critical-service-tracing',
      creationTimestamp: '2026-03-15T08:00:00Z',
    },
    spec: {
      selector: { matchLabels: { app: 'checkout' } },
      tracing: [
        {
          randomSamplingPercentage: 50,
          customTags: { tenant: { header: { name: 'x-tenant' } } },
        },
      ],
    },
  },
];

const inputs: MeshTracingInputs = {
  meshConfig: {
    rootNamespace: 'istio-system',
    extensionProviders: [
      {
        name: 'jaeger',
        opentelemetry: {
          service: 'jaeger-collector.istio-system.svc.cluster.local',
          port: 4317,
        },
      },
    ],
  },
  meshConfigKnown: true,
  telemetries,
  istiod: { version: '1.31.0', environmentKnown: true },
};

const checkout: TracingProxy = {
  kind: 'sidecar',
  namespace: 'production',
  labels: { app: 'checkout', version: 'v2' },
  version: '1.31.0',
  proxyConfig: { tracing: { sampling: 5 } },
};

/** The worked example of docs/effective-tracing.md, computed. */
export function effectiveTracingExample(): string {
  const effective = resolveTracing(inputs, checkout);
  return [
    'Five Telemetries, and the workload `production/checkout` with the labels `app=checkout, version=v2`, whose pods were started with `tracing.sampling: 5` in their ProxyConfig:',
    '',
    table(
      ['Telemetry', 'created', 'selector', 'percent', 'provider', 'tags'],
      telemetries.map(row),
    ),
    '',
    `What is effective, on both sides of the sidecar (${effective.chain.length} of the five take part):`,
    '',
    ladder(effective, 'samplingPercent', 'Sampling'),
    '',
    ladder(effective, 'provider', 'Provider'),
    '',
    ladder(effective, 'customTags', 'Custom tags'),
    '',
    'The same in sentences:',
    '',
    ...sentences(effective),
    '',
    'Ignored:',
    '',
    ...effective.ignored.map(
      ({ namespace, name, explanation }) =>
        `- \`${namespace}/${name}\`: ${explanation}`,
    ),
    '',
    'Findings:',
    '',
    ...effective.findings.map(
      ({ severity, code, what }) =>
        `- ${severity}, [${code}](findings.md#${code}): ${what}`,
    ),
  ].join('\n');
}

function row({ metadata, spec }: Telemetry): string[] {
  const [entry] = spec?.tracing ?? [];
  const labels = Object.entries(spec?.selector?.matchLabels ?? {});
  return [
    `\`${metadata.namespace}/${metadata.name}\``,
    metadata.creationTimestamp?.slice(0, 10) ?? '',
    labels.map(([key, value]) => `${key}=${value}`).join(', '),
    String(entry?.randomSamplingPercentage ?? ''),
    entry?.providers?.[0]?.name ?? '',
    Object.keys(entry?.customTags ?? {}).join(', '),
  ];
}

function ladder(
  effective: EffectiveTracing,
  field: TracingField,
  title: string,
): string {
  const sourced: Sourced<unknown> | undefined = effective.server?.[field];
  if (!sourced) return '';
  const rungs = [sourced, ...sourced.shadowed].map(({ value, source }, i) => {
    const text = describeValue(field, value);
    return [i === 0 ? `**${text}**` : `~~${text}~~`, describeSource(source)];
  });
  return table([title, 'from'], rungs);
}

function sentences(effective: EffectiveTracing): string[] {
  const all = explainTracing(effective, {
    namespace: 'production',
    name: 'checkout',
  });
  return ['path', 'server.samplingPercent', 'server.provider'].map(
    key => `- ${all[key]}`,
  );
}

/** A table with padded columns, as the formatter of this repository wants. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map(cells => cells[column]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const rule = widths.map(width => '-'.repeat(width));
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
