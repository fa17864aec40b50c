import { gateway, resolve, sidecar, telemetry } from '../../testing/tracing';
import type { EffectiveTracing, TracingProxy } from '../../tracing';
import { describeForcingHop } from './describeForcingHop';
import type { ForcingHopFacts } from './describeForcingHop';
import { forcingHeaders } from './forcingHeaders';

const workload = {
  cluster: 'c',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'reviews',
};

function tracing(
  entry: object = {},
  proxy: TracingProxy = sidecar(),
): EffectiveTracing {
  return resolve([telemetry('istio-system/mesh', { tracing: [entry] })], proxy);
}

const hop = (facts: Partial<ForcingHopFacts> = {}) =>
  describeForcingHop({
    kind: 'service',
    workload,
    effective: tracing(),
    proxyVersion: '1.31.0',
    ...facts,
  });

const provider = (name: string) =>
  tracing({ providers: [{ name }], randomSamplingPercentage: 0.1 });

describe('a recipe to have one request traced', () => {
  it('is W3C with an OpenTelemetry provider, however low the sampling', () => {
    expect(hop({ effective: provider('otel') })).toMatchObject({
      headers: 'w3c',
      provider: { name: 'otel', kind: 'opentelemetry' },
      samplingPercent: 0.1,
    });
  });

  it('is B3 with a Zipkin provider', () => {
    expect(hop({ effective: provider('zipkin') })).toMatchObject({
      headers: 'b3',
      provider: { kind: 'zipkin' },
    });
  });

  it('is B3 where the tracer of the bootstrap is Zipkin', () => {
    const proxyConfig = { tracing: { zipkin: { address: 'zipkin:9411' } } };
    const effective = resolve([], sidecar({ proxyConfig }), {
      meshConfig: { enableTracing: true },
    });
    expect(hop({ effective, proxyConfig })).toMatchObject({ headers: 'b3' });
    expect(hop({ effective })).toMatchObject({
      headers: null,
      refusal: 'provider-without-recipe',
    });
  });

  it('brings the decision along for each side of the rule: the flag, and the local yes', () => {
    const ids = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) };
    expect(forcingHeaders('w3c', ids)).toEqual([
      ['traceparent', `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`],
      ['x-client-trace-id', 'a'.repeat(32)],
    ]);
    expect(forcingHeaders('b3', ids)).toEqual([
      ['x-b3-traceid', 'a'.repeat(32)],
      ['x-b3-spanid', 'b'.repeat(16)],
      ['x-b3-sampled', '1'],
    ]);
  });

  it('does not exist for a provider with ids of its own form', () => {
    expect(hop({ effective: provider('sky') })).toMatchObject({
      headers: null,
      refusal: 'provider-without-recipe',
      notes: [],
    });
  });

  it.each<[string, EffectiveTracing]>([
    ['reporting-disabled', tracing({ disableSpanReporting: true })],
    ['no-provider', tracing({ providers: [{ name: 'unknown' }] })],
    ['no-proxy', { path: 'none', chain: [], ignored: [], findings: [] }],
  ])('does not exist, and says why: %s', (refusal, effective) => {
    expect(hop({ effective })).toMatchObject({ headers: null, refusal });
  });

  it('at a gateway goes by what the gateway traces', () => {
    const effective = tracing(
      { match: { mode: 'SERVER' }, disableSpanReporting: true },
      gateway(),
    );
    expect(hop({ kind: 'gateway', effective })).toMatchObject({
      headers: 'w3c',
    });
  });

  it.each([
    ['sampler-decides', hop({ effective: provider('dyn') })],
    ['later-hops-decide-again', hop()],
    ['later-hops-decide-again', hop({ proxyVersion: undefined })],
    [
      'no-context-onwards',
      hop({ effective: tracing({ disableContextPropagation: true }) }),
    ],
    [
      'entity-sends-no-spans',
      hop({
        kind: 'gateway',
        behind: tracing({ disableSpanReporting: true }),
      }),
    ],
    ['leads-there-unknown', hop({ kind: 'gateway', behind: tracing() })],
    ['port-forward-passes-by', hop()],
  ])('says what to know of it: %s', (note, { notes }) => {
    expect(notes).toContain(note);
  });

  it('says nothing of later decisions where the flag alone decides', () => {
    for (const facts of [
      { proxyVersion: '1.30.2' },
      { effective: provider('zipkin') },
    ]) {
      expect(hop(facts).notes).not.toContain('later-hops-decide-again');
    }
  });
});
