import { parseIstioVersion } from './istioVersion';
import type { Istiod } from './MeshTracingInputs';
import { SINCE } from './sinceVersion';

/**
 * Whether istiod looks in the namespace of a service for Telemetries of a waypoint in
 * another one, and then only there for those of a single proxy: 1.30.3 and 1.31 or
 * newer (Istio: applicableTelemetries).
 */
export function waypointFollowsService({ version }: Istiod): boolean {
  return parseIstioVersion(version) >= SINCE.waypointFollowsService;
}
