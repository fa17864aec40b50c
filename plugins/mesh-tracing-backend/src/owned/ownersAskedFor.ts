import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError } from '@backstage/errors';
import type { CallerContext } from '../access';
import { withErrorDetails } from '../shared/errorDetails';

/**
 * Through whom the caller owns what is asked for: all, or the one that is named.
 *
 * @throws NotAllowedError when the caller is not that user or in that group
 */
export function ownersAskedFor(caller: CallerContext, owner?: string): string[] {
  if (owner === undefined) {
    return caller.ownershipRefs;
  }
  const ref = ownerRefOf(owner);
  if (!caller.ownershipRefs.includes(ref)) {
    throw new NotAllowedError(
      `You are not ${ref} and not a member of it, so its list is not yours to see`,
    );
  }
  return [ref];
}

function ownerRefOf(owner: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(owner, {
        defaultKind: 'group',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    throw withErrorDetails(
      new InputError(
        `Query parameter 'owner': '${owner}' is not an entity ref such as group:default/team`,
      ),
      { system: 'portal', field: 'owner' },
    );
  }
}
