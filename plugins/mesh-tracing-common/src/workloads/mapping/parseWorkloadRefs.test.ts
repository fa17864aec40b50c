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

  const cart = 'shop/Deployment/cart';
  it.each([
    [
      'a list of 201',
      Array(201).fill(cart).join(','),
      /it has 201 workloads; at most 200/,
    ],
    ['16 kB', `${cart},`.repeat(1_000), /characters; at most 16384 are read/],
    [
      'a name that no object has',
      `shop/Deployment/${'x'.repeat(254)}`,
      /a name has at most 253 characters/,
    ],
  ])('refuses more than %s', (_, text, message) => {
    expect(() => parseWorkloadRefs(text)).toThrow(message);
  });

  it('takes as much as that', () => {
    expect(parseWorkloadRefs(Array(200).fill(cart).join(','))).toHaveLength(
      200,
    );
    expect(parseWorkloadRefs(`a/B/${'x'.repeat(253)}`)).toHaveLength(1);
  });

  it('cites the beginning only of what it refuses', () => {
    let message = '';
    try {
      parseWorkloadRefs('x'.repeat(10_000));
    } catch (error) {
      message = String(error);
    }
    expect(message).toMatch(/x…' is not a workload/);
    expect(message.length).toBeLessThan(300);
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
