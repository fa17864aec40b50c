import fc from 'fast-check';
import {
  codesOf,
  gateway,
  mesh,
  resolve,
  sidecar,
  telemetry,
} from '../../testing/tracing';
import { describeEnvoyFilter } from './describeEnvoyFilter';
import { describeSidecar } from './describeSidecar';
import type { SidecarEgress, TracingEnvoyFilter } from './model';

const HIDDEN = 'sidecar-egress-hides-provider';
const TOUCHED = 'envoy-filter-touches-tracing';
const meshConfig = {
  ...mesh,
  extensionProviders: [
    {
      name: 'otel',
      opentelemetry: { service: 'otel.obs.svc.cluster.local', port: 4317 },
    },
  ],
};

function egress(
  hosts: string[] | undefined,
  more: Partial<SidecarEgress> = {},
): SidecarEgress {
  return {
    namespace: 'shop',
    name: 'default',
    ...(hosts ? { hosts } : {}),
    ...more,
  };
}

const codesWith = (...sidecars: SidecarEgress[]) =>
  codesOf(resolve([], sidecar(), { meshConfig, sidecars }));

describe("a Sidecar's egress", () => {
  it.each([
    ['*/*'],
    ['obs/*'],
    ['obs/otel.obs.svc.cluster.local'],
    ['*/*.cluster.local'],
    ['*/otel.obs.svc.cluster.local'],
  ])('reaches the collector by %s', host => {
    expect(codesWith(egress(['./*', host]))).not.toContain(HIDDEN);
  });

  it.each([
    ['./*'],
    ['~/*'],
    ['istio-system/*'],
    ['obs/other.obs.svc.cluster.local'],
    ['*/*.example.com'],
    ['shop/otel.obs.svc.cluster.local'],
  ])('that has %s alone leaves the collector out', host => {
    expect(codesWith(egress([host]))).toContain(HIDDEN);
  });

  it('without a list of hosts leaves nothing out', () => {
    expect(codesWith(egress(undefined))).not.toContain(HIDDEN);
  });

  it('is looked at of a provider in a namespace by name', () => {
    const inObs = (service: string) => ({
      ...mesh,
      extensionProviders: [{ name: 'otel', opentelemetry: { service } }],
    });
    const codes = (service: string) =>
      codesOf(
        resolve([], sidecar(), {
          meshConfig: inObs(service),
          sidecars: [egress(['obs/*'])],
        }),
      );
    expect(codes('obs/collector.example.com')).not.toContain(HIDDEN);
    expect(codes('edge/collector.example.com')).toContain(HIDDEN);
    expect(codes('collector.example.com')).not.toContain(HIDDEN);
  });

  it('counts of the Sidecar that selects the workload, before the one for all', () => {
    const all = egress(['./*']);
    const own = (app: string) =>
      egress(['*/*'], { name: 'own', matchLabels: { app } });
    expect(codesWith(all, own('reviews'))).not.toContain(HIDDEN);
    expect(codesWith(all, own('ratings'))).toContain(HIDDEN);
  });

  it("counts of the oldest of a namespace, else of the root namespace's", () => {
    const root = egress(['./*'], { namespace: 'istio-system' });
    expect(codesWith(root)).toContain(HIDDEN);
    expect(codesWith(root, egress(['*/*']))).not.toContain(HIDDEN);
    expect(
      codesWith(
        egress(['*/*'], {
          name: 'new',
          creationTimestamp: '2026-02-01T00:00:00Z',
        }),
        egress(['./*'], {
          name: 'old',
          creationTimestamp: '2026-01-01T00:00:00Z',
        }),
      ),
    ).toContain(HIDDEN);
  });

  it('does not bind gateways, nor proxies that do not trace', () => {
    const sidecars = [egress(['~/*'])];
    expect(
      codesOf(resolve([], gateway(), { meshConfig, sidecars })),
    ).not.toContain(HIDDEN);
    const off = [
      telemetry('shop/off', { tracing: [{ disableSpanReporting: true }] }),
    ];
    expect(
      codesOf(resolve(off, sidecar(), { meshConfig, sidecars })),
    ).not.toContain(HIDDEN);
  });

  it('is read from the resource, all listeners together', () => {
    expect(
      describeSidecar({
        metadata: { name: 'default', namespace: 'shop' },
        spec: {
          workloadSelector: { labels: { app: 'cart' } },
          egress: [{ hosts: ['./*'] }, { port: {}, hosts: ['obs/*', 7] }],
        },
      }),
    ).toEqual({
      name: 'default',
      namespace: 'shop',
      matchLabels: { app: 'cart' },
      hosts: ['./*', 'obs/*'],
    });
  });
});

