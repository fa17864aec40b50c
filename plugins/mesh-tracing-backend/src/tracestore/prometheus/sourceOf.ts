import type {
  MetricsNaming,
  RequestSource,
} from 'backstage-plugin-mesh-tracing-common';

/** What the configured metrics are made of. */
export function sourceOf({ metrics }: MetricsNaming): RequestSource {
  return metrics === 'istio'
    ? { kind: 'istio', counts: 'every-request' }
    : { kind: 'span-metrics', counts: 'traced-requests' };
}
