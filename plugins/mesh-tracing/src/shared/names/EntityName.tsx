import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { ServiceLabel } from './ServiceLabel';

/** A link to the catalog entity, or the plain name of what has none. */
export function EntityName(props: { entityRef?: string; name: string }) {
  return props.entityRef ? (
    <EntityRefLink entityRef={props.entityRef} hideIcon />
  ) : (
    <ServiceLabel name={props.name} />
  );
}
