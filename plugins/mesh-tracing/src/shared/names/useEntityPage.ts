import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';

/** The address of an entity's page; undefined where the app has no such pages. */
export function useEntityPage(): (entityRef: string) => string | undefined {
  const entityRoute = useRouteRef(entityRouteRef);
  return entityRef => {
    const ref = parseEntityRef(entityRef);
    return entityRoute?.({ ...ref, kind: ref.kind.toLowerCase() });
  };
}
