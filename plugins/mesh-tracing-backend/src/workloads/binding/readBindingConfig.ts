import type { Config } from '@backstage/config';
import type { NamedKind } from '../resolver/DefaultWorkloadResolver';

/** Who may stand for a workload on this site. */
export interface BindingConfig {
  /**
   * `claims`: the entity with the strongest claim. `cluster`: only an entity that the
   * cluster names or consents to. `catalog`: any entity that names the workload.
   */
  mode: 'claims' | 'cluster' | 'catalog';
  /** Kinds of entities that may be found by their name alone. */
  matchByName: NamedKind[];
}

const MODES = ['claims', 'cluster', 'catalog'] as const;
const KINDS = ['Component', 'Resource'] as const;

/**
 * Reads `meshTracing.binding` and `meshTracing.matchByName`.
 *
 * @throws Error with the path of the wrong value and what it should be.
 */
export function readBindingConfig(root: Config): BindingConfig {
  const mode = root.getOptionalString('meshTracing.binding') ?? 'claims';
  const kinds = root.getOptionalStringArray('meshTracing.matchByName') ?? [
    'Component',
  ];
  return {
    mode: oneOf('meshTracing.binding', mode, MODES),
    matchByName: kinds.map((kind, index) =>
      oneOf(`meshTracing.matchByName[${index}]`, kind, KINDS),
    ),
  };
}

function oneOf<T extends string>(
  path: string,
  value: string,
  values: readonly T[],
): T {
  const known = values.find(each => each === value);
  if (!known) {
    throw new Error(`${path} is '${value}'; use one of ${values.join(', ')}`);
  }
  return known;
}
