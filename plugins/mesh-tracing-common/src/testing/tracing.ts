import type { Workload } from '../workloads';
import {
  type EffectiveTracing,
  type MeshTracingInputs,
  resolveTracing,
  type Telemetry,
  type TelemetrySpec,
  type TracingProxy,
  type TracingService,
} from '../tracing';
import type { MeshConfig } from '../meshconfig';

/**
 * A mesh with one provider of each kind that the specifications of effective
 * tracing need.
 */
export const mesh: MeshConfig = {
  rootNamespace: 'istio-system',
  defaultProviders: { tracing: ['otel'] },
  extensionProviders: [
    { name: 'otel', opentelemetry: { service: 'otel.obs', port: 4317 } },
    {
      name: 'zipkin',
      zipkin: { service: 'zipkin.obs', port: 9411, maxTagLength: 100 },
    },
    { name: 'sky', skywalking: { service: 'sky.obs', port: 11800 } },
    { name: 'ls', lightstep: { service: 'ls.obs', port: 443 } },
    {
      name: 'dyn',
      opentelemetry: { service: 'otel.obs', http: {}, dynatraceSampler: {} },
    },
  ],
};

export const meshWithoutDefault: MeshConfig = {
  ...mesh,
  defaultProviders: {},
};

export function inputsOf(
  telemetries: Telemetry[],
  overrides: Partial<MeshTracingInputs> = {},
): MeshTracingInputs {
  return {
    meshConfig: mesh,
    meshConfigKnown: true,
    telemetries,
    istiod: { version: '1.31.0', environmentKnown: true },
    ...overrides,
  };
}

/** @param age - the higher, the newer */
export function telemetry(id: string, spec: TelemetrySpec, age = 0): Telemetry {
  const [namespace = '', name = ''] = id.split('/');
  const creationTimestamp = new Date(Date.UTC(2026, 0, 1 + age)).toISOString();
  return {
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    metadata: { namespace, name, creationTimestamp },
    spec,
  };
}

export function sidecar(overrides: Partial<TracingProxy> = {}): TracingProxy {
  return {
    kind: 'sidecar',
    namespace: 'shop',
    labels: { app: 'reviews' },
    version: '1.31.0',
    proxyConfig: {},
    ...overrides,
  };
}

export function waypoint(overrides: Partial<TracingProxy> = {}): TracingProxy {
  return sidecar({
    kind: 'waypoint',
    labels: {
      app: 'reviews',
      'gateway.networking.k8s.io/gateway-name': 'waypoint',
    },
    ...overrides,
  });
}

export function gateway(overrides: Partial<TracingProxy> = {}): TracingProxy {
  return sidecar({
    kind: 'gateway',
    labels: {
      app: 'reviews',
      'gateway.networking.k8s.io/gateway-name': 'edge',
    },
    ...overrides,
  });
}

export const reviews = { matchLabels: { app: 'reviews' } };

export const service: TracingService = {
  name: 'reviews',
  namespace: 'shop',
  registry: 'Kubernetes',
};

export function resolve(
  telemetries: Telemetry[],
  proxy: TracingProxy = sidecar(),
  overrides: Partial<MeshTracingInputs> = {},
  forService?: TracingService,
): EffectiveTracing {
  return resolveTracing(inputsOf(telemetries, overrides), proxy, forService);
}

export function codesOf(effective: EffectiveTracing): string[] {
  return effective.findings.map(finding => finding.code);
}

export function workload(overrides: Partial<Workload> = {}): Workload {
  return {
    cluster: 'lab',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'reviews',
    labels: { app: 'reviews' },
    ownerLabels: {},
    annotations: {},
    proxy: 'sidecar',
    proxyVersion: '1.31.0',
    proxyConfig: {},
    pods: [],
    ...overrides,
  };
}
