import { TRACING_KINDS, type MeshReading } from '../../../meshconfig';
import type { MeshPart } from './MeshPart';

/** What the present mesh config has for tracing, and the pasted one lacks. */
export function droppedFindings(
  { findings, state, lineOf }: MeshPart,
  present: MeshReading,
  pasted: MeshReading,
): void {
  if (!state.known || !state.inputs.meshConfigKnown) return;
  findings.add(
    'mesh-config-whole',
    'It is taken as the whole mesh config of this cluster.',
    { line: lineOf([]) },
  );
  const kept = new Set(pasted.providers.map(({ name }) => name));
  const dropped = present.providers.filter(
    ({ name, kind }) => TRACING_KINDS.includes(kind) && !kept.has(name),
  );
  if (dropped.length > 0) {
    findings.add(
      'mesh-config-drops-providers',
      `${dropped.map(({ name }) => name).join(', ')} would be gone.`,
      { line: lineOf(['extensionProviders']) },
    );
  }
  const [was] = present.defaultProviders;
  if (was !== undefined && pasted.defaultProviders.length === 0) {
    findings.add(
      'mesh-config-drops-default',
      `${was} would not be the default any more.`,
      { line: lineOf(['defaultProviders']) },
    );
  }
}
