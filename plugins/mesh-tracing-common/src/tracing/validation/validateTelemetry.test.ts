import { inputsOf, meshWithoutDefault, telemetry } from '../../testing/tracing';
import type { TelemetrySpec, TelemetryTracing } from '../telemetry/Telemetry';
import { validateTelemetry } from './validateTelemetry';

const spec = (value: TelemetrySpec) => telemetry('shop/it', value);
const tracing = (...entries: TelemetryTracing[]) => spec({ tracing: entries });
const verdict = (object: unknown, inputs = inputsOf([])) =>
  validateTelemetry(object, inputs).errors.map(
    ({ by, path }) => `${by} ${path}`,
  );
const ref = {
  group: 'gateway.networking.k8s.io',
  kind: 'Gateway',
  name: 'edge',
};

describe('a Telemetry that is well', () => {
  it('has no errors and no warnings', () => {
    const object = spec({
      selector: { matchLabels: { app: 'reviews' } },
      tracing: [
        {
          match: { mode: 'SERVER' },
          providers: [{ name: 'otel' }],
          randomSamplingPercentage: 12.5,
          disableSpanReporting: false,
          customTags: {
            a: { literal: { value: 'x' } },
            b: { header: { name: 'x-b', defaultValue: 'd' } },
            c: { environment: { name: 'C' } },
            d: { formatter: { value: '%REQ(x-d?y):10% of %PROTOCOL% %%' } },
          },
        },
      ],
    });
    expect(validateTelemetry(object, inputsOf([]))).toEqual({
      errors: [],
      warnings: [],
    });
  });

  it('may have nulls where the API server drops them', () => {
    const object = spec({
      selector: null,
      targetRef: null,
      tracing: [
        { match: null, providers: null, randomSamplingPercentage: null },
      ],
    });
    expect(verdict(object)).toEqual([]);
  });
});

describe('the API server, before schema and webhook judge', () => {
  const loose = (value: object) => spec(value as TelemetrySpec);

  it('drops map entries whose value is null', () => {
    const nameless = loose({
      selector: { matchLabels: { '': null } },
      tracing: [{ customTags: { '': null } }],
    });
    expect(validateTelemetry(nameless, inputsOf([]))).toEqual({
      errors: [],
      warnings: ['workload selector specified without labels'],
    });
  });

  it.each([
    [{ a: null }, 'schema spec.a'],
    [{ selector: { a: null } }, 'schema spec.selector.a'],
    [{ tracing: [{ unknown: null }] }, 'schema spec.tracing[0].unknown'],
    [
      {
        tracing: [{ customTags: { a: { literal: { value: 'x', b: null } } } }],
      },
      'schema spec.tracing[0].customTags.a.literal.b',
    ],
  ])('refuses unknown fields even if they are null: %j', (value, expected) => {
    expect(verdict(loose(value))).toEqual([expected]);
  });

  it.each(['Capital', '-dash', 'under_score', 'a'.repeat(254)])(
    'refuses the name %s',
    name => {
      expect(verdict(telemetry(`shop/${name}`, {}))).toEqual([
        'schema metadata.name',
      ]);
    },
  );
});

describe('an object that is no Telemetry', () => {
  const checked = (type: object) =>
    validateTelemetry({
      metadata: { name: 'a', namespace: 'shop' },
      spec: { tracing: [] },
      ...type,
    }).errors;

  it('is told by its kind', () => {
    const apiVersion = 'telemetry.istio.io/v1';
    expect(checked({ apiVersion, kind: 'EnvoyFilter' })).toEqual([
      {
        by: 'schema',
        path: 'kind',
        message: "is 'EnvoyFilter'; a Telemetry says kind: Telemetry",
      },
    ]);
    expect(checked({ apiVersion })).toMatchObject([
      { path: 'kind', message: expect.stringContaining('is missing') },
    ]);
  });

  it.each([
    ['telemetry.istio.io/v1beta1', 'never existed'],
    ['networking.istio.io/v1', 'is of another group'],
    [undefined, 'is missing'],
    [7, 'is no text'],
    ['v'.repeat(10_000), 'is cut'],
  ])('is told by its apiVersion: %.30s %s', (apiVersion, _) => {
    const errors = checked({ apiVersion, kind: 'Telemetry' });
    expect(errors).toMatchObject([{ by: 'schema', path: 'apiVersion' }]);
    expect(errors[0]?.message.length).toBeLessThan(250);
  });

  it.each(['telemetry.istio.io/v1', 'telemetry.istio.io/v1alpha1'])(
    'is not what has %s',
    apiVersion => {
      expect(checked({ apiVersion, kind: 'Telemetry' })).toEqual([]);
    },
  );
});

