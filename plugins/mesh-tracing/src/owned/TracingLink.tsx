import { Link } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useEntityPage } from '../shared/names/useEntityPage';

/** Leads to the tab of an entity; without its route, what a link to an entity is. */
export function TracingLink(props: { entityRef: string; name: string }) {
  const page = useEntityPage()(props.entityRef);
  if (page === undefined) {
    return <EntityRefLink entityRef={props.entityRef} title={props.name} />;
  }
  return (
    <Link href={`${page}/tracing`} weight="bold">
      {props.name}
    </Link>
  );
}
