import { parseServiceNames } from './parseServiceNames';

describe('parseServiceNames', () => {
  it('reads a list, each name once', () => {
    expect(parseServiceNames(' cart, cart.shop ,,cart')).toEqual([
      'cart',
      'cart.shop',
    ]);
    expect(parseServiceNames(undefined)).toEqual([]);
  });

  it('leaves out what is beyond the limits of an annotation', () => {
    const names = Array.from({ length: 300 }, (_, index) => `s${index}`);
    expect(parseServiceNames(names.join(','))).toEqual(names.slice(0, 200));
    expect(parseServiceNames(`${'x'.repeat(254)},cart`)).toEqual(['cart']);
    expect(parseServiceNames(`cart,${'x'.repeat(2_000_000)}`)).toEqual([
      'cart',
    ]);
  });
});
