import { matchesWorkloadRef, parseWorkloadRefs } from './parseWorkloadRefs';

describe('parseWorkloadRefs', () => {
  it('reads a list, with and without cluster', () => {
    expect(
      parseWorkloadRefs('shop/Deployment/cart, prod/shop/StatefulSet/db'),
    ).toEqual([
      { namespace: 'shop', kind: 'Deployment', name: 'cart' },
      { cluster: 'prod', namespace: 'shop', kind: 'StatefulSet', name: 'db' },
    ]);
  });

  it.each([
    'cart',
    'shop/cart',
    'a/b/c/d/e',
    'shop//cart',
    'shop/Deployment/cart,',
    '/shop/Deployment/cart',
  ])('refuses %p', text => {
    expect(() => parseWorkloadRefs(text)).toThrow(
      /is not a workload; write namespace\/kind\/name/,
    );
  });

  it('means every cluster without one, and any case of the kind', () => {
    const [ref] = parseWorkloadRefs('shop/deployment/cart');
    const workload = { namespace: 'shop', kind: 'Deployment', name: 'cart' };
    expect(matchesWorkloadRef(ref!, { ...workload, cluster: 'a' })).toBe(true);
    expect(
      matchesWorkloadRef(
        { ...ref!, cluster: 'b' },
        { ...workload, cluster: 'a' },
      ),
    ).toBe(false);
  });
});
