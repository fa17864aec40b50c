import type { Finding } from '../../shared/Finding';
import type { EffectiveTracing } from '../../tracing';

/** Findings of effective tracing that a change brings. @public */
export function newFindings(
  before: EffectiveTracing,
  after: EffectiveTracing,
): Finding[] {
  const known = new Set(before.findings.map(keyOf));
  return after.findings.filter(finding => !known.has(keyOf(finding)));
}

function keyOf({ code, what }: Finding): string {
  return `${code} ${what}`;
}
