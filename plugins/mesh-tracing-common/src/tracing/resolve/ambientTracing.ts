import type { Workload, WorkloadRoute } from '../../workloads';
import { addAmbientFindings } from '../findings/ambientFindings';
import { FindingList, sortFindings } from '../findings/FindingList';
import type {
  AmbientRoute,
  EffectiveTracing,
  EffectiveTracingSide,
} from '../model/EffectiveTracing';
import type { TracingProxy, TracingService } from '../model/MeshTracingInputs';
import { sameValue } from '../sides/sameValue';
import { SIDE_FIELDS } from '../sides/sideFields';
import type { TelemetryReading } from '../telemetry/readTelemetry';
import { tracingProxyOf } from './tracingProxyOf';

/** What the ways to a workload are resolved with. */
export interface AmbientResolution {
  resolve(proxy: TracingProxy, service?: TracingService): EffectiveTracing;
  /** Telemetries of a namespace that have a selector or target references. */
  narrow(namespace: string): readonly TelemetryReading[];
}

/**
 * Effective tracing of a workload that has no proxy of its own: that of the
 * waypoint on the first way to it that has one, for the service that is addressed.
 * Istio configures a waypoint's listeners service by service, and those for the
 * pods once for all (Istio: listener_waypoint.go, policySvc).
 */
export function ambientTracing(
  workload: Workload,
  routes: readonly WorkloadRoute[],
  { resolve, narrow }: AmbientResolution,
): EffectiveTracing {
  const traced = routes.map(route => ({
    route,
    tracing: trace(route, resolve),
  }));
  const lead = traced.find(({ tracing }) => tracing)?.tracing;
  const base: EffectiveTracing = lead ?? {
    path: 'none',
    chain: [],
    ignored: [],
    findings: [],
  };
  const ambient = {
    captured: workload.ambient === true,
    routes: traced.map(({ route, tracing }) => ({
      ...viewOf(route),
      ...(tracing?.server && differs(tracing.server, base.server)
        ? { server: tracing.server }
        : {}),
    })),
  };
  const findings = new FindingList(['server']);
  addAmbientFindings(findings, workload, ambient, narrow(workload.namespace));
  return {
    ...base,
    findings: findings.isEmpty()
      ? base.findings
      : sortFindings([...base.findings, ...findings.findings()]),
    ambient,
  };
}

function trace(
  { state, proxy, ...route }: WorkloadRoute,
  resolve: AmbientResolution['resolve'],
): EffectiveTracing | undefined {
  const waypoint = state === 'waypoint' && proxy && tracingProxyOf(proxy);
  return waypoint ? resolve(waypoint, serviceOf(route)) : undefined;
}

/** The service whose listener of the waypoint handles the requests. */
function serviceOf({
  to,
  hostname,
}: Pick<WorkloadRoute, 'to' | 'hostname'>): TracingService | undefined {
  if (to.kind === 'Workload') return undefined;
  return {
    name: to.name,
    namespace: to.namespace,
    objectName: to.name,
    registry: to.kind === 'Service' ? 'Kubernetes' : 'External',
    ...(hostname !== undefined ? { hostname } : {}),
  };
}

function viewOf({ proxy: _proxy, ...route }: WorkloadRoute): AmbientRoute {
  return route;
}

function differs(
  side: EffectiveTracingSide,
  from: EffectiveTracingSide | undefined,
): boolean {
  return (
    side.spanReporting !== from?.spanReporting ||
    !SIDE_FIELDS.every(field => sameValue(side[field].value, from[field].value))
  );
}
