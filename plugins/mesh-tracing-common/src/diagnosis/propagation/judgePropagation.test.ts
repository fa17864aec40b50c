import { requiredHeaders, type PropagationCode } from '../../propagation';
import { judgePropagation } from './judgePropagation';
import { propagationRungCatalog } from './propagationRungCatalog';

function judge(code: PropagationCode) {
  return judgePropagation({
    workload: 'reviews-v2',
    code,
    headers: requiredHeaders('opentelemetry'),
    provider: { name: 'jaeger', kind: 'opentelemetry' },
    traceCount: 300,
    store: 'main',
    atMs: 0,
    callCount: 200,
    brokenCount: 174,
    share: 0.87,
    shareBounds: { low: 0.82, high: 0.91 },
    requestIdLostCount: 50,
    otherCount: 0,
    kinds: [],
  });
}

describe('the rung of header propagation', () => {
  it('says plainly for how many calls the workload starts new traces, and which headers mend it', () => {
    const rung = judge('no-headers-forwarded');
    expect(rung).toMatchObject({
      id: 'propagation',
      verdict: 'broken',
      cause:
        'reviews-v2 starts new traces for 87 % of the calls that it makes.',
      docs: 'diagnosis#propagation',
    });
    expect(rung.mends).toEqual([
      {
        kind: 'advice',
        what: expect.stringContaining(
          'provider jaeger reads, from each request to the calls that it makes for it: traceparent, tracestate, x-request-id',
        ),
      },
    ]);
  });

  it('counts by itself the calls that lost the request id alone', () => {
    expect(judge('request-id-not-forwarded')).toMatchObject({
      verdict: 'broken',
      cause: expect.stringContaining('no x-request-id for 25 % of its calls'),
    });
  });

  it.each(['headers-forwarded', 'makes-no-calls', 'proxy-only'] as const)(
    'is good where the verdict is: %s',
    code => {
      const rung = judge(code);
      expect(rung).toMatchObject({ verdict: 'good', mends: [] });
      expect(rung.code).toBeUndefined();
    },
  );

  it.each(Object.keys(propagationRungCatalog) as PropagationCode[])(
    'has a cause for %s, and a mend or what would tell',
    code => {
      const { cause, mends, needs, verdict } = judge(code);
      expect(cause).not.toBe('');
      expect(verdict === 'unknown' ? needs : mends.length).toBeTruthy();
    },
  );
});
