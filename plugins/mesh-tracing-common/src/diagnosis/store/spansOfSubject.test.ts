import fc from 'fast-check';
import { anyTrace } from '../../testing/traces/anyTrace';
import { sketchTrace, type SpanSketch } from '../../testing/traces/spans';
import { spanTableOf, type TraceSubject } from '../../traces';
import { clockAhead, provenNames } from './spansOfSubject';

const subject: TraceSubject = {
  services: ['reviews.shop'],
  workloads: [
    { namespace: 'shop', name: 'reviews-v1', canonicalName: 'reviews' },
  ],
};
const identity = (workload: string) => ({
  node_id: `sidecar~10.0.0.1~${workload}-v1-7d9f8b6c5d-x2x2x.shop~shop.svc.cluster.local`,
  'istio.canonical_service': workload,
  'istio.namespace': 'shop',
});

/** A call from the page to reviews, whose clock is ahead by some microseconds. */
function call(aheadUs: number, service = 'reviews.shop') {
  const sketches: SpanSketch[] = [
    {
      id: 'out',
      start: 10_000_000,
      duration: 40_000,
      service: 'page.shop',
      kind: 'client',
      attributes: identity('page'),
    },
    {
      id: 'in',
      parent: 'out',
      start: 10_010_000 + aheadUs,
      duration: 20_000,
      service,
      kind: 'server',
      attributes: identity('reviews'),
    },
  ];
  return spanTableOf([sketchTrace(sketches)]);
}

describe('spans of a subject', () => {
  it('prove names by their mesh identity, whatever the names are', () => {
    expect(provenNames([call(0, 'my-reviews')], subject)).toEqual([
      'my-reviews',
    ]);
  });

  it('prove no name without an identity, and none of another workload', () => {
    const bare = sketchTrace([
      { id: 'a', start: 0, duration: 1, service: 'reviews.shop' },
      {
        id: 'b',
        start: 0,
        duration: 1,
        service: 'page.shop',
        attributes: identity('page'),
      },
    ]);
    expect(provenNames([spanTableOf([bare])], subject)).toEqual([]);
  });

  it.each([0, 3_600_000_000, -3_600_000_000, 2_000_000])(
    'tell that a clock is %d us ahead of the callers',
    aheadUs => {
      const { aheadMs, comparedCount } = clockAhead([call(aheadUs)], subject);
      expect(comparedCount).toBe(1);
      expect(aheadMs).toBeCloseTo(aheadUs / 1_000, 6);
    },
  );

  it('tell nothing of a clock without a caller', () => {
    const alone = sketchTrace([
      {
        id: 'in',
        start: 0,
        duration: 1,
        service: 'reviews.shop',
        kind: 'server',
      },
    ]);
    expect(clockAhead([spanTableOf([alone])], subject)).toEqual({
      comparedCount: 0,
    });
  });

  it('are read of any trace without failing', () => {
    fc.assert(
      fc.property(fc.array(anyTrace, { maxLength: 3 }), traces => {
        const tables = [spanTableOf(traces)];
        expect(provenNames(tables, subject)).toEqual(expect.any(Array));
        expect(Number.isFinite(clockAhead(tables, subject).aheadMs ?? 0)).toBe(
          true,
        );
      }),
      { seed: 14, numRuns: 50 },
    );
  });
});
