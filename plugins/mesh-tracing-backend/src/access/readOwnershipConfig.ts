import type { Config } from '@backstage/config';

/** Who counts as an owner, from `meshTracing.ownership`. */
export interface OwnershipConfig {
  /** Members of a group own what its parent groups own. */
  parentGroups: boolean;
}

/** @throws Error with the path of a value that is no boolean */
export function readOwnershipConfig(config: Config): OwnershipConfig {
  return {
    parentGroups:
      config.getOptionalBoolean('meshTracing.ownership.parentGroups') ?? true,
  };
}
