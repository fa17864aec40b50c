import type { Finding } from '../../shared/Finding';
import type { MeshState } from './MeshState';
import { tracingOf } from './outcomes';

/** Findings about what the cluster does not tell, or that no text brings. */
const NOT_OF_A_TEXT: ReadonlySet<string> = new Set([
  'mesh-config-assumed',
  'istiod-environment-assumed',
  'sampling-not-first-hop',
  'istiod-version-unknown-to-product',
]);

/** Findings about effective tracing of the entity's workloads that a document brings. */
export function effectiveFindings(
  before: MeshState,
  after: MeshState,
): Finding[] {
  if (before === after) return [];
  const was = tracingOf(before);
  // It compares percentages of Telemetries, which a mesh config does not touch.
  const sameTelemetries =
    before.inputs.telemetries === after.inputs.telemetries;
  const passed = (code: string) =>
    NOT_OF_A_TEXT.has(code) ||
    (sameTelemetries && code === 'sampling-cuts-traces');
  return tracingOf(after).flatMap(({ findings }, i) => {
    const known = new Set((was[i]?.findings ?? []).map(keyOf));
    return findings.filter(
      finding => !passed(finding.code) && !known.has(keyOf(finding)),
    );
  });
}

function keyOf({ code, what }: Finding): string {
  return `${code} ${what}`;
}
