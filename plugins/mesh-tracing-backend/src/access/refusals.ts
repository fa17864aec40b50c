import type { ScopeAccess, WriteAccess } from './WriteAccess';

/** A refusal with its reason, one sentence. */
export function refused(reason: string): WriteAccess {
  return { allowed: false, reason };
}

/** The same for each scope. */
export function everywhere(access: WriteAccess): ScopeAccess {
  return { workload: access, namespace: access, mesh: access };
}

/** Why who does not own an entity may not change it. */
export function ownersOnly(entityRef: string, owners: string[]): string {
  return owners.length === 0
    ? `Only an owner may change sampling, and ${entityRef} has no owner in the catalog.`
    : `Only the owner of ${entityRef}, ${owners.join(
        ' or ',
      )}, may change its sampling.`;
}

/** Whose an entity is, to follow its name. */
export function ownedBySuffix(owners: string[]): string {
  return owners.length === 0 ? '' : `, owned by ${owners.join(' or ')}`;
}
