import fc from 'fast-check';
import { testWorkload } from '../../testing/testWorkload';
import { gateway, resolve, sidecar, telemetry } from '../../testing/tracing';
import type { Workload } from '../../workloads';
import { parseYaml } from '../../yaml';
import { checkMark } from './checkMark';
import type { ConditionalMark } from './ConditionalMark';
import { planConditionalTracing } from './planConditionalTracing';

interface Filter {
  kind: string;
  metadata: { name: string; namespace: string };
  spec: {
    workloadSelector: { labels: Record<string, string> };
    configPatches: Array<{
      applyTo: string;
      match: { context: string };
      patch: {
        operation: string;
        value: {
          typed_config: {
            early_header_mutation_extensions: Array<{
              typed_config: {
                mutations: Array<{
                  append: {
                    header: { key: string; value: string };
                    append_action: string;
                    keep_empty_value: boolean;
                  };
                }>;
              };
            }>;
          };
        };
      };
    }>;
  };
}

function workload(patch: Partial<Workload> = {}): Workload {
  const { name = 'reviews', labels = { app: 'reviews' } } = patch;
  return testWorkload(name, labels, { proxyVersion: '1.31.0', ...patch });
}

const edge = workload({
  namespace: 'istio-ingress',
  name: 'edge',
  proxy: 'gateway',
  labels: { istio: 'ingressgateway' },
});

const plan = (
  mark: ConditionalMark,
  own: Workload = workload(),
  others: Workload[] = [],
) =>
  planConditionalTracing({
    mark,
    workload: own,
    effective: resolve([], own.proxy === 'gateway' ? gateway() : sidecar()),
    workloads: [own, ...others],
  });

function filterOf(mark: ConditionalMark, own?: Workload): Filter {
  return parseYaml(plan(mark, own).yaml ?? '') as Filter;
}

const mutationOf = (filter: Filter) =>
  filter.spec.configPatches[0]?.patch.value.typed_config
    .early_header_mutation_extensions[0]?.typed_config.mutations[0]?.append;

describe('configuration that traces marked requests', () => {
  it('marks them before the decision on sampling, as requests whose client wants it', () => {
    const filter = filterOf({ header: 'x-trace-me' });
    expect(filter).toMatchObject({
      kind: 'EnvoyFilter',
      metadata: { namespace: 'shop' },
      spec: {
        workloadSelector: { labels: { app: 'reviews' } },
        configPatches: [
          {
            applyTo: 'NETWORK_FILTER',
            match: { context: 'SIDECAR_INBOUND' },
            patch: { operation: 'MERGE' },
          },
        ],
      },
    });
    expect(mutationOf(filter)).toEqual({
      header: {
        key: 'x-client-trace-id',
        value:
          "%CEL('x-trace-me' in request.headers ? 'mesh-tracing-conditional' : '')%",
      },
      append_action: 'ADD_IF_ABSENT',
      keep_empty_value: false,
    });
  });

  it('takes a value, such as that of a user, and copies it into no trace', () => {
    const value = mutationOf(
      filterOf({ header: 'x-user', value: 'olivia@example.com' }),
    )?.header.value;
    expect(value).toBe(
      "%CEL('x-user' in request.headers && request.headers['x-user'] == 'olivia@example.com' ? 'mesh-tracing-conditional' : '')%",
    );
  });

  it('is for the listeners of a gateway where it is a gateway', () => {
    const filter = filterOf({ header: 'x-trace-me' }, edge);
    expect(filter.metadata.namespace).toBe('istio-ingress');
    expect(filter.spec.configPatches[0]?.match.context).toBe('GATEWAY');
  });

  it('has a name for each mark, so that two stand side by side', () => {
    const names = [
      { header: 'x-trace-me' },
      { header: 'x-user', value: 'a' },
      { header: 'x-user', value: 'b' },
    ].map(mark => filterOf(mark).metadata.name);
    expect(new Set(names).size).toBe(3);
    expect(names.join()).not.toContain('user');
  });

  it('says which workloads it reaches, others with the same labels too', () => {
    const twin = workload({ name: 'reviews-canary' });
    const { reaches, risks } = plan({ header: 'x-trace-me' }, workload(), [
      twin,
      workload({ name: 'cart', labels: { app: 'cart' } }),
      workload({ name: 'job', proxy: 'none' }),
    ]);
    expect(reaches.map(({ name }) => name)).toEqual([
      'reviews',
      'reviews-canary',
    ]);
    expect(risks).toContain('reaches-others');
  });

  it('carries its risks, in the file as well', () => {
    const { yaml, risks } = plan({ header: 'x-user', value: 'olivia' });
    expect(risks).toEqual([
      'spoofable',
      'load',
      'identity-in-clear',
      'strip-at-edge',
      'before-authentication',
      'decided-before',
      'breaks-with-upgrades',
    ]);
    const comments = yaml?.split('\n').filter(line => line.startsWith('# '));
    expect(comments).toHaveLength(risks.length + 1);
    expect(yaml).toContain('nothing proves who sends it');
  });

  it.each([undefined, '1.30.4'])(
    'says that it was not proven with proxies of version %s',
    proxyVersion => {
      const { risks } = plan({ header: 'x-a' }, workload({ proxyVersion }));
      expect(risks).toContain('unproven-version');
    },
  );

  it.each([
    ['no-proxy', workload({ proxy: 'none' })],
    ['waypoint', workload({ proxy: 'waypoint' })],
    ['no-label', workload({ labels: {} })],
  ])('is not made where nothing would work: %s', (refusal, own) => {
    expect(plan({ header: 'x-trace-me' }, own)).toEqual({
      refusal,
      reaches: [],
      risks: [],
    });
  });

  it('is not made where the proxy traces nothing', () => {
    const answer = planConditionalTracing({
      mark: { header: 'x-trace-me' },
      workload: workload(),
      effective: resolve([
        telemetry('shop/off', { tracing: [{ disableSpanReporting: true }] }),
      ]),
      workloads: [workload()],
    });
    expect(answer.refusal).toBe('reporting-disabled');
  });
});

