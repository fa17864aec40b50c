import { ConfigReader } from '@backstage/config';
import type { SamplingChange } from 'backstage-plugin-mesh-tracing-node';
import { ConfiguredSamplingPolicy } from './ConfiguredSamplingPolicy';
import { readSamplingConfig } from '../config/readSamplingConfig';
import { workload } from '../../testing/sampling/samplingHarness';

const NOW = new Date('2026-11-20T12:00:00Z');

async function refusals(
  sampling: object,
  change: Partial<SamplingChange>,
): Promise<Array<[string, string | undefined]>> {
  const verdicts = await ConfiguredSamplingPolicy.create({
    config: readSamplingConfig(new ConfigReader({ meshTracing: { sampling } })),
    rootNamespaceOf: () => 'istio-system',
  }).evaluate({
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'cart' },
    },
    workloads: [workload('cart')],
    tracing: { randomSamplingPercentage: 50 },
    expiresAt: new Date('2026-11-20T13:00:00Z'),
    now: NOW,
    ...change,
  });
  return verdicts
    .filter(({ allowed }) => !allowed)
    .map(({ rule, field }) => [rule, field]);
}

const tag = (customTags: object) => ({
  tracing: { customTags } as SamplingChange['tracing'],
});

describe('the configured guard rails', () => {
  it('let an ordinary change pass', async () => {
    expect(await refusals({}, {})).toEqual([]);
  });

  it.each([
    [
      'more than the maximum',
      { maxPercentage: 10 },
      {},
      ['max-percentage', 'samplingPercent'],
    ],
    ['no end', {}, { expiresAt: undefined }, ['end', 'expiresAt']],
    ['an end in the past', {}, { expiresAt: NOW }, ['end', 'expiresAt']],
    ['an end too far away', { maxDuration: '30m' }, {}, ['end', 'expiresAt']],
    [
      'an end that is no date',
      {},
      { expiresAt: new Date('x') },
      ['end', 'expiresAt'],
    ],
    [
      'no reason',
      { reason: 'required' },
      { reason: '  ' },
      ['reason', 'reason'],
    ],
    [
      'the root namespace',
      {},
      { workloads: [workload('a', { namespace: 'istio-system' })] },
      ['namespace', 'workload'],
    ],
    [
      'a denied namespace',
      { namespaces: { deny: ['shop'] } },
      {},
      ['namespace', 'workload'],
    ],
    [
      'a namespace not allowed',
      { namespaces: { allow: ['lab'] } },
      {},
      ['namespace', 'workload'],
    ],
    [
      'a neighbour in a denied namespace',
      { namespaces: { deny: ['lab'] } },
      { workloads: [workload('a'), workload('b', { namespace: 'lab' })] },
      ['namespace', 'workload'],
    ],
    [
      'too many tags',
      { customTags: { max: 1 } },
      tag({ a: { literal: { value: '1' } }, b: { literal: { value: '2' } } }),
      ['custom-tag-count', 'customTags'],
    ],
    [
      'a kind not allowed',
      { customTags: { kinds: ['literal'] } },
      tag({ a: { header: { name: 'x-tenant' } } }),
      ['custom-tag-kind', 'customTags.a.header'],
    ],
    [
      'a header that the site denies',
      { customTags: { denyHeaders: ['X-Tenant'] } },
      tag({ a: { header: { name: 'x-tenant' } } }),
      ['custom-tag-header', 'customTags.a.header.name'],
    ],
    ['a null tag', {}, tag({ a: null }), ['custom-tag-kind', 'customTags.a']],
  ])('refuse %s, naming the field', async (_, sampling, change, expected) => {
    expect(await refusals(sampling, change)).toEqual([expected]);
  });

  it('allow a permanent override only where configured', async () => {
    expect(
      await refusals({ allowPermanent: true }, { expiresAt: undefined }),
    ).toEqual([]);
  });

  it('let headers pass that the site says hold no secret', async () => {
    const change = tag({ a: { header: { name: 'X-Edge-Token' } } });
    expect(await refusals({}, change)).toEqual([
      ['custom-tag-header', 'customTags.a.header.name'],
    ]);
    expect(
      await refusals(
        { customTags: { allowHeaders: ['x-edge-token'] } },
        change,
      ),
    ).toEqual([]);
  });
});
