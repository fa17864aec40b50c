import { parseLabelSelector } from 'backstage-plugin-mesh-tracing-common';
import type { Workload } from 'backstage-plugin-mesh-tracing-common';
import { workload } from '../../testing/sampling/samplingHarness';
import { WorkloadLookup } from './WorkloadLookup';

const COUNT = 2_000;
const many = Array.from({ length: COUNT }, (_, index) =>
  workload(`w${index}`, { ownerLabels: { tier: index % 2 ? 'a' : 'b' } }),
);

/** Workloads that count how often anything of them is looked at. */
function counting(): { workloads: Workload[]; reads(): number } {
  let count = 0;
  const workloads = many.map(
    each =>
      new Proxy(each, {
        get: (target, key) => {
          count += 1;
          return Reflect.get(target, key);
        },
      }),
  );
  return { workloads, reads: () => count };
}

describe('the lookup of workloads', () => {
  it('is built once for each state of the cluster, and then answers without reading the workloads', () => {
    const { workloads, reads } = counting();
    const lookup = WorkloadLookup.of(workloads);
    const afterMaking = reads();
    expect(afterMaking).toBeLessThan(20 * COUNT);
    for (let index = 0; index < COUNT; index += 1) {
      const ref = { namespace: 'shop', kind: 'DEPLOYMENT', name: `w${index}` };
      expect(WorkloadLookup.of(workloads).byRef(ref)).toBe(workloads[index]);
    }
    expect(lookup.byRef({ namespace: 'shop', kind: 'Job', name: 'w1' })).toBe(
      undefined,
    );
    expect(reads()).toBe(afterMaking);
  });

  it('narrows a selector by the equality that leaves the fewest workloads', () => {
    const lookup = WorkloadLookup.of(many);
    const count = (selector: string) =>
      lookup.candidates(parseLabelSelector(selector)).length;
    expect(count('app=w7')).toBe(1);
    expect(count('tier=a,app=w7')).toBe(1);
    expect(count('tier=a')).toBe(COUNT / 2);
    expect(count('app=missing')).toBe(0);
    expect(count('app')).toBe(COUNT);
    expect(count('app in (w1,w2)')).toBe(COUNT);
  });

  it('finds labels of single pods', () => {
    const stray = workload('stray', {
      pods: [{ name: 'p', labels: { odd: 'yes' }, ready: true }],
    });
    expect(
      WorkloadLookup.of([stray]).candidates(parseLabelSelector('odd=yes')),
    ).toEqual([stray]);
  });

  it('takes over the namespaces that did not change', () => {
    const { workloads, reads } = counting();
    const before = workloads.map(each => each);
    WorkloadLookup.of(before);
    const other = workload('other', { namespace: 'zoo' });
    const afterFirst = reads();
    const after = WorkloadLookup.of([...before, other]);
    // Of each workload only the namespace is looked at.
    expect(reads() - afterFirst).toBe(COUNT);
    const selector = parseLabelSelector('app=other');
    expect(after.candidates(selector)).toEqual([other]);
    expect(after.candidates(selector, 'shop')).toEqual([]);
    expect(after.candidates([], 'zoo')).toEqual([other]);
    expect(after.valuesOf('tier')).toEqual(['b', 'a']);
  });
});
