import type { Entity } from '@backstage/catalog-model';
import { resolveOwnershipRefs } from './resolveOwnershipRefs';

function entity(
  kind: string,
  name: string,
  relations: [string, string][],
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name },
    relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
  };
}

function catalogOf(...entities: Entity[]) {
  return async (refs: string[]) =>
    refs.map(ref =>
      entities.find(e => ref === `group:default/${e.metadata.name}`),
    );
}

describe('resolveOwnershipRefs', () => {
  const olivia = entity('User', 'olivia', [['memberOf', 'group:default/team']]);

  it('counts the user, its groups and their ancestors', async () => {
    const load = catalogOf(
      entity('Group', 'team', [['childOf', 'group:default/department']]),
      entity('Group', 'department', [['childOf', 'group:default/company']]),
      entity('Group', 'company', []),
    );
    await expect(resolveOwnershipRefs(olivia, load)).resolves.toEqual([
      'user:default/olivia',
      'group:default/team',
      'group:default/department',
      'group:default/company',
    ]);
  });

  it('ends when groups contain one another or are missing', async () => {
    const load = catalogOf(
      entity('Group', 'team', [
        ['childOf', 'group:default/team'],
        ['childOf', 'group:default/gone'],
      ]),
    );
    await expect(resolveOwnershipRefs(olivia, load)).resolves.toEqual([
      'user:default/olivia',
      'group:default/team',
      'group:default/gone',
    ]);
  });
});