describe('the CRD', () => {
  it.each<[string, unknown, string]>([
    [
      'percentage as text',
      tracing({ randomSamplingPercentage: '5' as never }),
      'spec.tracing[0].randomSamplingPercentage',
    ],
    [
      'percentage above 100',
      tracing({ randomSamplingPercentage: 150 }),
      'spec.tracing[0].randomSamplingPercentage',
    ],
    [
      'NaN',
      tracing({ randomSamplingPercentage: 'NaN' as never }),
      'spec.tracing[0].randomSamplingPercentage',
    ],
    [
      'mode as a number',
      tracing({ match: { mode: 1 as never } }),
      'spec.tracing[0].match.mode',
    ],
    ['null in a list', spec({ tracing: [null] }), 'spec.tracing[0]'],
    [
      'a tag with two kinds',
      tracing({
        customTags: { a: { literal: { value: 'x' }, header: { name: 'y' } } },
      }),
      'spec.tracing[0].customTags.a',
    ],
    [
      'a field that Telemetry has not',
      tracing({ sampling: 5 } as never),
      'spec.tracing[0].sampling',
    ],
    [
      'selector beside an empty list of targets',
      spec({ selector: {}, targetRefs: [] }),
      'spec',
    ],
    [
      'seventeen targets',
      spec({ targetRefs: Array.from({ length: 17 }, () => ref) }),
      'spec.targetRefs',
    ],
    [
      'a target without a kind',
      spec({ targetRefs: [{ name: 'x' }] }),
      'spec.targetRefs[0].kind',
    ],
    [
      'a target with apiVersion',
      spec({ targetRefs: [{ ...ref, apiVersion: 'v1' } as never] }),
      'spec.targetRefs[0].apiVersion',
    ],
    [
      'a label value of 64 characters',
      spec({ selector: { matchLabels: { a: 'x'.repeat(64) } } }),
      'spec.selector.matchLabels.a',
    ],
    [
      'a wildcard in a label key',
      spec({ selector: { matchLabels: { 'a*': 'x' } } }),
      'spec.selector.matchLabels',
    ],
  ])('refuses %s', (_, object, path) => {
    expect(verdict(object)).toContain(`schema ${path}`);
  });

  it('needs a name and a namespace', () => {
    expect(verdict({ ...spec({}), metadata: {} })).toEqual([
      'schema metadata.namespace',
      'schema metadata.name',
    ]);
  });
});

describe('the webhook', () => {
  it('refuses an unknown field beside spec', () => {
    const object = { ...tracing({}), spce: {} };
    expect(validateTelemetry(object).errors).toEqual([
      {
        by: 'webhook',
        path: 'spce',
        message: 'unknown field "spce" on Telemetry resource shop/it',
      },
    ]);
  });

  it('refuses a target that is no Gateway and no service', () => {
    const object = spec({
      targetRefs: [{ group: 'apps', kind: 'Deployment', name: 'x' }],
    });
    expect(verdict(object)).toEqual(['webhook spec.targetRefs[0]']);
  });

  it.each<[unknown, string]>([
    [
      tracing({ randomSamplingPercentage: 'much' as never }),
      "invalid character 'm' looking for beginning of value",
    ],
    [
      tracing({ disableSpanReporting: 'yes' as never }),
      'json: cannot unmarshal string into Go value of type bool',
    ],
    [
      spec({ tracing: {} as never }),
      'json: cannot unmarshal object into Go value of type []json.RawMessage',
    ],
    [
      tracing({ match: { mode: 'BOTH' as never } }),
      'unknown value "\\"BOTH\\"" for enum istio.telemetry.v1alpha1.WorkloadMode',
    ],
  ])('cannot read it, and says so: %j', (object, message) => {
    expect(validateTelemetry(object).errors).toContainEqual(
      expect.objectContaining({
        by: 'webhook',
        message: `shop/it: ${message}`,
      }),
    );
  });

  it('looks at metrics and access logging, too', () => {
    const object = spec({
      metrics: [
        {
          providers: [{ name: '' }],
          overrides: [
            {
              tagOverrides: {
                a: { operation: 'UPSERT' },
                b: { operation: 'REMOVE', value: 'x' },
                c: { operation: 'REMOVE' },
                d: { value: 'x' },
              },
            },
          ],
        },
      ],
      accessLogging: [{ providers: [{}] }],
    });
    expect(verdict(object)).toEqual([
      'webhook spec.metrics[0].providers[0].name',
      'webhook spec.metrics[0].overrides[0].tagOverrides.a.value',
      'webhook spec.metrics[0].overrides[0].tagOverrides.b.value',
      'webhook spec.accessLogging[0].providers[0].name',
    ]);
  });

  it('warns in its own words', () => {
    const object = spec({
      selector: {},
      tracing: [{}, { providers: [{ name: 'otel' }, { name: 'zipkin' }] }],
    });
    expect(validateTelemetry(object).warnings).toEqual([
      'workload selector specified without labels',
      'multiple tracing is not currently supported',
      'multiple providers is not currently supported',
    ]);
  });
});

