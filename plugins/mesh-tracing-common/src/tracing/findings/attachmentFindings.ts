import { attachmentRefusal } from '../chain/attachment';
import { containsAll } from '../chain/selectorMatches';
import type { NamespaceTelemetries } from '../chain/TelemetryIndex';
import type { EffectiveTracing } from '../model/EffectiveTracing';
import { telemetryId, type TelemetryReading } from '../telemetry/readTelemetry';
import type { Resolution } from '../resolve/Resolution';
import type { FindingList } from './FindingList';
import { addOverlapFindings } from './overlapFindings';

/** Findings about Telemetries that apply or do not. */
export function addAttachmentFindings(
  list: FindingList,
  resolution: Resolution,
  effective: EffectiveTracing,
): void {
  const { chain, index } = resolution;
  for (const namespace of chain.namespaces) addNamespace(list, namespace);
  for (const reading of index.unplaced) addMalformed(list, reading);
  addPassedOver(list, resolution);
  addOverlapFindings(list, chain.links);
  for (const ignored of effective.ignored) {
    if (ignored.reason !== 'mode-without-effect') continue;
    const id = `${ignored.namespace}/${ignored.name}`;
    const what = `Telemetry ${id} applies, but to a side that this proxy does not trace.`;
    list.add('mode-without-effect', what, [id]);
  }
}

function addNamespace(
  list: FindingList,
  { wide, unusedWide, malformed }: NamespaceTelemetries,
): void {
  for (const reading of malformed) addMalformed(list, reading);
  if (!wide || unusedWide.length === 0) return;
  const ids = [wide, ...unusedWide].map(telemetryId);
  const others = ids.slice(1).join(', ');
  const what = `Namespace ${wide.namespace} has ${ids.length} Telemetries for the whole namespace: only ${ids[0]} counts, not ${others}.`;
  list.add('several-namespace-wide', what, ids);
  const hidden = unusedWide.filter(reading => reading.entries.length > 0);
  if (wide.entries.length === 0 && hidden.length > 0) {
    const tracing = hidden.map(telemetryId);
    const hides = `${
      ids[0]
    } says nothing about tracing and is the oldest, so ${tracing.join(
      ', ',
    )} is ignored.`;
    list.add('namespace-wide-hides-tracing', hides, ids);
  }
}

function addMalformed(list: FindingList, reading: TelemetryReading): void {
  const named = reading.name || reading.namespace;
  const who = named ? `Telemetry ${telemetryId(reading)}` : 'A Telemetry';
  const problems = reading.problems
    .slice(0, 3)
    .map(({ path, message }) => (path ? `${path} ${message}` : message));
  const what = `${who} cannot be read: ${problems.join('; ')}.`;
  list.add('telemetry-malformed', what, named ? [telemetryId(reading)] : []);
}

/**
 * Finds Telemetries that look as if they applied, but stand where Istio does
 * not look.
 */
function addPassedOver(list: FindingList, resolution: Resolution): void {
  const { context, index, mesh, service, istiod } = resolution;
  const { proxy, labels } = context;
  const own = index.namespace(proxy.namespace);
  const isRoot = proxy.namespace === mesh.rootNamespace;
  if (!isRoot && mesh.rootNamespace) {
    for (const reading of index.namespace(mesh.rootNamespace).narrow) {
      addFromRoot(list, resolution, reading);
    }
  }
  for (const reading of own.narrow) {
    if (reading.targetRefs.length > 0) {
      if (service) addSkippedService(list, resolution, reading);
      continue;
    }
    if (proxy.kind === 'sidecar') continue;
    const reason = attachmentRefusal(reading, attachmentOf(resolution));
    if (!reason || !containsAll(labels, reading.matchLabels)) continue;
    const id = telemetryId(reading);
    if (reason === 'selector-on-waypoint') {
      const what = `Telemetry ${id} selects this waypoint's labels, which has no effect.`;
      list.add('selector-on-waypoint', what, [id]);
    } else if (!istiod.selectorBasedGatewayPolicy) {
      const what = `Telemetry ${id} selects this gateway's labels, which istiod does not look at.`;
      list.add('selector-on-gateway-disabled', what, [id]);
    }
  }
}

function addFromRoot(
  list: FindingList,
  { context, service, mesh }: Resolution,
  reading: TelemetryReading,
): void {
  const id = telemetryId(reading);
  if (reading.targetRefs.length > 0) {
    const targetsClass = reading.targetRefs.some(
      ref => ref.kind === 'GatewayClass',
    );
    const reached = service?.namespace === mesh.rootNamespace;
    if (targetsClass && context.proxy.kind === 'waypoint' && !reached) {
      const what = `Telemetry ${id} targets a GatewayClass, which does not reach this waypoint.`;
      list.add('gateway-class-without-effect', what, [id]);
    }
  } else if (containsAll(context.labels, reading.matchLabels)) {
    const what = `Telemetry ${id} selects this workload's labels, but from the root namespace it does not reach it.`;
    list.add('root-selector-without-effect', what, [id]);
  }
}

function addSkippedService(
  list: FindingList,
  resolution: Resolution,
  reading: TelemetryReading,
): void {
  const { context, service, istiod } = resolution;
  const { proxy } = context;
  if (proxy.kind !== 'waypoint' || !istiod.followsService) return;
  if (!service || service.namespace === proxy.namespace) return;
  if (attachmentRefusal(reading, attachmentOf(resolution))) return;
  const id = telemetryId(reading);
  const what = `Telemetry ${id} targets this waypoint, but does not apply to ${service.name} of namespace ${service.namespace}.`;
  list.add('gateway-policy-skips-service', what, [id]);
}

function attachmentOf({ context, service, mesh, istiod }: Resolution) {
  return {
    proxy: context.proxy,
    labels: context.labels,
    service,
    rootNamespace: mesh.rootNamespace,
    selectorBasedGatewayPolicy: istiod.selectorBasedGatewayPolicy,
    gatewayClassRefs: istiod.gatewayClassRefs,
  };
}
