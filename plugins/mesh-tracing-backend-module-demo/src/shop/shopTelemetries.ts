import {
  MANAGED_BY_LABEL,
  MANAGED_BY_VALUE,
  OVERRIDE_ANNOTATIONS,
  type ObjectMetadata,
  type Telemetry,
  type TelemetrySpec,
} from 'backstage-plugin-mesh-tracing-common';
import { rfc3339 } from '../shared/rfc3339';
import { ROOT_NAMESPACE } from '../shared/demoMesh';

const DAY_MS = 24 * 3600 * 1000;

interface Manifest {
  namespace: string;
  name: string;
  ageMs: number;
  manager: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  spec: TelemetrySpec;
}

const MANIFESTS: Manifest[] = [
  {
    namespace: ROOT_NAMESPACE,
    name: 'mesh-default',
    ageMs: 400 * DAY_MS,
    manager: 'kubectl-client-side-apply',
    spec: {
      tracing: [
        { providers: [{ name: 'jaeger' }], randomSamplingPercentage: 10 },
      ],
    },
  },
  {
    namespace: 'shop',
    name: 'shop-tracing',
    ageMs: 200 * DAY_MS,
    manager: 'kubectl-client-side-apply',
    spec: {
      tracing: [
        {
          randomSamplingPercentage: 5,
          customTags: { system: { literal: { value: 'online-shop' } } },
        },
      ],
    },
  },
  // Left over from an incident. Only the oldest namespace-wide one counts, so
  // this one does nothing.
  {
    namespace: 'shop',
    name: 'trace-everything',
    ageMs: 60 * DAY_MS,
    manager: 'kubectl-create',
    spec: { tracing: [{ randomSamplingPercentage: 100 }] },
  },
  {
    namespace: 'shop',
    name: 'checkout-tracing',
    ageMs: 90 * DAY_MS,
    manager: 'kubectl-client-side-apply',
    spec: {
      selector: { matchLabels: { app: 'checkout' } },
      tracing: [
        {
          randomSamplingPercentage: 50,
          customTags: {
            tenant: { header: { name: 'x-tenant', defaultValue: 'unknown' } },
            region: { environment: { name: 'CLUSTER_REGION' } },
          },
        },
      ],
    },
  },
  {
    namespace: 'shop',
    name: 'inventory-attempts',
    ageMs: 30 * DAY_MS,
    manager: 'kubectl-client-side-apply',
    spec: {
      selector: { matchLabels: { app: 'inventory' } },
      tracing: [
        {
          customTags: {
            'retry.attempt': { header: { name: 'x-envoy-attempt-count' } },
          },
        },
      ],
    },
  },
  {
    namespace: 'payments',
    name: 'fraud-check-tracing',
    ageMs: 120 * DAY_MS,
    manager: 'argocd-controller',
    labels: { 'app.kubernetes.io/instance': 'payments-mesh' },
    annotations: {
      'argocd.argoproj.io/tracking-id':
        'payments-mesh:telemetry.istio.io/Telemetry:payments/fraud-check-tracing',
    },
    spec: {
      selector: { matchLabels: { app: 'fraud-check' } },
      tracing: [
        {
          randomSamplingPercentage: 25,
          customTags: { 'data.class': { literal: { value: 'restricted' } } },
        },
      ],
    },
  },
  // The provider went away with the old collector: tracing is off by omission.
  {
    namespace: 'payments',
    name: 'ledger-tracing',
    ageMs: 300 * DAY_MS,
    manager: 'kubectl-client-side-apply',
    spec: {
      selector: { matchLabels: { app: 'ledger' } },
      tracing: [
        {
          providers: [{ name: 'zipkin-legacy' }],
          randomSamplingPercentage: 100,
        },
      ],
    },
  },
];

function settlementOverride(nowMs: number): Manifest {
  return {
    namespace: 'payments',
    name: 'mesh-tracing.settlement',
    ageMs: 75 * 60_000,
    manager: 'mesh-tracing',
    labels: { [MANAGED_BY_LABEL]: MANAGED_BY_VALUE },
    annotations: {
      [OVERRIDE_ANNOTATIONS.entity]: 'component:default/settlement',
      [OVERRIDE_ANNOTATIONS.changedBy]: 'user:default/max',
      [OVERRIDE_ANNOTATIONS.reason]: 'Settlements of the night run late',
      [OVERRIDE_ANNOTATIONS.expiresAt]: rfc3339(nowMs + 45 * 60_000),
    },
    spec: {
      selector: { matchLabels: { app: 'settlement', version: 'v1' } },
      tracing: [{ randomSamplingPercentage: 100 }],
    },
  };
}

function toTelemetry(manifest: Manifest, nowMs: number): Telemetry {
  const created = rfc3339(nowMs - manifest.ageMs);
  const metadata: ObjectMetadata = {
    name: manifest.name,
    namespace: manifest.namespace,
    creationTimestamp: created,
    labels: manifest.labels,
    annotations: manifest.annotations,
    managedFields: [
      { manager: manifest.manager, operation: 'Update', time: created },
    ],
  };
  return {
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    metadata,
    spec: structuredClone(manifest.spec),
  };
}

/** The Telemetries that the shop starts with. */
export function shopTelemetries(nowMs: number): Telemetry[] {
  return [...MANIFESTS, settlementOverride(nowMs)].map(manifest =>
    toTelemetry(manifest, nowMs),
  );
}
