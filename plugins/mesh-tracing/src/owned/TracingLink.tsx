import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink, entityRouteRef } from '@backstage/plugin-catalog-react';

/** Leads to the tab of an entity; without its route, what a link to an entity is. */
export function TracingLink(props: { entityRef: string; name: string }) {
  const entityRoute = useRouteRef(entityRouteRef);
  const ref = parseEntityRef(props.entityRef);
  if (!entityRoute) {
    return <EntityRefLink entityRef={props.entityRef} title={props.name} />;
  }
  const page = entityRoute({ ...ref, kind: ref.kind.toLowerCase() });
  return (
    <Link href={`${page}/tracing`} weight="bold">
      {props.name}
    </Link>
  );
}
