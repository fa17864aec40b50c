import type { DependenciesResponse } from 'backstage-plugin-mesh-tracing-common';
import { isEstimate } from '../shared/sample/estimates';

type Edge = DependenciesResponse['edges'][number];

/**
 * Whether the calls of an edge stand for more than was read: of an answer that is
 * a sample all that traces told, also where no bounds are known. What the index of
 * a store counts is all of it.
 */
export function isEstimated(
  { source, estimate }: Edge,
  sample: DependenciesResponse['sample'],
): boolean {
  return estimate !== undefined || (source === 'traces' && isEstimate(sample));
}
