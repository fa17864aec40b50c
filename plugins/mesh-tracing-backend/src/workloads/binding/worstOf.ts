import type {
  BindingStanding,
  BindingState,
} from 'backstage-plugin-mesh-tracing-common';

const FROM_WORST: BindingState[] = [
  'unconfirmed',
  'contested',
  'weaker',
  'holds',
];

/**
 * The standing towards several workloads at once: it holds where all do, and what
 * stands in the way of any stands in the way. Where owners that the cluster names
 * stand in the way besides, of whom there is no entity, nothing opens it.
 *
 * @param standings - at least one
 */
export function worstOf(standings: BindingStanding[]): BindingStanding {
  const [worst] = [...standings].sort(
    (a, b) => FROM_WORST.indexOf(a.state) - FROM_WORST.indexOf(b.state),
  );
  if (!worst) {
    throw new Error('There is no worst of no standings');
  }
  const refused = standings.filter(({ state }) => state !== 'holds');
  const isShut =
    refused.length > 1 && refused.some(({ rivals }) => rivals.length === 0);
  const rivals = refused.flatMap(standing => standing.rivals);
  return {
    ...worst,
    ...(isShut && { state: 'unconfirmed' as const }),
    rivals: [
      ...new Map(rivals.map(rival => [rival.entityRef, rival])).values(),
    ],
  };
}
