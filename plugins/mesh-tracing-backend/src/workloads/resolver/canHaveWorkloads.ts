import type { Entity } from '@backstage/catalog-model';

/** People and groups run nothing, and what describes entities runs nothing either. */
const NEVER = new Set(['user', 'group', 'location', 'template']);

/** Whether entities of that kind can have workloads, and so traces, at all. */
export function canHaveWorkloads({ kind }: Pick<Entity, 'kind'>): boolean {
  return !NEVER.has(kind.toLowerCase());
}
