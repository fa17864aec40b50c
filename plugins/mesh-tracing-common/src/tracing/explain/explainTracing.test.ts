import {
  meshWithoutDefault,
  resolve,
  reviews,
  sidecar,
  telemetry,
} from '../../testing/tracing';
import type { TelemetryTracing } from '../telemetry/Telemetry';
import { explainTracing } from './explainTracing';
import { formatPercent } from '../../shared/formatPercent';

const workload = { namespace: 'production', name: 'checkout' };

describe('explanations of effective tracing', () => {
  it('say in one sentence what is, who set it and what it replaces', () => {
    const effective = resolve([
      telemetry('istio-system/mesh-default-tracing', {
        tracing: [{ randomSamplingPercentage: 10 }],
      }),
      telemetry('shop/critical-service-tracing', {
        selector: reviews,
        tracing: [
          {
            randomSamplingPercentage: 50,
            customTags: { team: { literal: { value: 'x' } } },
          },
        ],
      }),
    ]);
    expect(explainTracing(effective, workload)).toMatchObject({
      path: 'production/checkout is configured by istio-system/mesh-default-tracing, then shop/critical-service-tracing; later ones win.',
      'server.samplingPercent':
        '50 %, set by Telemetry shop/critical-service-tracing (for this workload); it replaces 10 % from istio-system/mesh-default-tracing.',
      'server.provider':
        "Provider otel (opentelemetry), set by the mesh's default provider otel.",
      'server.customTags':
        'Custom tags team, set by Telemetry shop/critical-service-tracing (for this workload).',
      'client.enabled': "Tracing on, Istio's default.",
      'client.maxTagLength':
        "Paths in http.url cut after 256 characters, Istio's default.",
    });
  });

  it('say what was assumed', () => {
    const effective = resolve([], sidecar(), {
      meshConfig: meshWithoutDefault,
      istiod: { environmentKnown: false },
    });
    const sentences = explainTracing(effective, workload);
    expect(sentences.path).toContain('enableTracing');
    expect(sentences['server.samplingPercent']).toBe(
      "1 % (without effect, as no span leaves the proxy), set by istiod's default, assumed because its environment could not be read.",
    );
  });

  it('say why tracing is off', () => {
    const off = (...args: Parameters<typeof resolve>) =>
      explainTracing(resolve(...args), workload)['server.enabled'];
    const entry = (tracing: TelemetryTracing) => [
      telemetry('shop/all', { tracing: [tracing] }),
    ];
    const named = (name: string) => entry({ providers: [{ name }] });
    expect(off(entry({ disableSpanReporting: true }))).toBe(
      'Tracing off, set by Telemetry shop/all (for the namespace).',
    );
    expect(off(named('prometheus'))).toBe(
      'Tracing off, because provider prometheus cannot be used.',
    );
    expect(off(named('nobody'))).toBe(
      'Tracing off, because Telemetry shop/all (for the namespace) names a provider that the mesh does not have.',
    );
    const bare = { meshConfig: meshWithoutDefault };
    expect(off(entry({}), sidecar(), bare)).toBe(
      'Tracing off, because no provider is named anywhere.',
    );
    const disabled = { ...meshWithoutDefault, enableTracing: false };
    expect(off([], sidecar(), { meshConfig: disabled })).toBe(
      'Tracing off, set by the mesh config (enableTracing).',
    );
  });

  it('write percentages as people do', () => {
    expect([50, 0.29, 0.1 + 0.2, 99.999].map(formatPercent)).toEqual([
      '50 %',
      '0.29 %',
      '0.3 %',
      '99.999 %',
    ]);
  });
});
