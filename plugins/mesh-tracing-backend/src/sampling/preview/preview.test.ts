import { ServiceUnavailableError } from '@backstage/errors';
import type { Workload } from 'backstage-plugin-mesh-tracing-common';
import { MeasuredRequestRateEstimator } from '../impact/MeasuredRequestRateEstimator';
import {
  ALLOWED,
  samplingHarness,
  workload,
} from '../../testing/sampling/samplingHarness';
import type {
  SamplingHarness,
  SamplingHarnessOptions,
} from '../../testing/sampling/samplingHarness';

const CART = workload('cart');
/** Labels that the cart has too. */
const CANARY = workload('cart-canary', {
  labels: { app: 'cart', track: 'canary' },
});

describe('the preview', () => {
  let harness: SamplingHarness;
  afterEach(() => harness.close());

  const preview = async (
    options: SamplingHarnessOptions,
    request = {},
    own?: Workload[],
  ) => {
    harness = await samplingHarness(options);
    return harness.service.preview(
      harness.context(undefined, own),
      ALLOWED,
      harness.request(request),
    );
  };
  const refused = ({ verdicts }: Awaited<ReturnType<typeof preview>>) =>
    verdicts.filter(({ allowed }) => !allowed).map(({ rule }) => rule);

  describe('where labels match other workloads too', () => {
    const workloads = [CART, CANARY];

    it('shows them, and asks for consent, when they are of the same entity', async () => {
      const first = await preview({ workloads }, {}, workloads);
      expect(refused(first)).toEqual(['other-workloads']);
      expect(first.token).toBeUndefined();
      expect(first.changes).toMatchObject([
        { workload: { name: 'cart' }, intended: true },
        {
          workload: { name: 'cart-canary' },
          intended: false,
          after: { server: { samplingPercent: { value: 50 } } },
        },
      ]);
      const second = await harness.service.preview(
        harness.context(undefined, workloads),
        ALLOWED,
        harness.request({ acceptOtherWorkloads: true }),
      );
      expect(refused(second)).toEqual([]);
      expect(second.token).toBeDefined();
    });

    it('is refused when they belong to others, even with consent', async () => {
      const answer = await preview(
        { workloads },
        { acceptOtherWorkloads: true },
      );
      expect(refused(answer)).toEqual(['other-workloads']);
      expect(answer.token).toBeUndefined();
    });

    it('is allowed with consent where the site says so', async () => {
      const answer = await preview(
        { workloads, config: { otherWorkloads: 'any' } },
        { acceptOtherWorkloads: true },
      );
      expect(refused(answer)).toEqual([]);
    });

    it('is refused even within the same entity where the site says so', async () => {
      const answer = await preview(
        { workloads, config: { otherWorkloads: 'none' } },
        { acceptOtherWorkloads: true },
        workloads,
      );
      expect(refused(answer)).toEqual(['other-workloads']);
    });

    it('binds the consent to what was shown', async () => {
      harness = await samplingHarness({ config: { otherWorkloads: 'any' } });
      const request = await harness.confirm(
        harness.request({ acceptOtherWorkloads: true }),
      );
      harness.cluster.workloads = [...harness.cluster.workloads, CANARY];
      await expect(
        harness.service.apply(harness.context(), ALLOWED, request),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      expect(harness.cluster.writes).toEqual([]);
    });
  });

  it('asks for a provider where the change would switch tracing off', async () => {
    const meshConfig = {
      extensionProviders: [
        { name: 'jaeger', opentelemetry: { service: 'jaeger', port: 4317 } },
      ],
    };
    const answer = await preview({ meshConfig });
    expect(refused(answer)).toEqual(['provider-required']);
    const second = await harness.service.preview(
      harness.context(),
      ALLOWED,
      harness.request({ provider: 'jaeger' }),
    );
    expect(second.token).toBeDefined();
    expect(second.changes[0]?.after.server?.enabled.value).toBe(true);
  });

  describe('of what a site allows besides sampling and tags', () => {
    const meshConfig = {
      defaultProviders: { tracing: ['jaeger'] },
      extensionProviders: ['jaeger', 'zipkin'].map(name => ({
        name,
        opentelemetry: { service: name, port: 4317 },
      })),
    };
    const wishes = [
      ['provider', { provider: 'zipkin' }],
      ['disableSpanReporting', { disableSpanReporting: true }],
      ['disableContextPropagation', { disableContextPropagation: true }],
    ] as const;

    it.each(wishes)('refuses %s unless configured', async (field, wish) => {
      const answer = await preview({ meshConfig }, wish);
      expect(answer.verdicts).toContainEqual({
        rule: 'fields',
        allowed: false,
        field,
        message: expect.stringContaining(
          `meshTracing.sampling.fields.${field}`,
        ),
      });
      expect(answer.token).toBeUndefined();
    });

    it.each(wishes)('accepts %s where configured', async (field, wish) => {
      const config = { fields: { [field]: true } };
      const answer = await preview({ meshConfig, config }, wish);
      expect(refused(answer)).toEqual([]);
      const ability = harness.service.ability(harness.context(), {
        workload: ALLOWED,
        namespace: ALLOWED,
        mesh: ALLOWED,
      });
      expect(ability.fields).toMatchObject({ [field]: true });
    });

    it('lets a form name the provider that is in force anyway', async () => {
      const answer = await preview({ meshConfig }, { provider: 'Jaeger' });
      expect(refused(answer)).toEqual([]);
    });

    it('knows that old proxies have no switch for propagation', async () => {
      const answer = await preview(
        {
          config: { fields: { disableContextPropagation: true } },
          workloads: [workload('cart', { proxyVersion: '1.29.4' })],
        },
        { disableContextPropagation: true },
      );
      expect(refused(answer)).toEqual(['propagation-proxy-version']);
    });
  });

  it('refuses what would break the proxy and nobody else would notice', async () => {
    const answer = await preview(
      {},
      { customTags: { a: { formatter: { value: '%RESPONSE_CODE' } } } },
    );
    const [verdict] = answer.verdicts.filter(({ allowed }) => !allowed);
    expect(verdict?.field).toMatch(/^customTags\.a/);
    expect(refused(answer)).toHaveLength(1);
    expect(answer.dryRun.outcome).toBe('unavailable');
  });

  describe('of an object that a GitOps tool manages', () => {
    const managed = async (config: object) => {
      await preview({ config });
      await harness.service.apply(
        harness.context(),
        ALLOWED,
        await harness.confirm(harness.request()),
      );
      harness.cluster.editOutside('shop', 'mesh-tracing.cart', object => {
        object.metadata.annotations!['argocd.argoproj.io/tracking-id'] =
          'shop-app:telemetry.istio.io/Telemetry:shop/mesh-tracing.cart';
      });
      return harness.service.preview(
        harness.context(),
        ALLOWED,
        harness.request({ samplingPercent: 9 }),
      );
    };

    it("gives the YAML for the tool's repository, without the portal's marks", async () => {
      const { gitOps } = await managed({});
      expect(gitOps).toMatchObject({
        source: 'object',
        tool: 'argocd',
        name: 'shop-app',
      });
      expect(gitOps?.scaffolderUrl).toBeUndefined();
      expect(gitOps?.yaml).toContain('randomSamplingPercentage: 9');
      expect(gitOps?.yaml).not.toContain('meshtracing.io');
      expect(gitOps?.yaml).not.toContain('managed-by');
    });

    it("fills in the site's Scaffolder template", async () => {
      const { gitOps } = await managed({
        gitOps: { template: 'template:tracing/pull-request' },
      });
      const url = new URL(gitOps?.scaffolderUrl ?? '', 'http://portal');
      expect(url.pathname).toBe('/create/templates/tracing/pull-request');
      expect(JSON.parse(url.searchParams.get('formData') ?? '')).toEqual({
        entityRef: 'component:default/cart',
        cluster: 'main',
        namespace: 'shop',
        telemetry: 'mesh-tracing.cart',
        tool: 'argocd',
        application: 'shop-app',
        reason: 'looking for a slow query',
        yaml: gitOps?.yaml,
      });
    });

    it('gives the YAML, as that of a namespace does which the configuration gives to a repository', async () => {
      const { gitOps, token, verdicts } = await preview({
        config: { gitOps: { namespaces: ['shop'] } },
      });
      expect(token).toBeUndefined();
      expect(verdicts).toContainEqual({
        rule: 'gitops-namespace',
        allowed: false,
        message:
          "Namespace shop is changed through its repository only, as the portal's configuration says (meshTracing.sampling.gitOps.namespaces). Take the YAML there",
      });
      expect(gitOps).toMatchObject({ source: 'configuration' });
      expect(gitOps?.tool).toBeUndefined();
      expect(gitOps?.yaml).toContain('name: mesh-tracing.cart');
      expect(gitOps?.yaml).not.toContain('meshtracing.io');
    });

    it('gives YAML, which the preview of any other object does not', async () => {
      expect((await preview({})).gitOps).toBeUndefined();
    });
  });

  it('asks every policy that a site adds', async () => {
    const answer = await preview({
      policies: [
        {
          evaluate: async ({ entity, workloads, tracing }) => [
            {
              rule: 'freeze',
              allowed: false,
              message: `${entity.metadata.name} ${workloads.length} ${tracing.randomSamplingPercentage}`,
            },
          ],
        },
      ],
    });
    expect(answer.verdicts).toContainEqual({
      rule: 'freeze',
      allowed: false,
      message: 'cart 1 50',
    });
    expect(answer.token).toBeUndefined();
  });

  it('says once what a policy says of each workload', async () => {
    const answer = await preview(
      {
        workloads: [CART, CANARY],
        config: { otherWorkloads: 'any' },
        policies: [
          {
            evaluate: async ({ workloads }) =>
              workloads.map(() => ({
                rule: 'freeze',
                allowed: false,
                message: 'Nothing changes on Fridays',
              })),
          },
        ],
      },
      { acceptOtherWorkloads: true },
    );
    expect(answer.verdicts.filter(({ rule }) => rule === 'freeze')).toEqual([
      {
        rule: 'freeze',
        allowed: false,
        message: 'Nothing changes on Fridays',
        count: 2,
      },
    ]);
  });

  it('is shown without a token while the API server is away', async () => {
    harness = await samplingHarness();
    jest
      .spyOn(harness.cluster, 'getTelemetry')
      .mockRejectedValue(new ServiceUnavailableError('API server is away'));
    const answer = await harness.service.preview(
      harness.context(),
      ALLOWED,
      harness.request(),
    );
    expect(answer.dryRun).toEqual({
      outcome: 'unavailable',
      message: 'API server is away',
      warnings: [],
    });
    expect(answer.token).toBeUndefined();
    expect(answer.yaml).toContain('mesh-tracing.cart');
  });

  it('waits for a cluster that was never read', async () => {
    harness = await samplingHarness();
    harness.cluster.state = 'syncing';
    await expect(
      harness.service.preview(harness.context(), ALLOWED, harness.request()),
    ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
  });

  it('tells of a workload outside of the mesh', async () => {
    const answer = await preview({
      workloads: [workload('cart', { proxy: 'none' })],
    });
    expect(refused(answer)).toEqual(['in-mesh']);
  });

  it('tells which inherited Telemetry a GitOps tool manages, and that the first hop decides', async () => {
    const answer = await preview({
      telemetries: [
        {
          metadata: {
            namespace: 'shop',
            name: 'team-default',
            labels: { 'kustomize.toolkit.fluxcd.io/name': 'shop' },
          },
          spec: { tracing: [{ randomSamplingPercentage: 5 }] },
        },
      ],
    });
    expect(answer.findings.map(({ code }) => code)).toEqual([
      'chain-managed',
      'sampling-first-hop',
    ]);
    expect(answer.findings[0]?.what).toContain(
      'Flux deletes only objects that it tracks, so the override stays; should its source later hold one of the same name, that one wins.',
    );
    expect(answer.token).toBeDefined();
  });

  describe('estimates what a change costs', () => {
    const estimator = (rootTraces: number) =>
      MeasuredRequestRateEstimator.create({
        measure: async () => null,
        observe: async () => ({
          traces: rootTraces,
          rootTraces,
          spans: rootTraces * 5,
          windowMs: 600_000,
          complete: true,
        }),
      });

    it('from traces seen and the sampling in force', async () => {
      const answer = await preview({ estimator: estimator(60) });
      // 60 traces in 10 minutes at 1 % are 10 requests a second.
      expect(answer.impact).toEqual({
        requestsPerSecond: 10,
        tracesPerSecondBefore: 0.1,
        tracesPerSecondAfter: 5,
        spansPerSecondBefore: 0.5,
        spansPerSecondAfter: 25,
        bytesPerDayBefore: 0.5 * 1000 * 86_400,
        bytesPerDayAfter: 25 * 1000 * 86_400,
        assumption: expect.stringContaining('60 traces'),
      });
    });

    it('but not where no trace was seen', async () => {
      expect((await preview({ estimator: estimator(0) })).impact).toBeNull();
    });

    it('but not where the estimate fails', async () => {
      const answer = await preview({
        estimator: {
          estimate: async () => {
            throw new Error('no store');
          },
        },
      });
      expect(answer.impact).toBeNull();
      expect(answer.token).toBeDefined();
    });
  });
});
