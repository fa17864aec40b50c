import { tracedSide } from '../../../tracing';
import type { DiagnosisEvidence, DiagnosisRung } from '../../model/Diagnosis';
import { faultyRung, goodRung } from '../../model/judged';
import { configurationCatalog } from '../configurationCatalog';
import type { ConfigurationFacts } from '../ConfigurationFacts';
import { faultsOn } from '../findingRungs';
import { sidecarMends, waypointMends } from './inMeshMends';

/** A workload that ztunnel carries: a waypoint makes its spans, or nothing does. */
export function judgeAmbient(facts: ConfigurationFacts): DiagnosisRung {
  const { effective, workload } = facts;
  const routes = effective.ambient?.routes ?? [];
  const [worst] = faultsOn('in-mesh', effective);
  const evidence = evidenceOf(facts);
  const waypoints = [
    ...new Set(
      routes.flatMap(({ state, waypoint }) =>
        state === 'waypoint' && waypoint
          ? [`${waypoint.namespace}/${waypoint.name}`]
          : [],
      ),
    ),
  ];
  if (worst || waypoints.length === 0) {
    const code = worst?.code ?? 'ambient-without-waypoint';
    // Where requests take another way past a waypoint, some of them are traced.
    const isPart = waypoints.length > 0 && tracedSide(effective) !== undefined;
    return faultyRung(configurationCatalog, code, {
      ...(isPart ? { verdict: 'doubtful' as const } : {}),
      cause:
        worst?.what ??
        `ztunnel alone carries the requests to ${workload.namespace}/${workload.name}, and no waypoint stands before it: the mesh makes no spans of them.`,
      evidence,
      mends:
        code === 'ambient-without-waypoint' || code === 'waypoint-missing'
          ? [...waypointMends(workload), ...sidecarMends(facts)]
          : [
              {
                kind: 'advice',
                what:
                  worst?.whatToDo ??
                  'Look at the waypoint that the label names.',
              },
            ],
    });
  }
  return goodRung('in-mesh', {
    cause: `ztunnel carries the requests, and waypoint ${waypoints.join(
      ', ',
    )} makes their spans.`,
    evidence,
  });
}

function evidenceOf({
  workload,
  effective,
  atMs,
}: ConfigurationFacts): DiagnosisEvidence[] {
  const { pods, kind, namespace, name } = workload;
  return [
    {
      source: `Pods of ${kind} ${namespace}/${name}`,
      seen: `ztunnel captures all ${pods.length}; none has a proxy of its own.`,
      atMs,
    },
    ...(effective.ambient?.routes ?? []).slice(0, 5).map(route => ({
      source: `Requests to ${route.to.kind} ${route.to.namespace}/${route.to.name}`,
      seen:
        route.state === 'waypoint' && route.waypoint
          ? `They pass waypoint ${route.waypoint.namespace}/${route.waypoint.name}.`
          : `They pass no waypoint (${route.state}).`,
      atMs,
    })),
  ];
}
