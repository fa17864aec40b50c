import {
  CLAIM_STRENGTHS,
  isOfCluster,
  type BindingClaim,
  type ClaimStrength,
  type CountingClaims,
  type WeighedClaim,
} from './claims';
import type { NamedOwners } from './namedOwners';

/**
 * How an entity stands to a workload that it claims.
 *
 * - `holds`: it may stand for the workload
 * - `contested`: others claim it as strongly, and nothing decides between them
 * - `weaker`: a stronger claim of other owners holds, or the cluster names others
 * - `unconfirmed`: nobody else claims it, and a claim of that strength does not
 *   count here
 *
 * @public
 */
export type BindingState = 'holds' | 'contested' | 'weaker' | 'unconfirmed';

/** One entity's standing towards one workload. @public */
export interface BindingStanding {
  state: BindingState;
  strength: ClaimStrength;
  /** Claims that stand in its way; empty where it holds, or where none can. */
  rivals: WeighedClaim[];
  /** Where it holds: claims of other owners, which get nothing by it. */
  challengers: WeighedClaim[];
  /** Whom the cluster names; absent where it names nobody. */
  named?: NamedOwners;
}

/** What is known about one workload. @public */
export interface BindingFacts {
  /** One per entity. */
  claims: readonly BindingClaim[];
  named?: NamedOwners;
  counting: CountingClaims;
}

/** The claims on one workload, weighed once for whoever asks. @public */
export interface Binding {
  /** Undefined for an entity that does not claim it. */
  standingOf(entityRef: string): BindingStanding | undefined;
  /** Entities that may stand for it, sorted by their refs. */
  holders: string[];
}

/**
 * Decides who may stand for a workload. Pure, and the order of claims is no part
 * of it.
 *
 * Where the cluster names owners, entities all of whose owners are named hold, and
 * nobody else does. Else the strongest claim holds. Beside it hold those whose
 * owners all own every strongest one: they are given nothing that they could not
 * do there. Ownerless claims give way to owned ones as strong, so that nobody
 * blocks a team with an entity that is no one's.
 *
 * @public
 */
export function decideBinding(facts: BindingFacts): Binding {
  const { named, counting } = facts;
  const claims = facts.claims
    .map(claim => weigh(claim, named))
    .sort((a, b) => (a.entityRef < b.entityRef ? -1 : 1));
  const top = named
    ? claims.filter(({ strength }) => strength === 'cluster')
    : strongest(
        claims.filter(claim => counting === 'claims' || isOfCluster(claim)),
      );
  const holding = new Set(
    claims
      .filter(claim => (named ? top.includes(claim) : holdsBeside(claim, top)))
      .map(({ entityRef }) => entityRef),
  );
  const standing = (claim: WeighedClaim): BindingStanding => {
    const holds = holding.has(claim.entityRef);
    return {
      state: holds ? 'holds' : stateOf(claim, { top, named }),
      strength: claim.strength,
      rivals: holds ? [] : top.filter(other => !isWithin(claim, other)),
      challengers: holds
        ? claims.filter(
            other => !holding.has(other.entityRef) && !isWithin(other, claim),
          )
        : [],
      named,
    };
  };
  return {
    standingOf: entityRef => {
      const claim = claims.find(other => other.entityRef === entityRef);
      return claim && standing(claim);
    },
    holders: [...holding],
  };
}

function weigh(claim: BindingClaim, named?: NamedOwners): WeighedClaim {
  const isNamed =
    claim.owners.length > 0 &&
    claim.owners.every(owner => named?.owners.includes(owner));
  return isNamed ? { ...claim, strength: 'cluster' } : claim;
}

function strongest(claims: readonly WeighedClaim[]): WeighedClaim[] {
  const most = Math.max(-1, ...claims.map(rank));
  return claims.filter(claim => rank(claim) === most);
}

function rank({ owners, strength }: WeighedClaim): number {
  return CLAIM_STRENGTHS.indexOf(strength) * 2 + (owners.length > 0 ? 1 : 0);
}

function holdsBeside(claim: WeighedClaim, top: WeighedClaim[]): boolean {
  return top.length > 0 && top.every(other => isWithin(claim, other));
}

/** Whether all who own the one own the other, or it is the same. */
function isWithin(claim: WeighedClaim, other: WeighedClaim): boolean {
  return (
    claim.entityRef === other.entityRef ||
    (claim.owners.length > 0 &&
      claim.owners.every(owner => other.owners.includes(owner)))
  );
}

function stateOf(
  claim: WeighedClaim,
  { top, named }: { top: WeighedClaim[]; named: NamedOwners | undefined },
): BindingState {
  if (top.includes(claim)) {
    return 'contested';
  }
  return named || top.length > 0 ? 'weaker' : 'unconfirmed';
}