describe('what API server and webhook both let through', () => {
  it.each<[string, TelemetryTracing, string]>([
    ['a tag without a kind', { customTags: { a: {} } }, 'customTags.a'],
    [
      'a malformed format',
      { customTags: { a: { formatter: { value: '%BOGUS(' } } } },
      'customTags.a',
    ],
    [
      "one of Istio's tags",
      { customTags: { 'istio.mesh_id': { literal: { value: 'x' } } } },
      'customTags.istio.mesh_id',
    ],
    [
      "one of Envoy's tags",
      { customTags: { 'http.method': { literal: { value: 'x' } } } },
      'customTags.http.method',
    ],
    [
      'an unknown provider',
      { providers: [{ name: 'nobody' }] },
      'providers[0].name',
    ],
    [
      'a provider that cannot trace',
      { providers: [{ name: 'prometheus' }] },
      'providers[0].name',
    ],
    [
      'a provider that breaks istiod',
      { providers: [{ name: 'ls' }] },
      'providers[0].name',
    ],
  ])('is refused by the portal: %s', (_, entry, path) => {
    expect(verdict(tracing(entry))).toEqual([`portal spec.tracing[0].${path}`]);
  });

  it('an empty format is refused by the CRD, too', () => {
    const entry = { customTags: { a: { formatter: { value: '' } } } };
    expect(verdict(tracing(entry))).toEqual([
      'schema spec.tracing[0].customTags.a.formatter.value',
      'portal spec.tracing[0].customTags.a',
    ]);
  });

  describe('a Telemetry that names no provider', () => {
    const slider = spec({
      selector: { matchLabels: { app: 'reviews' } },
      tracing: [{ randomSamplingPercentage: 10 }],
    });
    const bare = { meshConfig: meshWithoutDefault };

    it('is refused where it inherits none, which would switch tracing off', () => {
      expect(verdict(slider, inputsOf([], bare))).toEqual([
        'portal spec.tracing[0].providers',
      ]);
    });

    it('is accepted where the mesh or a Telemetry above it names one', () => {
      expect(verdict(slider)).toEqual([]);
      const namespace = telemetry('shop/all', {
        tracing: [{ providers: [{ name: 'otel' }] }],
      });
      expect(verdict(slider, inputsOf([namespace], bare))).toEqual([]);
    });

    it('is accepted where it says itself that no spans are reported', () => {
      const off = tracing({ disableSpanReporting: true });
      expect(verdict(off, inputsOf([], bare))).toEqual([]);
    });

    it('is refused when a single side of the proxy is left without one', () => {
      const client = tracing({
        match: { mode: 'CLIENT' },
        providers: [{ name: 'otel' }],
      });
      expect(validateTelemetry(client, inputsOf([], bare)).errors).toEqual([
        expect.objectContaining({
          by: 'portal',
          message: expect.stringContaining('on the server side'),
        }),
      ]);
    });
  });
});
