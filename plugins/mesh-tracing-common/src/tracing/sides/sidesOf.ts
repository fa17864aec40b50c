import type { TracingSide } from '../model/EffectiveTracing';
import type { TracingProxy } from '../model/MeshTracingInputs';

const BOTH: readonly TracingSide[] = ['client', 'server'];
const CLIENT: readonly TracingSide[] = ['client'];
const SERVER: readonly TracingSide[] = ['server'];

/** The sides that a kind of proxy traces: gateways client, waypoints server. */
export function sidesOf(kind: TracingProxy['kind']): readonly TracingSide[] {
  if (kind === 'gateway') return CLIENT;
  return kind === 'waypoint' ? SERVER : BOTH;
}
