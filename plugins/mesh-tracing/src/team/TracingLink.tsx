import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/ui';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink, entityRouteRef } from '@backstage/plugin-catalog-react';
import { entityTracingRouteRef } from '../routes';

/** Leads to the tab of an entity, or to the entity where there is no tab. */
export function TracingLink(props: { entityRef: string; name: string }) {
  const entityRoute = useRouteRef(entityRouteRef);
  const tabRoute = useRouteRef(entityTracingRouteRef);
  const ref = parseEntityRef(props.entityRef);
  if (!entityRoute) {
    return <EntityRefLink entityRef={props.entityRef} title={props.name} />;
  }
  const page = entityRoute({ ...ref, kind: ref.kind.toLowerCase() });
  return (
    <Link href={tabRoute ? `${page}/tracing` : page} weight="bold">
      {props.name}
    </Link>
  );
}
