import { failedShare, levelOfFailures, weightOfFailures } from './failedShare';
import type { OverviewFigures } from './OverviewFigures';
import { rankOf, type VerdictReason } from './OverviewVerdict';

/** What the entity's own requests tell. */
export function requestReasons(
  latency: OverviewFigures['latency'],
): VerdictReason[] {
  const overall = latency?.latency.overall;
  if (!overall || overall.errorCount === 0) {
    return [];
  }
  const share = failedShare({ ...overall, totalCount: overall.count });
  return [{ kind: 'failed-requests', level: levelOfFailures(share), ...share }];
}

/** The failed calls with one neighbour each, the worst first. */
function failedNeighbours(
  dependencies: OverviewFigures['dependencies'],
  direction: 'inbound' | 'outbound',
) {
  const { nodes = [], edges = [] } = dependencies ?? {};
  const names = new Map(nodes.map(({ id, name }) => [id, name]));
  return edges
    .filter(edge => edge.direction === direction && edge.errorCount > 0)
    .map(edge => {
      const id = direction === 'inbound' ? edge.from : edge.to;
      const share = failedShare({ ...edge, totalCount: edge.callCount });
      return {
        name: names.get(id) ?? id,
        share,
        level: levelOfFailures(share),
      };
    })
    .sort(
      (a, b) =>
        rankOf(b.level) - rankOf(a.level) ||
        weightOfFailures(b.share) - weightOfFailures(a.share),
    );
}

/** What callers see beyond what the entity's own spans tell, as with timeouts. */
export function callerReasons(
  latency: OverviewFigures['latency'],
  dependencies: OverviewFigures['dependencies'],
): VerdictReason[] {
  const [worst] = failedNeighbours(dependencies, 'inbound');
  const [own] = requestReasons(latency);
  if (!worst || (own && rankOf(own.level) >= rankOf(worst.level))) {
    return [];
  }
  const { name, level, share } = worst;
  return [{ kind: 'failed-callers', level, name, ...share }];
}

/** The calls of the entity that fail most. */
export function callReasons(
  dependencies: OverviewFigures['dependencies'],
): VerdictReason[] {
  const [worst] = failedNeighbours(dependencies, 'outbound');
  if (!worst) {
    return [];
  }
  const { name, level, share } = worst;
  return [{ kind: 'failed-calls', level, name, ...share }];
}
