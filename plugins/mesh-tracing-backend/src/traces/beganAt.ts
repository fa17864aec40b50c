import type { TraceAnalysis } from 'backstage-plugin-mesh-tracing-common';

/**
 * Where the traces began that did not begin at the entity, by the service of their
 * first span, most traces first.
 */
export function beganAt(
  { summaries }: TraceAnalysis,
  ownServices: readonly string[],
): Array<{ service: string; traces: number }> {
  const counts = new Map<string, number>();
  for (const { rootService } of summaries) {
    if (rootService !== undefined && !ownServices.includes(rootService)) {
      counts.set(rootService, (counts.get(rootService) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([service, traces]) => ({ service, traces }))
    .sort((a, b) => b.traces - a.traces || a.service.localeCompare(b.service));
}
