import fc from 'fast-check';
import {
  createTracingResolver,
  resolveTracing,
} from './resolve/resolveTracing';
import { explainTracing } from './explain/explainTracing';
import { effectiveTracingSchema } from '../api';
import type {
  MeshTracingInputs,
  TracingProxy,
} from './model/MeshTracingInputs';
import { validateTelemetry } from './validation/validateTelemetry';

const CASES = 10_000;
const GATEWAY = 'gateway.networking.k8s.io/gateway-name';

/** Anything that may stand where a field is expected. */
const junk = fc.oneof(
  fc.constantFrom(
    null,
    undefined,
    Number.NaN,
    Infinity,
    -1,
    101,
    0.005,
    '',
    'NaN',
    true,
  ),
  fc.jsonValue({ maxDepth: 1 }),
  fc.constant(Symbol('foreign')),
  fc.constant(new Date(0)),
  fc.constant(BigInt(5)),
  fc.constant(() => 'function'),
);

/** Mostly what belongs there, at times anything. */
function mostly<T>(good: fc.Arbitrary<T>, weight = 12) {
  return fc.oneof({ weight, arbitrary: good }, { weight: 1, arbitrary: junk });
}

const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor');
const namespace = fc.constantFrom('istio-system', 'shop', 'other');
const provider = fc.constantFrom('otel', 'OTEL', 'ls', 'prometheus', 'nobody');
const labels = fc.dictionary(
  fc.constantFrom('app', 'v', GATEWAY, '__proto__'),
  fc.constantFrom('x', 'y', 'g'),
);

const tag = fc.record(
  {
    literal: mostly(fc.record({ value: mostly(fc.constantFrom('v', '')) })),
    header: mostly(fc.record({ name: mostly(fc.constantFrom('x-a', '')) })),
    environment: mostly(fc.record({ name: mostly(fc.constant('E')) })),
    formatter: mostly(
      fc.record({ value: mostly(fc.constantFrom('%REQ(a)%', '%BAD(', '')) }),
    ),
  },
  { requiredKeys: [] },
);

const entry = fc.record(
  {
    match: mostly(
      fc.record({
        mode: mostly(
          fc.constantFrom('CLIENT', 'SERVER', 'CLIENT_AND_SERVER', 1),
        ),
      }),
    ),
    providers: mostly(
      fc.array(mostly(fc.record({ name: mostly(provider) })), { maxLength: 2 }),
    ),
    randomSamplingPercentage: mostly(
      fc.constantFrom(0, 0.005, 0.29, 50, 99.999, 100),
    ),
    disableSpanReporting: mostly(fc.boolean()),
    customTags: mostly(fc.dictionary(name, mostly(tag), { maxKeys: 3 })),
    enableIstioTags: mostly(fc.boolean()),
    useRequestIdForTraceSampling: mostly(fc.boolean()),
    disableContextPropagation: mostly(fc.boolean()),
    unheardOf: junk,
  },
  { requiredKeys: [] },
);

const targetRef = fc.record(
  {
    group: mostly(fc.constantFrom('', 'core', 'gateway.networking.k8s.io')),
    kind: mostly(fc.constantFrom('Service', 'Gateway', 'GatewayClass')),
    name: mostly(fc.constantFrom('g', 'svc', 'istio-waypoint')),
    namespace: mostly(fc.constant('')),
  },
  { requiredKeys: [] },
);

const telemetry = fc.record(
  {
    metadata: mostly(
      fc.record(
        {
          name: mostly(name, 40),
          namespace: mostly(namespace, 40),
          creationTimestamp: mostly(
            fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'),
          ),
          labels: mostly(
            fc.dictionary(fc.constant('istio.io/rev'), fc.constant('canary')),
          ),
        },
        { requiredKeys: ['name', 'namespace'] },
      ),
      40,
    ),
    spec: mostly(
      fc.record(
        {
          selector: mostly(fc.record({ matchLabels: mostly(labels) })),
          targetRef: mostly(targetRef),
          targetRefs: mostly(fc.array(mostly(targetRef), { maxLength: 2 })),
          tracing: mostly(fc.array(mostly(entry), { maxLength: 3 })),
        },
        { requiredKeys: ['tracing'] },
      ),
      40,
    ),
  },
  { requiredKeys: ['metadata'] },
);

const meshConfig = fc.record(
  {
    rootNamespace: mostly(fc.constantFrom('istio-system', 'shop', '')),
    enableTracing: mostly(fc.boolean()),
    defaultProviders: mostly(
      fc.record({ tracing: mostly(fc.array(mostly(provider))) }),
    ),
    extensionProviders: mostly(
      fc.array(
        mostly(
          fc.record({
            name: mostly(provider),
            opentelemetry: mostly(
              fc.record({
                service: mostly(fc.constantFrom('otel.obs', '')),
                maxTagLength: mostly(fc.constantFrom(0, 9)),
                dynatraceSampler: mostly(fc.constant(undefined)),
              }),
            ),
          }),
        ),
        { maxLength: 3 },
      ),
    ),
    defaultConfig: junk,
  },
  { requiredKeys: [] },
);

const inputs = fc.record({
  meshConfig: mostly(meshConfig, 40),
  meshConfigKnown: fc.boolean(),
  telemetries: fc.array(mostly(telemetry, 60), { maxLength: 6 }),
  istiod: fc.record(
    {
      version: fc.constantFrom('1.24.0', '1.30.0', '1.31.0', 'odd'),
      revision: fc.constantFrom('', 'canary', 'stable'),
      traceSamplingPercent: fc.constantFrom(0, 80, -1),
      environmentKnown: fc.boolean(),
    },
    { requiredKeys: ['environmentKnown'] },
  ),
  knownServices: fc.option(fc.constant(new Set(['otel.obs:4317'])), {
    nil: undefined,
  }),
});

