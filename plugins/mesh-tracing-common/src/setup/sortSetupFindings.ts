import type { FindingSeverity } from '../shared/Finding';
import type { SetupFinding } from './SetupFinding';

const ORDER: readonly FindingSeverity[] = ['error', 'warning', 'info'];

/** Most urgent first, and what two workloads have in common once. @public */
export function sortSetupFindings(
  findings: readonly SetupFinding[],
): SetupFinding[] {
  const byContent = new Map(
    findings.map(finding => [
      JSON.stringify([finding.code, finding.what, finding.cluster]),
      finding,
    ]),
  );
  return [...byContent.values()].sort(
    (a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity),
  );
}
