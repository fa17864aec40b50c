import {
  formatWorkloadRef,
  newFindings,
} from 'backstage-plugin-mesh-tracing-common';
import type { Finding } from 'backstage-plugin-mesh-tracing-common';
import type { PlannedOverride } from '../model/PlannedOverride';

/** Findings that a change shows at most; each names its workloads. */
const MAX_FINDINGS = 20;
const MAX_NAMES = 3;
const RANK = { error: 0, warning: 1, info: 2 };
/**
 * Left out here, since the verdict on where traces begin says the same with
 * more knowledge.
 */
const TOLD_ELSEWHERE = new Set(['sampling-not-first-hop']);

/**
 * Findings about effective tracing that the change brings, the most urgent first;
 * the same of several workloads once. Those of workloads other than the one that
 * was asked about name theirs.
 */
export function findingsOfChange({
  changes,
  workload,
}: Pick<PlannedOverride, 'changes' | 'workload'>): Finding[] {
  const own = formatWorkloadRef(workload);
  const found = new Map<string, { finding: Finding; names: string[] }>();
  for (const change of changes) {
    for (const finding of newFindings(change.before, change.after)) {
      if (!TOLD_ELSEWHERE.has(finding.code)) {
        const key = `${finding.code} ${finding.what}`;
        const known = found.get(key) ?? { finding, names: [] };
        known.names.push(
          formatWorkloadRef(change.workload) === own
            ? ''
            : `${change.workload.namespace}/${change.workload.name}`,
        );
        found.set(key, known);
      }
    }
  }
  return [...found.values()]
    .map(({ finding, names }) => ({
      ...finding,
      what: `${where(names)}${finding.what}`,
    }))
    .sort((a, b) => RANK[a.severity] - RANK[b.severity])
    .slice(0, MAX_FINDINGS);
}

function where(names: readonly string[]): string {
  const others = names.filter(name => name !== '');
  if (others.length === 0) {
    return '';
  }
  const shown = others.slice(0, MAX_NAMES).join(', ');
  const rest = others.length - MAX_NAMES;
  const also = names.length > others.length ? 'Here and at ' : 'At ';
  return `${also}${shown}${rest > 0 ? ` and ${rest} more` : ''}: `;
}
