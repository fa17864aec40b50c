import { ConfigReader } from '@backstage/config';
import { readSamplingConfig } from './readSamplingConfig';

const read = (sampling: object, history = {}) =>
  readSamplingConfig(new ConfigReader({ meshTracing: { sampling, history } }));

describe('the configuration of sampling', () => {
  it('is careful when absent', () => {
    expect(readSamplingConfig(new ConfigReader({}))).toEqual({
      writers: 'owners',
      actForOwners: false,
      maxPercentage: 100,
      maxDurationMs: 24 * 3600 * 1000,
      allowPermanent: false,
      namespaces: { allow: undefined, deny: [] },
      customTags: {
        max: 16,
        kinds: ['literal', 'header', 'environment', 'formatter'],
        denyHeaders: [],
        allowHeaders: [],
        allowEnvironment: [],
      },
      fields: {
        provider: false,
        disableSpanReporting: false,
        disableContextPropagation: false,
      },
      gitOps: {
        namespaces: [],
        template: undefined,
        unreadableNamespaces: 'allow',
      },
      reasonRequired: false,
      rateLimit: 20,
      otherWorkloads: 'entity',
      scopes: ['workload'],
      historyRetentionMs: 400 * 24 * 3600 * 1000,
    });
  });

  it('takes durations in both spellings', () => {
    expect(read({ maxDuration: { hours: 2 } }).maxDurationMs).toBe(7_200_000);
    expect(read({ maxDuration: '90m' }).maxDurationMs).toBe(5_400_000);
    expect(read({}, { retention: { days: 1 } }).historyRetentionMs).toBe(
      86_400_000,
    );
  });

  it('takes headers however they are written', () => {
    const { customTags } = read({
      customTags: {
        denyHeaders: [' X-Customer-Id'],
        allowHeaders: ['X-Edge-Token '],
      },
    });
    expect(customTags).toMatchObject({
      denyHeaders: ['x-customer-id'],
      allowHeaders: ['x-edge-token'],
    });
  });

  it('takes variables as they are written, since their case tells them apart', () => {
    expect(
      read({ customTags: { allowEnvironment: ['EDGE_TOKEN_KIND '] } })
        .customTags,
    ).toMatchObject({ allowEnvironment: ['EDGE_TOKEN_KIND'] });
  });

  it('completes the ref of a template', () => {
    expect(read({ gitOps: { template: 'trace' } }).gitOps.template).toBe(
      'template:default/trace',
    );
  });

  it.each([
    [{ maxPercentage: 101 }, 'meshTracing.sampling.maxPercentage is 101'],
    [{ writers: 'all' }, 'meshTracing.sampling.writers'],
    [{ reason: 'maybe' }, 'meshTracing.sampling.reason'],
    [{ maxDuration: 'soon' }, 'meshTracing.sampling.maxDuration'],
    [{ maxDuration: { hours: 0 } }, 'meshTracing.sampling.maxDuration'],
    [
      { gitOps: { unreadableNamespaces: 'ignore' } },
      "meshTracing.sampling.gitOps.unreadableNamespaces is 'ignore'; use one of allow, refuse",
    ],
    [
      { gitOps: { template: 'component:default/a' } },
      'meshTracing.sampling.gitOps.template',
    ],
    [{ gitOps: { template: ':/' } }, 'meshTracing.sampling.gitOps.template'],
    [{ rateLimit: 1.5 }, 'meshTracing.sampling.rateLimit'],
    [{ scopes: ['workload', 'galaxy'] }, 'meshTracing.sampling.scopes[1]'],
    [
      { customTags: { allowHeaders: ['x-shard-key', 'X_API_Key'] } },
      "meshTracing.sampling.customTags.allowHeaders[1] is 'x_api_key', which carries a secret",
    ],
    [
      { customTags: { kinds: ['literal', 'magic'] } },
      'meshTracing.sampling.customTags.kinds[1]',
    ],
  ])('says where it is wrong: %j', (sampling, path) => {
    expect(() => read(sampling)).toThrow(path);
  });
});
