import type {
  EffectiveTracing,
  EffectiveTracingSide,
  OverrideView,
  Sourced,
  TracingResponse,
  TracingSource,
  WorkloadTracing,
  WorkloadView,
} from 'backstage-plugin-mesh-tracing-common';

const MESH: TracingSource = {
  kind: 'telemetry',
  namespace: 'istio-system',
  name: 'mesh-default-tracing',
  entry: 0,
  level: 'root',
};
const NAMESPACE: TracingSource = {
  kind: 'telemetry',
  namespace: 'shop',
  name: 'shop-tracing',
  entry: 0,
  level: 'namespace',
};
const WORKLOAD: TracingSource = {
  kind: 'telemetry',
  namespace: 'shop',
  name: 'checkout-tracing',
  entry: 0,
  level: 'workload',
};
const DEFAULT: TracingSource = { kind: 'built-in-default' };

function sourced<T>(
  value: T,
  source: TracingSource = DEFAULT,
  shadowed: Array<{ value: T; source: TracingSource }> = [],
): Sourced<T> {
  return { value, source, shadowed };
}

/** A side whose sampling every level sets: 50 % wins over 10, 1 and 1. */
export function effectiveSide(
  patch: Partial<EffectiveTracingSide> = {},
): EffectiveTracingSide {
  return {
    enabled: sourced(true, MESH),
    spanReporting: 'reported',
    provider: sourced(
      { name: 'jaeger', kind: 'opentelemetry', canTrace: true },
      MESH,
    ),
    samplingPercent: sourced(50, WORKLOAD, [
      { value: 10, source: NAMESPACE },
      { value: 1, source: MESH },
      { value: 1, source: DEFAULT },
    ]),
    samplingParts: 5_000,
    customTags: sourced(
      { team: { literal: { value: 'payments' } } },
      NAMESPACE,
    ),
    istioTags: sourced(true),
    useRequestId: sourced(true),
    disableContextPropagation: sourced(false),
    maxTagLength: sourced(256),
    ...patch,
  } as EffectiveTracingSide;
}

/** Effective tracing with three Telemetries in the chain, and one ignored. */
export function effectiveTracing(
  patch: Partial<EffectiveTracing> = {},
): EffectiveTracing {
  return {
    path: 'telemetry',
    client: effectiveSide(),
    server: effectiveSide(),
    chain: [
      {
        namespace: 'istio-system',
        name: 'mesh-default-tracing',
        level: 'root',
      },
      { namespace: 'shop', name: 'shop-tracing', level: 'namespace' },
      { namespace: 'shop', name: 'checkout-tracing', level: 'workload' },
    ],
    ignored: [
      {
        namespace: 'shop',
        name: 'old-shop-tracing',
        reason: 'older-namespace-wide',
        explanation:
          'An older namespace-wide Telemetry exists; only it counts.',
      },
    ],
    findings: [
      {
        severity: 'warning',
        code: 'two-namespace-wide',
        what: 'Two Telemetries claim the whole namespace shop.',
        whatToDo: 'Delete shop/old-shop-tracing.',
      },
    ],
    ...patch,
  };
}

/** A workload in the mesh. */
export function workloadView(patch: Partial<WorkloadView> = {}): WorkloadView {
  return {
    cluster: 'demo',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'checkout',
    proxy: 'sidecar',
    proxyVersion: '1.29.0',
    labels: { app: 'checkout' },
    podCount: 2,
    readyPodCount: 2,
    ...patch,
  };
}

/** A portal-owned override, live. */
export function overrideView(patch: Partial<OverrideView> = {}): OverrideView {
  return {
    namespace: 'shop',
    name: 'mesh-tracing.checkout',
    uid: 'uid-1',
    resourceVersion: '41',
    samplingPercent: 100,
    customTags: {},
    changedBy: 'user:default/olivia',
    reason: 'Hunting a slow checkout',
    expiresAt: new Date(Date.now() + 30 * 60_000).toISOString(),
    live: true,
    ...patch,
  };
}

/** One workload as the sampling view gets it. */
export function workloadTracing(
  patch: Partial<WorkloadTracing> = {},
): WorkloadTracing {
  return {
    workload: workloadView(),
    effective: effectiveTracing(),
    override: null,
    explanations: {
      path: 'shop/checkout is configured by istio-system/mesh-default-tracing, then shop/shop-tracing, then shop/checkout-tracing; later ones win.',
      'server.samplingPercent':
        '50 %, set by Telemetry shop/checkout-tracing (for this workload); it replaces 10 % from shop/shop-tracing.',
    },
    ...patch,
  };
}

/** The answer to an owner of one workload. */
export function tracingResponse(
  patch: Partial<TracingResponse> = {},
): TracingResponse {
  return {
    entityRef: 'component:default/checkout',
    workloads: [workloadTracing()],
    ability: {
      allowed: true,
      maxPercent: 100,
      maxDurationMs: 24 * 3_600_000,
      permanentAllowed: false,
      reasonRequired: true,
      maxCustomTags: 16,
      customTagKinds: ['literal', 'header', 'environment'],
      denyHeaders: ['authorization', 'cookie'],
      allowHeaders: ['x-routing-key'],
      allowEnvironment: ['EDGE_TOKEN_KIND'],
    },
    resources: {
      'demo/istio-system/mesh-default-tracing': telemetryYaml(
        'istio-system',
        'mesh-default-tracing',
        1,
      ),
      'demo/shop/shop-tracing': telemetryYaml('shop', 'shop-tracing', 10),
      'demo/shop/checkout-tracing': telemetryYaml(
        'shop',
        'checkout-tracing',
        50,
      ),
    },
    clusters: [
      { name: 'demo', state: 'synced', simulated: true, problems: [] },
    ],
    ...patch,
  };
}

/** A Telemetry that does nothing but sample. */
export function telemetryYaml(
  namespace: string,
  name: string,
  percent: number,
): string {
  return [
    'apiVersion: telemetry.istio.io/v1',
    'kind: Telemetry',
    'metadata:',
    `  name: ${name}`,
    `  namespace: ${namespace}`,
    'spec:',
    '  tracing:',
    `    - randomSamplingPercentage: ${percent}`,
    '',
  ].join('\n');
}
