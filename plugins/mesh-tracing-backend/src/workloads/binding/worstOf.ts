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
 * The standing towards several workloads at once, which is that of the worst: it holds
 * only where it holds for each, and the rivals of each are rivals of all. Where one of
 * several refusals has no rival entity, as when the cluster names owners of its own,
 * there is no entity for whose owners one could act, so the whole is `unconfirmed`.
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
