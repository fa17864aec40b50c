import fc from 'fast-check';
import { namedOwners } from './namedOwners';

const owners = (value: string) =>
  namedOwners({ 'meshtracing.io/owners': value });

describe('the owners that the cluster names', () => {
  it('are unsaid without the annotation', () => {
    expect(namedOwners(undefined)).toBeUndefined();
    expect(namedOwners({ other: 'x' })).toBeUndefined();
  });

  it('are full entity refs, groups of the default namespace for short', () => {
    expect(owners('Storefront, user:default/olivia,group:eu/payments')).toEqual(
      {
        owners: [
          'group:default/storefront',
          'group:eu/payments',
          'user:default/olivia',
        ],
        unreadable: [],
      },
    );
  });

  it.each(['', ' ', 'component:default/cart', 'a b', 'a/b/c', 'a'.repeat(64)])(
    'are nobody where they can not be read: %p',
    value => {
      const named = owners(value);
      expect(named?.owners).toEqual([]);
      expect(named?.unreadable).toHaveLength(1);
    },
  );

  it('are what can be read of a list, with the rest told', () => {
    expect(owners('storefront, no owner')).toEqual({
      owners: ['group:default/storefront'],
      unreadable: ['no owner'],
    });
  });

  it('are bounded in number and length', () => {
    expect((owners('a,'.repeat(60))?.owners ?? []).length).toBeLessThanOrEqual(
      50,
    );
    expect(owners('x'.repeat(20_000))?.unreadable[0]?.length).toBe(41);
  });

  it('are always refs of groups and users', () => {
    fc.assert(
      fc.property(fc.string(), value => {
        for (const owner of owners(value)?.owners ?? []) {
          expect(owner).toMatch(/^(?:group|user):[^:/]+\/[^:/]+$/);
        }
      }),
    );
  });
});
