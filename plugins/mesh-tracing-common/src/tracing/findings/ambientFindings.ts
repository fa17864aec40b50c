import type { Workload, WaypointRouteState } from '../../workloads';
import { containsAll } from '../chain/selectorMatches';
import type { AmbientRoute, AmbientTracing } from '../model/EffectiveTracing';
import { telemetryId, type TelemetryReading } from '../telemetry/readTelemetry';
import type { TracingFindingCode } from './findingCatalog';
import type { FindingList } from './FindingList';

/** States in which a label names a waypoint in vain. */
const IN_VAIN: Partial<Record<WaypointRouteState, TracingFindingCode>> = {
  'waypoint-missing': 'waypoint-missing',
  'waypoint-not-ready': 'waypoint-not-ready',
  'attachment-denied': 'waypoint-attachment-denied',
  'other-traffic': 'waypoint-other-traffic',
};

/** Findings about the ways of requests to a workload without a proxy of its own. */
export function addAmbientFindings(
  list: FindingList,
  workload: Workload,
  { captured, routes }: AmbientTracing,
  telemetries: readonly TelemetryReading[],
): void {
  const who = `${workload.namespace}/${workload.name}`;
  for (const route of routes) addInVain(list, route);
  const hasWaypoint = routes.some(({ state }) => state === 'waypoint');
  const isNamed = routes.some(
    ({ state }) => state !== 'no-waypoint' && state !== 'opted-out',
  );
  if (captured && !isNamed) {
    const what = `ztunnel alone carries the requests to ${who}, and no waypoint stands before it: the mesh makes no spans of them.`;
    list.add('ambient-without-waypoint', what);
  }
  if (hasWaypoint) {
    addSkippedByIngress(list, routes);
    addDiffering(list, who, routes);
  }
  addSelectors(list, workload, telemetries);
}

/**
 * A namespace's waypoint that is for services only is meant to leave requests to
 * pods alone (Istio: fetchWaypointForWorkload).
 */
function addInVain(list: FindingList, route: AmbientRoute): void {
  const { state, to, label, waypoint } = route;
  const code = IN_VAIN[state];
  if (!code || !label || !waypoint) return;
  const isQuiet = state === 'other-traffic' && label.kind === 'Namespace';
  if (isQuiet && to.kind === 'Workload') return;
  const name = `${waypoint.namespace}/${waypoint.name}`;
  const reason = {
    'waypoint-missing': 'which does not exist',
    'waypoint-not-ready': 'which has no address yet',
    'attachment-denied': `which takes no objects of namespace ${to.namespace}`,
    'other-traffic': `which is not for requests to ${
      to.kind === 'Workload' ? 'pods' : 'services'
    }`,
  }[state as 'waypoint-missing'];
  const what = `The label istio.io/use-waypoint of ${label.kind} ${
    label.name
  } names the waypoint ${name}, ${reason}: requests to ${targetOf(
    route,
  )} pass no waypoint.`;
  list.add(code, what, [name]);
}

function addSkippedByIngress(
  list: FindingList,
  routes: readonly AmbientRoute[],
): void {
  const skipped = routes.filter(
    ({ state, to, fromIngress }) =>
      state === 'waypoint' && to.kind === 'Service' && !fromIngress,
  );
  if (skipped.length === 0) return;
  const what = `Requests from ingress gateways to ${skipped
    .map(targetOf)
    .join(', ')} pass by the waypoint, so it makes no spans of them.`;
  list.add('waypoint-skipped-by-ingress', what);
}

function addDiffering(
  list: FindingList,
  who: string,
  routes: readonly AmbientRoute[],
): void {
  const differing = routes.filter(({ server }) => server);
  if (differing.length === 0) return;
  const what = `Requests to ${who} by way of ${differing
    .map(targetOf)
    .join(', ')} are traced differently from what is shown for it.`;
  list.add('waypoint-differs-by-service', what);
}

/** What worked while the workload had a sidecar. */
function addSelectors(
  list: FindingList,
  { labels, name, namespace }: Workload,
  telemetries: readonly TelemetryReading[],
): void {
  for (const reading of telemetries) {
    const selects =
      reading.targetRefs.length === 0 &&
      reading.entries.length > 0 &&
      containsAll(labels, reading.matchLabels);
    if (!selects) continue;
    const id = telemetryId(reading);
    const what = `Telemetry ${id} selects the labels of ${namespace}/${name}, which has no sidecar: it has no effect on it.`;
    list.add('selector-without-sidecar', what, [id]);
  }
}

function targetOf({ to }: AmbientRoute): string {
  return to.kind === 'Workload'
    ? `the pods of ${to.name}`
    : `${to.kind} ${to.name}`;
}
