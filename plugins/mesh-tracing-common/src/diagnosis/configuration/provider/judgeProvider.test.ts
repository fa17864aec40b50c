import type { MeshConfig } from '../../../meshconfig';
import type { MeshTracingInputs, Telemetry } from '../../../tracing';
import { tracedSide } from '../../../tracing';
import {
  FACTS_AT_MS,
  factsOf,
  mended,
} from '../../../testing/configurationFacts';
import { mesh, reviews, telemetry } from '../../../testing/tracing';
import { judgeProvider } from './judgeProvider';

const HOST = 'collector.obs.svc.cluster.local';
const known = new Set([`${HOST}:4317`, 'otel.obs:4317', 'other.obs:80']);
const atHost = (service: string, port = 4317): MeshConfig => ({
  defaultProviders: { tracing: ['otel'] },
  extensionProviders: [{ name: 'otel', opentelemetry: { service, port } }],
});

function judge(
  telemetries: Telemetry[],
  inputs: Partial<MeshTracingInputs> = {},
  facts: Parameters<typeof factsOf>[0] = {},
) {
  const all = factsOf({ telemetries, inputs, ...facts });
  return { facts: all, rung: judgeProvider(all) };
}

describe('the rung of the provider', () => {
  it('is well when something stands behind its service', () => {
    const { rung } = judge([], {
      meshConfig: atHost(HOST),
      knownServices: known,
    });
    expect(rung).toMatchObject({
      verdict: 'good',
      cause: `Provider otel (opentelemetry) sends spans to ${HOST}:4317, which has 1 ready endpoint.`,
    });
  });

  it.each([
    [
      'none is named',
      { ...mesh, defaultProviders: {} },
      { selector: reviews, tracing: [{ randomSamplingPercentage: 5 }] },
      'tracing-off-by-omission',
    ],
    [
      'it is unknown',
      mesh,
      { selector: reviews, tracing: [{ providers: [{ name: 'jaegr' }] }] },
      'provider-unknown',
    ],
    [
      'it can not trace',
      mesh,
      { selector: reviews, tracing: [{ providers: [{ name: 'prometheus' }] }] },
      'provider-cannot-trace',
    ],
    [
      'the default is unknown',
      { ...mesh, defaultProviders: { tracing: ['gone'] } },
      { selector: reviews, tracing: [{ randomSamplingPercentage: 5 }] },
      'default-provider-unknown',
    ],
  ])(
    'is broken when %s, and the mend names one that works',
    (_, meshConfig, spec, code) => {
      const { facts, rung } = judge([telemetry('shop/own', spec)], {
        meshConfig,
      });
      expect(rung).toMatchObject({ id: 'provider', verdict: 'broken', code });
      expect(tracedSide(mended(facts, rung.mends[0]).effective)).toBeDefined();
    },
  );

  it('is only doubtful when one side alone is off', () => {
    const { rung } = judge([
      telemetry('shop/own', {
        selector: reviews,
        tracing: [
          { match: { mode: 'CLIENT' }, providers: [{ name: 'jaegr' }] },
        ],
      }),
    ]);
    expect(rung).toMatchObject({
      verdict: 'doubtful',
      code: 'provider-unknown',
    });
  });

  it('suggests the host that is nearly the one that nobody knows', () => {
    const typo = 'colector.obs.svc.cluster.local';
    const { rung } = judge([], {
      meshConfig: atHost(typo),
      knownServices: known,
    });
    expect(rung).toMatchObject({
      verdict: 'broken',
      code: 'provider-service-unknown',
    });
    expect(rung.mends[0]).toMatchObject({
      kind: 'command',
      command: `kubectl -n istio-system get configmap istio -o yaml | sed 's/colector\\.obs\\.svc\\.cluster\\.local/${HOST}/g' | kubectl apply -f -`,
    });
  });

  it('suggests no host that is merely another', () => {
    const { rung } = judge([], {
      meshConfig: atHost('zipkin.tracing.svc.cluster.local'),
      knownServices: known,
    });
    expect(rung.mends.map(({ kind }) => kind)).toEqual(['advice']);
  });

  it('is broken when the service lacks the port', () => {
    const { rung } = judge([], {
      meshConfig: atHost(HOST, 9411),
      knownServices: known,
    });
    expect(rung).toMatchObject({
      code: 'provider-port-unknown',
      cause: expect.stringContaining('the ports 4317 only'),
    });
  });

  it.each([
    [0, 0, 'provider-endpoints-absent'],
    [0, 2, 'provider-endpoints-not-ready'],
  ])(
    'is broken when of its endpoints %d are ready and %d are not',
    (ready, notReady, code) => {
      const endpoints = { state: 'read', ready, notReady, atMs: 7 } as const;
      const { rung } = judge(
        [],
        { meshConfig: atHost(HOST), knownServices: known },
        { facts: { endpoints } },
      );
      expect(rung).toMatchObject({ verdict: 'broken', code });
      expect(rung.evidence.at(-1)).toEqual({
        source: 'Endpoints of Service obs/collector',
        seen: `${ready} ready, ${notReady} not ready.`,
        atMs: 7,
      });
    },
  );

  it('scales up the collector that its service is named after', () => {
    const { facts } = judge([], {
      meshConfig: atHost(HOST),
      knownServices: known,
    });
    const collector = {
      ...facts.workload,
      namespace: 'obs',
      name: 'collector',
      pods: [],
    };
    const rung = judgeProvider({
      ...facts,
      workloads: [facts.workload, collector],
      endpoints: { state: 'read', ready: 0, notReady: 0, atMs: 7 },
    });
    expect(rung.mends[0]).toMatchObject({
      command: 'kubectl -n obs scale deployment/collector --replicas=1',
    });
  });

  it('can not tell without the right to list endpoints, and says which is missing', () => {
    const inputs = { meshConfig: atHost(HOST), knownServices: known };
    const { rung } = judge([], inputs, {
      facts: {
        endpoints: {
          state: 'unknown',
          message: 'Forbidden.',
          needs: 'the RBAC rule',
          atMs: FACTS_AT_MS,
        },
      },
    });
    expect(rung).toMatchObject({ verdict: 'unknown', needs: 'the RBAC rule' });
    const { rung: silent } = judge([], inputs, {
      facts: { endpoints: undefined },
    });
    expect(silent).toMatchObject({
      verdict: 'unknown',
      needs: expect.stringContaining('endpoints'),
    });
  });

  it('asks for no endpoints of a host outside of the cluster', () => {
    const { rung } = judge(
      [],
      { meshConfig: atHost('traces.example.com') },
      { facts: { endpoints: undefined } },
    );
    expect(rung.verdict).toBe('good');
    const { rung: named } = judge(
      [],
      { meshConfig: atHost(HOST), knownServices: known },
      { facts: { endpoints: { state: 'outside', atMs: 7 } } },
    );
    expect(named.verdict).toBe('good');
  });

  it("is broken when a Sidecar's egress leaves the collector out, and adds it", () => {
    const { facts, rung } = judge([], {
      meshConfig: atHost(HOST),
      knownServices: known,
      sidecars: [{ namespace: 'shop', name: 'default', hosts: ['./*'] }],
    });
    expect(rung).toMatchObject({
      verdict: 'broken',
      code: 'sidecar-egress-hides-provider',
    });
    expect(judgeProvider(mended(facts, rung.mends[0])).verdict).toBe('good');
  });

  it('is broken where neither a provider nor a tracer of the bootstrap is there', () => {
    const { facts, rung } = judge([], {
      meshConfig: { ...mesh, defaultProviders: {} },
    });
    expect(rung).toMatchObject({ verdict: 'broken', code: 'no-tracer' });
    expect(tracedSide(mended(facts, rung.mends[0]).effective)).toBeDefined();
  });

  it('can not tell where the mesh config may not be read', () => {
    const { rung } = judge(
      [],
      { meshConfigKnown: false },
      {
        facts: {
          unread: [
            {
              what: 'mesh config',
              message: 'The portal may not read the ConfigMap.',
              whatToDo: 'Grant the rule.',
            },
          ],
        },
      },
    );
    expect(rung).toMatchObject({
      verdict: 'unknown',
      needs: 'Grant the rule.',
    });
  });
});
