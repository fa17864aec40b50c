import fc from 'fast-check';
import type { BindingClaim } from './claims';
import { CLAIM_STRENGTHS } from './claims';
import { decideBinding, type BindingFacts } from './decideBinding';

const STRENGTHS = ['name', 'selector', 'reference', 'consent'] as const;
const OWNERS = ['group:default/a', 'group:default/b', 'group:default/c'];

function claim(
  name: string,
  strength: BindingClaim['strength'],
  ...owners: string[]
): BindingClaim {
  return {
    entityRef: `component:default/${name}`,
    strength,
    owners: owners.map(owner => `group:default/${owner}`),
  };
}

function states(
  claims: BindingClaim[],
  facts: Partial<BindingFacts> = {},
): Record<string, string | undefined> {
  const binding = decideBinding({ claims, counting: 'claims', ...facts });
  return Object.fromEntries(
    claims.map(({ entityRef }) => [
      entityRef.split('/')[1],
      binding.standingOf(entityRef)?.state,
    ]),
  );
}

const anyClaims = fc
  .array(
    fc.record({
      strength: fc.constantFrom(...STRENGTHS),
      owners: fc.subarray(OWNERS),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map(parts =>
    parts.map((part, index) => ({
      ...part,
      entityRef: `component:default/e${index}`,
    })),
  );
const anyNamed = fc.option(
  fc.record({
    owners: fc.subarray(OWNERS),
    unreadable: fc.constant<string[]>([]),
  }),
  { nil: undefined },
);

describe('who may stand for a workload', () => {
  it.each(
    STRENGTHS.flatMap((weak, index) =>
      STRENGTHS.slice(index + 1).map(strong => [strong, weak] as const),
    ),
  )('is who claims it by %s, rather than who does by %s', (strong, weak) => {
    expect(
      states([claim('weak', weak, 'a'), claim('strong', strong, 'b')]),
    ).toEqual({ weak: 'weaker', strong: 'holds' });
  });

  it('is nobody while different owners claim it equally', () => {
    expect(
      states([claim('x', 'reference', 'a'), claim('y', 'reference', 'b')]),
    ).toEqual({ x: 'contested', y: 'contested' });
  });

  it('is every entity of the same owners, however it claims', () => {
    expect(
      states([
        claim('x', 'consent', 'a'),
        claim('y', 'consent', 'a'),
        claim('z', 'selector', 'a'),
      ]),
    ).toEqual({ x: 'holds', y: 'holds', z: 'holds' });
  });

  it('is not an entity with an owner besides those of the one that holds', () => {
    expect(
      states([
        claim('x', 'reference', 'a'),
        claim('shared', 'reference', 'a', 'b'),
        claim('later', 'name', 'a', 'b'),
      ]),
    ).toEqual({ x: 'holds', shared: 'contested', later: 'weaker' });
  });

  it('is not decided by an entity that nobody owns', () => {
    expect(
      states([claim('x', 'reference', 'a'), claim('orphan', 'reference')]),
    ).toEqual({ x: 'holds', orphan: 'weaker' });
    expect(states([claim('p', 'reference'), claim('q', 'reference')])).toEqual({
      p: 'contested',
      q: 'contested',
    });
  });

  it('is whom the cluster names, whatever others claim', () => {
    const named = { owners: ['group:default/b'], unreadable: [] };
    expect(
      states([claim('x', 'consent', 'a'), claim('y', 'name', 'b')], { named }),
    ).toEqual({ x: 'weaker', y: 'holds' });
  });

  it('is each of several that the cluster names', () => {
    const named = {
      owners: ['group:default/a', 'group:default/b'],
      unreadable: [],
    };
    expect(
      states([claim('x', 'name', 'a'), claim('y', 'reference', 'b')], {
        named,
      }),
    ).toEqual({ x: 'holds', y: 'holds' });
  });

  it('is nobody where the cluster names nobody that could be read', () => {
    const named = { owners: [], unreadable: ['?'] };
    expect(states([claim('x', 'consent', 'a')], { named })).toEqual({
      x: 'weaker',
    });
  });

  it('is, where only the cluster counts, who has its word or its consent', () => {
    const counting = 'cluster' as const;
    expect(states([claim('x', 'reference', 'a')], { counting })).toEqual({
      x: 'unconfirmed',
    });
    expect(
      states([claim('x', 'reference', 'a'), claim('y', 'consent', 'b')], {
        counting,
      }),
    ).toEqual({ x: 'weaker', y: 'holds' });
    expect(
      states([claim('x', 'reference', 'a'), claim('y', 'consent', 'a')], {
        counting,
      }),
    ).toEqual({ x: 'holds', y: 'holds' });
  });

  it('does not depend on the order of claims', () => {
    fc.assert(
      fc.property(
        anyClaims.chain(claims =>
          fc.tuple(
            fc.constant(claims),
            fc.shuffledSubarray(claims, { minLength: claims.length }),
          ),
        ),
        anyNamed,
        fc.constantFrom('claims' as const, 'cluster' as const),
        ([claims, shuffled], named, counting) => {
          const one = decideBinding({ claims, named, counting });
          const other = decideBinding({ claims: shuffled, named, counting });
          claims.forEach(({ entityRef }) =>
            expect(other.standingOf(entityRef)).toEqual(
              one.standingOf(entityRef),
            ),
          );
        },
      ),
    );
  });

  it('gives nothing to a stranger who adds claims beside a stronger one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STRENGTHS.slice(1)),
        fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 5 }),
        anyNamed,
        (strength, picks, named) => {
          const index = CLAIM_STRENGTHS.indexOf(strength);
          const holder = claim('holder', strength, 'a');
          const strangers = picks.map((pick, nr) =>
            claim(`s${nr}`, STRENGTHS[pick % index] ?? 'name', 'b'),
          );
          const word = named && { ...named, owners: ['group:default/a'] };
          const binding = decideBinding({
            claims: [...strangers, holder],
            named: word,
            counting: 'claims',
          });
          expect(binding.standingOf(holder.entityRef)?.state).toBe('holds');
          strangers.forEach(({ entityRef }) =>
            expect(binding.standingOf(entityRef)?.state).toBe('weaker'),
          );
        },
      ),
    );
  });

  it('lets nobody in who does not own every strongest claim', () => {
    fc.assert(
      fc.property(anyClaims, claims => {
        const binding = decideBinding({ claims, counting: 'claims' });
        const rank = (each: BindingClaim) =>
          CLAIM_STRENGTHS.indexOf(each.strength) * 2 +
          (each.owners.length > 0 ? 1 : 0);
        const most = Math.max(...claims.map(rank));
        const top = claims.filter(each => rank(each) === most);
        const gains = claims
          .filter(
            ({ entityRef }) => binding.standingOf(entityRef)?.state === 'holds',
          )
          .flatMap(each =>
            top
              .filter(other => other.entityRef !== each.entityRef)
              .filter(
                other =>
                  each.owners.length === 0 ||
                  each.owners.some(owner => !other.owners.includes(owner)),
              )
              .map(other => [each, other]),
          );
        expect(gains).toEqual([]);
      }),
    );
  });

  it('tells either side of the other', () => {
    const binding = decideBinding({
      claims: [claim('x', 'consent', 'a'), claim('y', 'selector', 'b')],
      counting: 'claims',
    });
    expect(binding.standingOf('component:default/y')?.rivals).toMatchObject([
      { entityRef: 'component:default/x', strength: 'consent' },
    ]);
    expect(binding.standingOf('component:default/x')).toMatchObject({
      rivals: [],
      challengers: [{ entityRef: 'component:default/y' }],
    });
  });
});
