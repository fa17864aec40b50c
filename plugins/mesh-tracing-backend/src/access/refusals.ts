import type { ScopeAccess, WriteAccess } from './WriteAccess';

/** A refusal with its reason, which is one sentence. */
export function refused(reason: string): WriteAccess {
  return { allowed: false, reason };
}

/** The same answer for each scope. */
export function everywhere(access: WriteAccess): ScopeAccess {
  return { workload: access, namespace: access, mesh: access };
}

/**
 * One sentence that says that only an entity's owners may change it, and who they
 * are.
 */
export function ownersOnly(entityRef: string, owners: string[]): string {
  return owners.length === 0
    ? `Only an owner may change sampling, and ${entityRef} has no owner in the catalog.`
    : `Only the owner of ${entityRef}, ${owners.join(
        ' or ',
      )}, may change its sampling.`;
}

/** The owners of an entity, in words that follow its name in a sentence. */
export function ownedBySuffix(owners: string[]): string {
  return owners.length === 0 ? '' : `, owned by ${owners.join(' or ')}`;
}
