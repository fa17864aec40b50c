import type { Telemetry, TelemetryTracing } from '../../tracing';
import { checkProxyVersions } from './checkProxyVersions';
import { testWorkload } from '../../testing/testWorkload';

const CODE: TelemetryTracing = {
  customTags: { code: { formatter: { value: '%RESPONSE_CODE%' } } },
};
const PROPAGATION: TelemetryTracing = { disableContextPropagation: true };
const UNKNOWN = testWorkload('digest', {}, { proxyVersion: undefined });
const OLD = testWorkload('old', {}, { proxyVersion: '1.28.5' });

const check = (
  tracing: TelemetryTracing,
  options: Partial<Parameters<typeof checkProxyVersions>[0]> = {},
) => {
  const { problems, findings } = checkProxyVersions({
    tracing,
    scope: 'workload',
    current: undefined,
    workloads: [testWorkload('new', {}), UNKNOWN],
    ...options,
  });
  return [
    ...problems.map(({ rule, field }) => `${rule} ${field}`),
    ...findings.map(({ code, severity }) => `${code} ${severity}`),
  ];
};
const carrying = (tracing: TelemetryTracing): Telemetry => ({
  metadata: { namespace: 'shop', name: 'mesh-tracing.digest' },
  spec: { tracing: [tracing] },
});

const REFUSED_TAG = 'custom-tag-formatter customTags.code.formatter';
const REFUSED_SWITCH = 'propagation-proxy-version disableContextPropagation';
const WARNED = 'custom-tag-proxy-version warning';

describe('what proxies are too old for', () => {
  it.each([
    ['a formatter tag', CODE, REFUSED_TAG],
    ['a switch of propagation', PROPAGATION, REFUSED_SWITCH],
  ])('%s is refused where it is new', (_, tracing, refused) => {
    expect(check(tracing)).toEqual([refused]);
    expect(check(tracing, { current: carrying({}) })).toEqual([refused]);
    expect(check(tracing, { workloads: [OLD] })).toEqual([refused]);
  });

  it.each([
    ['a formatter tag', CODE],
    ['a switch of propagation', PROPAGATION],
  ])('%s stays where the override has it already', (_, tracing) => {
    expect(check(tracing, { current: carrying(tracing) })).toEqual([]);
    expect(
      check(
        { ...tracing, randomSamplingPercentage: 7 },
        { current: carrying(tracing), workloads: [OLD] },
      ),
    ).toEqual([]);
  });

  it('is refused of what is changed or added to what the override has', () => {
    const current = carrying(CODE);
    const other = { formatter: { value: '%PROTOCOL%' } };
    expect(check({ customTags: { code: other } }, { current })).toEqual([
      REFUSED_TAG,
    ]);
    expect(
      check({ customTags: { ...CODE.customTags, other } }, { current }),
    ).toEqual(['custom-tag-formatter customTags.other.formatter']);
    expect(
      check(
        { disableContextPropagation: false },
        { current: carrying(PROPAGATION) },
      ),
    ).toEqual([REFUSED_SWITCH]);
  });

  it.each(['namespace', 'mesh'] as const)(
    'is no reason to refuse a formatter tag for a %s where a version cannot be told',
    scope => {
      expect(check(CODE, { scope })).toEqual([WARNED]);
      expect(check(PROPAGATION, { scope })).toEqual([REFUSED_SWITCH]);
      expect(check(CODE, { scope, workloads: [UNKNOWN, OLD] })).toEqual([
        REFUSED_TAG,
      ]);
    },
  );
});
