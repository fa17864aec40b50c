import fc from 'fast-check';
import { selectorMatches } from '../../tracing';
import type { Workload } from '../../workloads';
import { proveSelector } from './proveSelector';
import { testWorkload } from '../../testing/testWorkload';

const labels = fc.dictionary(
  fc.constantFrom(
    'app',
    'app.kubernetes.io/name',
    'version',
    'team',
    'tier',
    'pod-template-hash',
    'helm.sh/chart',
  ),
  fc.constantFrom('a', 'b', 'c', ''),
);

/** Pods of one workload share labels and may differ in others. */
const workloads: fc.Arbitrary<Workload[]> = fc
  .array(
    fc.record({
      shared: labels,
      own: fc.array(labels, { maxLength: 3 }),
      namespace: fc.constantFrom('shop', 'shop', 'shop', 'lab'),
      proxy: fc.constantFrom('sidecar' as const, 'none' as const),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map(specs =>
    specs.map(({ shared, own, namespace, proxy }, index) =>
      testWorkload(`w${index}`, shared, {
        namespace,
        proxy,
        pods: own.map((extra, pod) => ({
          name: `w${index}-${pod}`,
          labels: { ...extra, ...shared },
          ready: true,
        })),
      }),
    ),
  );

const matches = (matchLabels: Record<string, string>, workload: Workload) =>
  [workload.labels, ...workload.pods.map(pod => pod.labels)].some(candidate =>
    selectorMatches(matchLabels, candidate),
  );

describe('the selector of an override', () => {
  it('matches all pods of its workload, and tells every other one that it matches', () => {
    fc.assert(
      fc.property(workloads, all => {
        const target = all[0]!;
        const proof = proveSelector(target, all);
        fc.pre(proof !== undefined);
        expect(Object.keys(proof.matchLabels)).not.toEqual([]);
        target.pods.forEach(pod =>
          expect(selectorMatches(proof.matchLabels, pod.labels)).toBe(true),
        );
        const touched = all.filter(
          other =>
            other !== target &&
            other.namespace === target.namespace &&
            matches(proof.matchLabels, other),
        );
        expect(proof.others).toEqual(touched);
      }),
      { numRuns: 1000 },
    );
  });

  it('matches no other wherever labels can tell them apart', () => {
    fc.assert(
      fc.property(workloads, all => {
        const target = all[0]!;
        const { 'pod-template-hash': _, ...stable } = target.labels;
        const isDistinct = all
          .slice(1)
          .every(
            other =>
              other.namespace !== target.namespace || !matches(stable, other),
          );
        fc.pre(isDistinct && Object.keys(stable).length > 0);
        expect(proveSelector(target, all)?.others).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes identity labels, and a version only where it needs one', () => {
    const v1 = testWorkload('reviews-v1', { app: 'reviews', version: 'v1' });
    const v2 = testWorkload('reviews-v2', { app: 'reviews', version: 'v2' });
    expect(proveSelector(v1, [v1])).toEqual({
      matchLabels: { app: 'reviews' },
      others: [],
      volatileLabels: [],
    });
    expect(proveSelector(v1, [v1, v2])).toEqual({
      matchLabels: { app: 'reviews', version: 'v1' },
      others: [],
      volatileLabels: ['version'],
    });
  });

  it('names the others when labels are the same', () => {
    const cart = testWorkload('cart', { app: 'cart' });
    const canary = testWorkload('cart-canary', {
      app: 'cart',
      track: 'canary',
    });
    expect(proveSelector(cart, [cart, canary])?.others).toEqual([canary]);
    expect(proveSelector(canary, [cart, canary])?.others).toEqual([]);
  });

  it('does not exist without a usable label', () => {
    const bare = testWorkload('bare', { 'pod-template-hash': 'abc' });
    expect(proveSelector(bare, [bare])).toBeUndefined();
  });
});
