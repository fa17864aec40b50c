import type { Workload } from '../../../workloads';
import type { Telemetry, TelemetryTracing } from '../../../tracing';
import type { ConfigurationFacts } from '../ConfigurationFacts';

const GATEWAY_NAME = 'gateway.networking.k8s.io/gateway-name';
/** Labels that injection and controllers add, which no template shows. */
const ADDED =
  /^(?:security\.istio\.io|service\.istio\.io|topology\.istio\.io)\//;
const MAX_NAME = 63;

/**
 * A new Telemetry for one workload alone, which comes last in the chain; undefined
 * where nothing distinguishes the workload.
 */
export function workloadTelemetry(
  { inputs }: Pick<ConfigurationFacts, 'inputs'>,
  workload: Workload,
  tracing: TelemetryTracing,
): Telemetry | undefined {
  const attachment = attachmentOf(workload);
  if (!attachment) return undefined;
  const { namespace } = workload;
  return {
    apiVersion: 'telemetry.istio.io/v1',
    kind: 'Telemetry',
    metadata: { namespace, name: freeName(inputs.telemetries, workload) },
    spec: { ...attachment, tracing: [tracing] },
  };
}

/** Waypoints are reached by target references alone. */
function attachmentOf({ proxy, labels }: Workload) {
  if (proxy === 'none') return undefined;
  if (proxy === 'waypoint') {
    const name = labels[GATEWAY_NAME];
    const group = 'gateway.networking.k8s.io';
    return name
      ? { targetRefs: [{ group, kind: 'Gateway', name }] }
      : undefined;
  }
  const matchLabels = Object.fromEntries(
    Object.entries(labels).filter(([key]) => !ADDED.test(key)),
  );
  return Object.keys(matchLabels).length > 0
    ? { selector: { matchLabels } }
    : undefined;
}

function freeName(
  telemetries: readonly Telemetry[],
  { namespace, name }: Workload,
): string {
  const taken = new Set(
    telemetries
      .filter(({ metadata }) => metadata.namespace === namespace)
      .map(({ metadata }) => metadata.name),
  );
  const base = `${name.slice(0, MAX_NAME - 12)}-tracing`;
  let free = base;
  for (let i = 2; taken.has(free); i++) free = `${base}-${i}`;
  return free;
}
