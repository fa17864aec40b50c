import type { ObservedTraces } from './RequestRateEstimator';
import {
  ALLOWED,
  samplingHarness,
  workload,
} from '../../testing/sampling/samplingHarness';
import type { SamplingHarness } from '../../testing/sampling/samplingHarness';

const SEEN: ObservedTraces = {
  traces: 40,
  rootTraces: 12,
  spans: 60,
  windowMs: 3_600_000,
  complete: true,
};

describe('whether sampling at a workload has an effect', () => {
  let harness: SamplingHarness;
  afterEach(() => harness.close());

  const firstHop = async (
    observe?: () => Promise<ObservedTraces | null>,
    options: {
      percentNow?: number;
      proxy?: 'gateway';
      request?: Parameters<SamplingHarness['request']>[0];
    } = {},
  ) => {
    const { percentNow = 10, proxy = 'sidecar', request } = options;
    harness = await samplingHarness({
      workloads: [workload('cart', { proxy })],
      config: { scopes: ['workload', 'namespace', 'mesh'] },
      telemetries: [
        {
          metadata: { namespace: 'shop', name: 'default' },
          spec: { tracing: [{ randomSamplingPercentage: percentNow }] },
        },
      ],
      estimator: { estimate: async () => null, ...(observe && { observe }) },
    });
    const { findings } = await harness.service.preview(
      harness.context(),
      ALLOWED,
      harness.request(request),
    );
    return findings.filter(({ code }) =>
      ['sampling-first-hop', 'sampling-without-effect'].includes(code),
    );
  };
  const seen =
    (traces: number, rootTraces: number, complete = true) =>
    async () => ({ ...SEEN, traces, rootTraces, complete });

  it('is told by where the traces began that were seen', async () => {
    expect(await firstHop(seen(40, 12))).toMatchObject([
      {
        severity: 'info',
        what: expect.stringContaining(
          'Of the 40 traces seen here in the last hour, 12 began here.',
        ),
      },
    ]);
  });

  it('is denied where all of them began elsewhere', async () => {
    expect(await firstHop(seen(500, 0, false))).toMatchObject([
      {
        severity: 'warning',
        code: 'sampling-without-effect',
        what: expect.stringContaining('Of the newest 500 traces'),
      },
    ]);
  });

  it.each<[string, () => Promise<ObservedTraces | null>, number, string]>([
    [
      'nothing that starts here is sampled, and nothing else passes',
      seen(0, 0),
      0,
      'no trace was seen here in the last hour',
    ],
    [
      'nothing that starts here is sampled, though others pass',
      seen(1, 0),
      0,
      'the 1 trace seen here in the last hour began elsewhere',
    ],
    [
      'no trace was seen in spite of sampling',
      seen(0, 0),
      10,
      'no trace was seen here in the last hour, at 10 % sampling',
    ],
    [
      'the trace store is away',
      async () => {
        throw new Error('away');
      },
      10,
      'the trace store could not be asked',
    ],
  ])('is not known where %s', async (_, observe, percentNow, why) => {
    expect(await firstHop(observe, { percentNow })).toMatchObject([
      {
        severity: 'info',
        code: 'sampling-first-hop',
        what: expect.stringContaining(why),
      },
    ]);
  });

  it('can be learned from traces only, as the finding says where nobody samples', async () => {
    const [finding] = await firstHop(seen(0, 0), { percentNow: 0 });
    expect(finding?.whatToDo).toBe(
      'Sample a little first: only traces tell where requests begin.',
    );
  });

  it('is told as a rule where nothing can be observed', async () => {
    expect(await firstHop()).toMatchObject([{ code: 'sampling-first-hop' }]);
  });

  it('is told as a rule for a namespace, and not asked for each workload', async () => {
    const observe = jest.fn(seen(40, 12));
    const request = { scope: 'namespace' as const };
    expect(await firstHop(observe, { request })).toMatchObject([
      { what: expect.stringContaining('one of its workloads') },
    ]);
    expect(observe).not.toHaveBeenCalled();
  });

  it.each<[string, Parameters<typeof firstHop>[1]]>([
    ['at a gateway, where requests start', { proxy: 'gateway' }],
    ['of the whole mesh', { request: { scope: 'mesh' } }],
    [
      'when sampling stays as it is',
      {
        request: {
          samplingPercent: null,
          customTags: { team: { literal: { value: 'x' } } },
        },
      },
    ],
  ])('needs no finding %s', async (_, options) => {
    expect(await firstHop(seen(40, 12), options)).toEqual([]);
  });
});
