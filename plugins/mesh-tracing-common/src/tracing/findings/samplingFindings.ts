import { meansErrors } from './meansErrors';
import { formatPercent } from '../../shared/formatPercent';
import { mayDropSampled } from '../sides/localDecision';
import type { ListenerTracing } from '../resolve/listenerTracing';
import { samplingParts } from '../sides/samplingParts';
import type { Resolution } from '../resolve/Resolution';
import { resourcesOf, type FindingList } from './FindingList';
import type { SideToCheck } from './SideToCheck';

/**
 * Share of spans without a parent from which a proxy counts as the first that
 * its requests meet.
 */
const MOSTLY_FIRST = 0.5;

/** Findings about the sampling percentage of one side. */
export function addSamplingFindings(
  list: FindingList,
  resolution: Resolution,
  checked: SideToCheck,
): void {
  const { side, listener, folded } = checked;
  if (!listener.enabled.value) return;
  addValueFindings(list, checked);
  if (folded && !listener.useRequestId.value) {
    const { source } = listener.useRequestId;
    const what =
      'The sampling percentage is not consulted: every request that starts here is sampled.';
    list.add('request-id-not-used', what, resourcesOf(source), side);
  }
  addInfluenceFindings(list, resolution, checked);
}

function addValueFindings(
  list: FindingList,
  { side, listener }: SideToCheck,
): void {
  const { value, source } = listener.samplingPercent;
  const resources = resourcesOf(source);
  const percent = formatPercent(value);
  const outOfRange = value < 0 || value > 100;
  if (outOfRange && source.kind === 'telemetry') {
    const what = `Sampling is ${percent}, and Envoy refuses a listener with that.`;
    list.add('sampling-out-of-range', what, resources, side);
  } else if (value > 0 && samplingParts(value) === 0) {
    const what = `Sampling is ${percent}, which Envoy truncates to 0 %.`;
    list.add('sampling-below-resolution', what, resources, side);
  } else if (value === 0) {
    const what = 'Tracing is on, but 0 % of the requests are sampled.';
    list.add('zero-percent-reporting', what, resources, side);
  }
  if (source.kind === 'telemetry' && meansErrors(source.name)) {
    const what = `${resources[0]} sets ${percent} for all requests, not for those that fail: which ones are sampled is decided before there is a response.`;
    list.add('error-sampling-misunderstood', what, resources, side);
  }
}

function addInfluenceFindings(
  list: FindingList,
  { context }: Resolution,
  { side, listener }: SideToCheck,
): void {
  const { value, source } = listener.samplingPercent;
  if (context.proxy.kind === 'gateway' || source.kind !== 'telemetry') return;
  const share = context.proxy.rootSpanShare;
  const mostlyFirst = share !== undefined && share >= MOSTLY_FIRST;
  const resources = resourcesOf(source);
  if (source.level !== 'root' && !mostlyFirst) {
    const measured =
      share === undefined
        ? ''
        : `; of its recent spans ${formatPercent(
            Math.round(share * 1000) / 10,
          )} started a trace`;
    const where =
      context.proxy.kind === 'waypoint'
        ? 'reach the waypoint without a trace decision'
        : 'start at this workload';
    const what = `The percentage decides on requests that ${where}; it adds none to the traces of requests that arrive with a trace decision${measured}.`;
    list.add('sampling-not-first-hop', what, resources);
  }
  const replaced = listener.samplingPercent.shadowed;
  const meshWide = replaced.find(
    layer => layer.source.kind === 'telemetry' && layer.source.level === 'root',
  );
  if (meshWide?.value === 0 && value > 0) {
    const what = `The mesh samples 0 % and this workload ${formatPercent(
      value,
    )}: requests that another proxy saw first stay unsampled.`;
    list.add('mesh-zero-percent', what, resourcesOf(meshWide.source), side);
  }
  const inherited = replaced[0]?.value ?? value;
  if (inherited > value && mayCut(listener, context.version) && !mostlyFirst) {
    const percent = formatPercent(value);
    const what = `${percent} replaces ${formatPercent(
      inherited,
    )}. Traces begun and sampled elsewhere keep their spans from here on where x-request-id arrives with the decision; of those that arrive with their trace context alone, ${percent} keep them.`;
    list.add('sampling-cuts-traces', what, resources, side);
  }
}

/**
 * Whether a proxy's own decision may end a trace. Where `x-request-id` is not
 * its source, that decision is always to sample.
 */
function mayCut(listener: ListenerTracing, proxyVersion: number): boolean {
  return (
    listener.useRequestId.value &&
    mayDropSampled(listener.provider.value?.provider.kind, proxyVersion)
  );
}
