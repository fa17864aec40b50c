import { findingCatalog } from '../../tracing';
import { factsOf, podOf, rungIn } from '../../testing/configurationFacts';
import { gateway, reviews, telemetry } from '../../testing/tracing';
import { composeLadder } from '../composeLadder';
import { diagnosisCatalog } from '../diagnosisCatalog';
import { RUNG_IDS } from '../model/rungIds';
import { configurationCatalog } from './configurationCatalog';
import { nameEnvoyFilters } from './envoyFilterRungs';
import { FINDING_RUNGS } from './findingRungs';
import { judgeConfiguration } from './judgeConfiguration';

const HEALTHY = {
  'a sidecar with the default provider of its mesh': factsOf(),
  'a sidecar with Telemetries on each level': factsOf({
    telemetries: [
      telemetry('istio-system/mesh', {
        tracing: [{ randomSamplingPercentage: 1 }],
      }),
      telemetry('shop/all', {
        tracing: [{ customTags: { team: { literal: { value: 'a' } } } }],
      }),
      telemetry('shop/own', {
        selector: reviews,
        tracing: [{ randomSamplingPercentage: 50 }],
      }),
    ],
  }),
  'a gateway': factsOf({
    workload: {
      proxy: 'gateway',
      labels: gateway().labels,
      pods: [podOf({ proxy: 'gateway' })],
    },
  }),
  'pods of two versions': factsOf({
    workload: { pods: [podOf(), podOf({ proxyVersion: '1.30.2' })] },
  }),
  'a Zipkin provider with a Telemetry': factsOf({
    telemetries: [
      telemetry('istio-system/mesh', {
        tracing: [
          { providers: [{ name: 'zipkin' }], randomSamplingPercentage: 10 },
        ],
      }),
    ],
  }),
};

describe('the rungs of the configuration', () => {
  it.each(Object.entries(HEALTHY))('are all well for %s', (_, facts) => {
    const rungs = judgeConfiguration(facts);
    expect(rungs.map(({ id, verdict }) => [id, verdict])).toEqual(
      [
        'in-mesh',
        'telemetry',
        'provider',
        'sampling',
        'reporting',
        'accepted',
      ].map(id => [id, 'good']),
    );
    expect(composeLadder(facts.workload, rungs).firstRung).toBeUndefined();
  });

  it('are unknown, but for the first, where no proxy reads it', () => {
    const facts = factsOf({
      workload: { proxy: 'none', pods: [podOf({ proxy: 'none' })] },
    });
    const rungs = judgeConfiguration(facts);
    expect(rungs.map(({ verdict }) => verdict)).toEqual([
      'broken',
      ...Array.from({ length: 5 }, () => 'unknown'),
    ]);
    expect(composeLadder(facts.workload, rungs).firstRung).toBe('in-mesh');
  });

  it('are all unknown until the cluster was read', () => {
    const rungs = judgeConfiguration(factsOf({ facts: { isSyncing: true } }));
    expect(new Set(rungs.map(({ verdict }) => verdict))).toEqual(
      new Set(['unknown']),
    );
    expect(rungs.every(({ needs }) => needs)).toBe(true);
  });
});

describe('the codes of the rungs', () => {
  it('give every finding about effective tracing a rung', () => {
    expect(Object.keys(FINDING_RUNGS).sort()).toEqual(
      Object.keys(findingCatalog).sort(),
    );
    for (const { rung } of Object.values(FINDING_RUNGS)) {
      expect(RUNG_IDS).toContain(rung);
    }
  });

  it('take each error among the findings for more than a note', () => {
    const errors = Object.entries(findingCatalog)
      .filter(([, { severity }]) => severity === 'error')
      .map(([code]) => code);
    expect(errors.length).toBeGreaterThan(10);
    expect(Object.keys(configurationCatalog)).toEqual(
      expect.arrayContaining(errors),
    );
  });

  it('are described with what is the case and how to mend it', () => {
    for (const { meaning, mend, rung } of Object.values(diagnosisCatalog)) {
      expect(meaning).toMatch(/\.$/);
      expect(mend).toMatch(/\.$/);
      expect(RUNG_IDS).toContain(rung);
    }
  });
});

describe('an EnvoyFilter', () => {
  const touching = (
    touches: Array<'tracing' | 'request-id' | 'trace-headers'>,
  ) =>
    factsOf({
      inputs: {
        envoyFilters: [{ namespace: 'shop', name: 'lua', touches }],
      },
    });
  const named = (facts: ReturnType<typeof factsOf>) =>
    nameEnvoyFilters(judgeConfiguration(facts), facts);

  it.each([
    ['tracing', 'telemetry'],
    ['request-id', 'sampling'],
  ] as const)(
    'that touches %s makes the rung %s doubtful, and is named there',
    (touch, id) => {
      const rung = rungIn(named(touching([touch])), id);
      expect(rung).toMatchObject({
        verdict: 'doubtful',
        code: 'envoy-filter-touches-tracing',
        envoyFilters: ['shop/lua'],
        docs: `diagnosis#${id}`,
        mends: [{ command: 'kubectl -n shop delete envoyfilter lua' }],
      });
      expect(rung.cause).toContain('EnvoyFilter shop/lua may change this');
    },
  );

  it('acts on who decides when it touches headers, whoever judged that rung', () => {
    const facts = touching(['trace-headers']);
    const decision = {
      id: 'decision' as const,
      verdict: 'good' as const,
      cause: 'Requests start here.',
      evidence: [],
      mends: [],
      docs: 'diagnosis#decision',
    };
    expect(nameEnvoyFilters([decision], facts)[0]).toMatchObject({
      verdict: 'doubtful',
      envoyFilters: ['shop/lua'],
    });
  });

  it('leaves the cause and verdict of a rung that is broken anyway', () => {
    const facts = factsOf({
      telemetries: [
        telemetry('shop/own', { tracing: [{ randomSamplingPercentage: 0 }] }),
      ],
      inputs: {
        envoyFilters: [
          { namespace: 'shop', name: 'lua', touches: ['request-id'] },
        ],
      },
    });
    expect(rungIn(named(facts), 'sampling')).toMatchObject({
      verdict: 'broken',
      code: 'zero-percent-reporting',
      envoyFilters: ['shop/lua'],
    });
  });

  it('of another namespace is not named', () => {
    const facts = factsOf({
      inputs: {
        envoyFilters: [
          { namespace: 'other', name: 'lua', touches: ['tracing'] },
        ],
      },
    });
    expect(rungIn(named(facts), 'telemetry').verdict).toBe('good');
  });
});
