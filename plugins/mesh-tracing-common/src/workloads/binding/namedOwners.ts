import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { ANNOTATION_OWNERS } from '../../shared/annotations';

/** Whom the annotation `meshtracing.io/owners` names. @public */
export interface NamedOwners {
  /** Full entity refs, sorted; empty where none of the annotation could be read. */
  owners: string[];
  /** Items that are no entity refs, cut. */
  unreadable: string[];
}

const MAX_LENGTH = 16_384;
const MAX_ITEMS = 50;
const MAX_SHOWN = 40;
/** An entity ref of a user or a group, with parts no longer than the catalog allows. */
const OWNER =
  /^(?:(?:user|group):)?(?:[a-z0-9._-]{1,63}\/)?[a-z0-9._-]{1,63}$/i;

/**
 * Reads the owners that an object of the cluster names: entity refs of groups
 * and users, comma separated; without kind a group, without namespace
 * `default`. Undefined without the annotation. An annotation that can't be read
 * names nobody: whoever wrote it did not mean to leave the matter to the
 * catalog.
 * @public
 */
export function namedOwners(
  annotations: Record<string, string> | undefined,
): NamedOwners | undefined {
  const value = annotations?.[ANNOTATION_OWNERS];
  if (value === undefined) {
    return undefined;
  }
  if (value.length > MAX_LENGTH) {
    return { owners: [], unreadable: [cut(value)] };
  }
  const items = value.split(',').map(item => item.trim());
  const owners = new Set<string>();
  const unreadable: string[] = [];
  for (const item of items.slice(0, MAX_ITEMS)) {
    if (OWNER.test(item)) {
      owners.add(
        stringifyEntityRef(
          parseEntityRef(item, {
            defaultKind: 'group',
            defaultNamespace: 'default',
          }),
        ),
      );
    } else {
      unreadable.push(cut(item));
    }
  }
  if (items.length > MAX_ITEMS) {
    unreadable.push(`${items.length - MAX_ITEMS} more than ${MAX_ITEMS}`);
  }
  return { owners: [...owners].sort(), unreadable };
}

function cut(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