const patch = (value: unknown) => ({
  metadata: { name: 'filter', namespace: 'shop' },
  spec: {
    configPatches: [
      { applyTo: 'NETWORK_FILTER', patch: { operation: 'MERGE', value } },
    ],
  },
});
const typed = (config: object) => ({
  name: 'envoy.filters.network.http_connection_manager',
  typed_config: config,
});
const lua = (code: string) => ({
  name: 'envoy.filters.http.lua',
  typed_config: { inlineCode: code },
});

describe('an EnvoyFilter', () => {
  it.each([
    ['tracing', typed({ tracing: { random_sampling: { value: 5 } } })],
    ['tracing', typed({ tracing: { randomSampling: { value: 5 } } })],
    [
      'tracing',
      {
        provider: {
          '@type': 'type.googleapis.com/envoy.config.trace.v3.ZipkinConfig',
        },
      },
    ],
    ['request-id', typed({ generate_request_id: false })],
    ['request-id', typed({ preserveExternalRequestId: true })],
    ['request-id', lua('handle:headers():replace("X-Request-Id", id)')],
    ['trace-headers', lua('handle:headers():add("x-b3-sampled", "1")')],
    [
      'trace-headers',
      typed({
        early_header_mutation_extensions: [
          { mutations: [{ append: { header: { key: 'x-client-trace-id' } } }] },
        ],
      }),
    ],
    ['trace-headers', { request_headers_to_remove: ['b3'] }],
    ['trace-headers', lua('headers:remove("traceparent")')],
  ])('touches %s by %j', (touch, value) => {
    expect(describeEnvoyFilter(patch(value))?.touches).toEqual([touch]);
  });

  it('without anything of tracing in its patches is not kept', () => {
    expect(
      describeEnvoyFilter(patch(typed({ stream_idle_timeout: '30s' }))),
    ).toBeUndefined();
    expect(
      describeEnvoyFilter(patch({ metadata: { tracing: 'yes' } })),
    ).toBeUndefined();
  });

  it('keeps nothing of its patches', () => {
    const described = describeEnvoyFilter(
      patch(lua('token = "s3cret" headers:remove("traceparent")')),
    );
    expect(JSON.stringify(described)).not.toContain('s3cret');
  });

  it('is read of any shape without throwing, at a cost of its size', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 6 }), value => {
        expect(() => describeEnvoyFilter(patch(value))).not.toThrow();
        expect(() => describeEnvoyFilter(value)).not.toThrow();
        expect(() => describeSidecar(value)).not.toThrow();
      }),
      { numRuns: 500 },
    );
    let deep: unknown = { tracing: {} };
    for (let i = 0; i < 20_000; i++) deep = { next: deep };
    expect(describeEnvoyFilter(patch(deep))?.touches).toEqual(['tracing']);
  });

  const filter = (more: Partial<TracingEnvoyFilter>): TracingEnvoyFilter => ({
    namespace: 'shop',
    name: 'filter',
    touches: ['trace-headers'],
    ...more,
  });
  const touched = (more: Partial<TracingEnvoyFilter>, proxy = sidecar()) =>
    codesOf(resolve([], proxy, { envoyFilters: [filter(more)] })).includes(
      TOUCHED,
    );

  it('is told of where it is applied', () => {
    expect(touched({})).toBe(true);
    expect(touched({ namespace: 'istio-system' })).toBe(true);
    expect(touched({ namespace: 'other' })).toBe(false);
    expect(touched({ matchLabels: { app: 'reviews' } })).toBe(true);
    expect(touched({ matchLabels: { app: 'cart' } })).toBe(false);
    expect(touched({ targetNames: ['edge'] }, gateway())).toBe(true);
    expect(touched({ targetNames: ['edge'] })).toBe(false);
  });

  it('is told of by its name and what it touches', () => {
    const { findings } = resolve([], sidecar(), {
      envoyFilters: [filter({ touches: ['request-id', 'tracing'] })],
    });
    expect(findings.find(({ code }) => code === TOUCHED)?.what).toBe(
      'EnvoyFilter shop/filter changes request ids, from which the sampling decision is made, and the tracing configuration of its listeners at this proxy.',
    );
  });
});
