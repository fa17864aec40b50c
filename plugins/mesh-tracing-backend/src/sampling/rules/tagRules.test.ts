import type { Workload } from 'backstage-plugin-mesh-tracing-common';
import {
  ALLOWED,
  samplingHarness,
  workload,
} from '../../testing/sampling/samplingHarness';
import type { SamplingHarness } from '../../testing/sampling/samplingHarness';

const FORMATTER = { code: { formatter: { value: '%RESPONSE_CODE%' } } };
const VARIABLE = { tier: { environment: { name: 'TIER' } } };

/** A workload whose pods have proxies with these variables. */
function withVariables(name: string, ...pods: string[][]): Workload {
  return workload(name, {
    pods: pods.map((proxyEnvironment, index) => ({
      name: `${name}-${index}`,
      labels: { app: name },
      ready: true,
      proxyVersion: '1.30.0',
      proxyEnvironment,
    })),
  });
}

describe('the preview of custom tags', () => {
  let harness: SamplingHarness;
  afterEach(() => harness.close());

  const preview = async (
    workloads: Workload[],
    request: Parameters<SamplingHarness['request']>[0],
    customTags = {},
  ) => {
    harness = await samplingHarness({
      workloads,
      config: { scopes: ['workload', 'namespace', 'mesh'], customTags },
    });
    return harness.service.preview(
      harness.context(),
      ALLOWED,
      harness.request(request),
    );
  };
  const refused = ({ verdicts }: Awaited<ReturnType<typeof preview>>) =>
    verdicts.filter(({ allowed }) => !allowed);
  const missing = ({ findings }: Awaited<ReturnType<typeof preview>>) =>
    findings.filter(({ code }) => code === 'custom-tag-variable-missing');

  it('refuses a formatter for proxies whose version cannot be told', async () => {
    const answer = await preview(
      [workload('cart', { proxyVersion: undefined })],
      { customTags: FORMATTER },
    );
    expect(refused(answer)).toMatchObject([
      {
        rule: 'custom-tag-formatter',
        field: 'customTags.code.formatter',
        message: expect.stringContaining('pod shop/cart-1'),
      },
    ]);
    expect(answer.token).toBeUndefined();
  });

  it.each(['namespace', 'mesh'] as const)(
    'refuses a formatter for a %s with an old proxy, although nothing would change for that one',
    async scope => {
      const answer = await preview(
        [workload('cart'), workload('old', { proxyVersion: '1.28.5' })],
        { scope, samplingPercent: null, customTags: FORMATTER },
      );
      expect(refused(answer)).toContainEqual(
        expect.objectContaining({
          rule: 'custom-tag-formatter',
          message: expect.stringContaining('Deployment/old has 1.28.5'),
        }),
      );
    },
  );

  it.each(['namespace', 'mesh'] as const)(
    'only warns of a version that cannot be told in a %s',
    async scope => {
      const answer = await preview(
        [workload('cart'), workload('digest', { proxyVersion: undefined })],
        { scope, customTags: FORMATTER },
      );
      expect(refused(answer)).toEqual([]);
      expect(answer.findings).toContainEqual(
        expect.objectContaining({
          code: 'custom-tag-proxy-version',
          what: expect.stringContaining('pod shop/digest-1'),
        }),
      );
    },
  );

  it('looks for a variable in every pod', async () => {
    const answer = await preview([withVariables('cart', ['TIER'], ['A'])], {
      customTags: VARIABLE,
    });
    expect(missing(answer)).toMatchObject([
      { what: expect.stringContaining('1 of 2 pods (shop/cart-1)') },
    ]);
  });

  it('looks for a variable in every workload of a wide change, and tells once', async () => {
    const answer = await preview(
      [
        withVariables('cart', ['TIER']),
        withVariables('pay', ['A'], ['B']),
        withVariables('stock', ['C']),
      ],
      { scope: 'namespace', customTags: VARIABLE },
    );
    expect(missing(answer)).toMatchObject([
      {
        what: expect.stringContaining(
          '3 of 4 pods (shop/pay-0, shop/pay-1, shop/stock-0)',
        ),
      },
    ]);
  });

  it('lets a header pass that the site says holds no secret', async () => {
    const request = {
      customTags: { shard: { header: { name: 'X-Edge-Token' } } },
    };
    const cart = [workload('cart')];
    expect(refused(await preview(cart, request))).toMatchObject([
      { field: 'customTags.shard.header.name' },
    ]);
    await harness.close();
    const allowed = await preview(cart, request, {
      allowHeaders: ['x-edge-token'],
    });
    expect(refused(allowed)).toEqual([]);
  });

  it('lets a variable pass that the site says holds no secret', async () => {
    const request = {
      customTags: { edge: { environment: { name: 'EDGE_TOKEN_KIND' } } },
    };
    const cart = [workload('cart')];
    const answer = await preview(cart, request);
    expect(refused(answer)).toMatchObject([
      {
        rule: 'custom-tag-environment',
        field: 'customTags.edge.environment.name',
      },
    ]);
    expect(answer.token).toBeUndefined();
    await harness.close();
    const allowed = await preview(cart, request, {
      allowEnvironment: ['EDGE_TOKEN_KIND'],
    });
    expect(refused(allowed)).toEqual([]);
  });
});