describe('a mark', () => {
  it.each([
    [{ header: 'X-Trace-Me' }, 'header-form'],
    [{ header: 'x_user' }, 'header-form'],
    [{ header: ':path' }, 'header-form'],
    [{ header: "x'a" }, 'header-form'],
    [{ header: 'a'.repeat(65) }, 'header-form'],
    [{ header: '' }, 'header-form'],
    [{ header: 'authorization', value: 'a' }, 'header-secret'],
    [{ header: 'cookie' }, 'header-secret'],
    [{ header: 'x-request-id' }, 'header-reserved'],
    [{ header: 'x-envoy-force-trace' }, 'header-reserved'],
    [{ header: 'host', value: 'shop' }, 'header-reserved'],
    [{ header: 'user-agent' }, 'header-everywhere'],
    [{ header: 'x-forwarded-for' }, 'header-everywhere'],
    [{ header: 'x-user', value: "o'hara" }, 'value-form'],
    [{ header: 'x-user', value: 'a)%' }, 'value-form'],
    [{ header: 'x-user', value: 'a\nb' }, 'value-form'],
    [{ header: 'x-user', value: '' }, 'value-form'],
    [{ header: 'x-user', value: 'a'.repeat(129) }, 'value-form'],
  ])('is refused with a reason: %j', (mark, problem) => {
    expect(checkMark(mark)).toBe(problem);
  });

  it.each([
    { header: 'x-trace-me' },
    { header: 'x-user', value: 'olivia+test@example.com' },
    { header: 'user-agent', value: 'synthetic/1.0' },
  ])('is taken: %j', mark => {
    expect(checkMark(mark)).toBeUndefined();
  });

  it('that is taken stands whole in the condition, and nothing else does', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[ -~]{1,20}$/),
        fc.stringMatching(/^[ -~]{1,40}$/),
        (header, value) => {
          const mark = { header, value };
          if (checkMark(mark)) {
            return;
          }
          const condition = mutationOf(filterOf(mark))?.header.value ?? '';
          expect(condition.split("'")).toEqual([
            '%CEL(',
            header,
            ' in request.headers && request.headers[',
            header,
            '] == ',
            value,
            ' ? ',
            'mesh-tracing-conditional',
            ' : ',
            '',
            ')%',
          ]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
