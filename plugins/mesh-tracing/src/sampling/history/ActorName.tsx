import { EntityRefLink } from '@backstage/plugin-catalog-react';

/** Who made a change: a user or an entity of the catalog, or the portal itself. */
export function ActorName({ entityRef }: { entityRef: string }) {
  return /^[^:/]+:[^:/]+\/[^:/]+$/.test(entityRef) ? (
    <EntityRefLink entityRef={entityRef} hideIcon />
  ) : (
    <>{entityRef}</>
  );
}