const proxy = fc.record(
  {
    kind: fc.constantFrom('sidecar', 'gateway', 'waypoint'),
    namespace,
    labels,
    version: fc.constantFrom('1.28.0', '1.31.0'),
    proxyConfig: mostly(
      fc.record({
        tracing: mostly(
          fc.record(
            {
              sampling: mostly(fc.constantFrom(0, 5, 300, -5)),
              customTags: mostly(fc.dictionary(name, mostly(tag))),
              maxPathTagLength: mostly(fc.constantFrom(0, 9)),
            },
            { requiredKeys: [] },
          ),
        ),
      }),
    ),
  },
  { requiredKeys: ['kind', 'namespace', 'labels'] },
);

const service = fc.option(
  fc.record({
    name: fc.constantFrom('svc', 'g'),
    namespace,
    registry: fc.constantFrom('Kubernetes', 'External'),
  }),
  { nil: undefined },
);

/** What the types forbid and the world holds. */
const world = fc.record({ inputs, proxy, service }) as unknown as fc.Arbitrary<{
  inputs: MeshTracingInputs;
  proxy: TracingProxy;
  service: Parameters<typeof resolveTracing>[2];
}>;

function frozen<T>(value: T, seen = new Set<unknown>()): T {
  if (typeof value !== 'object' || value === null || seen.has(value)) {
    return value;
  }
  seen.add(value);
  if (value instanceof Set || value instanceof Date) return value;
  Reflect.ownKeys(value).forEach(key => {
    frozen((value as Record<PropertyKey, unknown>)[key], seen);
  });
  return Object.freeze(value);
}

describe('whatever stands in the resources', () => {
  it('a result comes, the input stays, and the order does not matter', () => {
    let run = 0;
    fc.assert(
      fc.property(world, fc.infiniteStream(fc.nat()), (given, random) => {
        run += 1;
        // Frozen: any attempt to change the input throws.
        const { inputs: mesh, proxy: asked, service: target } = frozen(given);
        const effective = resolveTracing(mesh, asked, target);

        expect(effectiveTracingSchema.safeParse(effective).error).toBe(
          undefined,
        );
        expect(
          Object.keys(explainTracing(effective, { namespace: 'n', name: 'w' })),
        ).not.toHaveLength(0);

        const telemetries = mesh.telemetries
          .map(item => ({ item, at: random.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
        const again = createTracingResolver({ ...mesh, telemetries });
        expect(again.resolve(asked, target)).toEqual(effective);

        for (const item of mesh.telemetries) validateTelemetry(item, mesh);
      }),
      { numRuns: CASES },
    );
    expect(run).toBeGreaterThanOrEqual(CASES);
  }, 300_000);
});

describe('objects that no API server would hand out', () => {
  const asked: TracingProxy = {
    kind: 'sidecar',
    namespace: 'shop',
    labels: { app: 'x' },
  };
  const resolveOne = (telemetries: unknown[]) =>
    resolveTracing(
      {
        meshConfig: {},
        meshConfigKnown: true,
        telemetries: telemetries as MeshTracingInputs['telemetries'],
        istiod: { environmentKnown: true },
      },
      asked,
    );

  it('with 10,000 labels are matched like any other', () => {
    const many = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [`label-${i}`, `${i}`]),
    );
    const object = {
      apiVersion: 'telemetry.istio.io/v1',
      kind: 'Telemetry',
      metadata: { namespace: 'shop', name: 'many' },
      spec: { selector: { matchLabels: many }, tracing: [{}] },
    };
    const [ignored] = resolveOne([object]).ignored;
    expect(ignored?.reason).toBe('selector-does-not-match');
    expect(ignored?.explanation.length).toBeLessThan(300);
    expect(validateTelemetry(object).errors).toEqual([
      {
        by: 'schema',
        path: 'spec.selector.matchLabels',
        message: 'must have at most 4096 items',
      },
    ]);
  });

  it('that contain themselves end all the same', () => {
    const cyclic: Record<string, unknown> = {
      metadata: { namespace: 'shop', name: 'cyclic' },
    };
    cyclic.spec = cyclic;
    cyclic.tracing = [cyclic];
    cyclic.customTags = { self: cyclic };
    cyclic.literal = cyclic;
    const effective = resolveOne([cyclic]);
    expect(JSON.parse(JSON.stringify(effective))).toMatchObject({
      chain: [{ namespace: 'shop', name: 'cyclic' }],
      server: { customTags: { value: { self: { literal: { value: '' } } } } },
    });
    expect(validateTelemetry(cyclic).errors.map(error => error.path)).toContain(
      'spec.tracing[0].customTags.self.literal.value',
    );
  });

  it('that throw when they are looked at are findings', () => {
    const hostile = {
      metadata: { namespace: 'shop', name: 'hostile' },
      get spec(): never {
        throw new Error('hostile');
      },
    };
    expect(resolveOne([hostile]).findings.map(({ code }) => code)).toContain(
      'telemetry-malformed',
    );
    expect(validateTelemetry(hostile).errors).toEqual([
      {
        by: 'schema',
        path: '',
        message: 'cannot be read: one of its fields throws',
      },
    ]);
  });

  it('that are no objects at all are findings', () => {
    for (const nothing of [null, undefined, 5, 'text', [], () => 0]) {
      expect(resolveOne([nothing]).findings.map(({ code }) => code)).toContain(
        'telemetry-malformed',
      );
      expect(validateTelemetry(nothing).errors).not.toHaveLength(0);
    }
  });
});
