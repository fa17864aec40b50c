import { telemetryId } from '../telemetry/readTelemetry';
import type { ProviderFailure } from '../resolve/ProviderRegistry';
import type { Resolution } from '../resolve/Resolution';
import type { TracingFindingCode } from './findingCatalog';
import { resourcesOf, type FindingList } from './FindingList';
import type { SideToCheck } from './SideToCheck';

const FAILURES: Record<ProviderFailure, TracingFindingCode> = {
  'cannot-trace': 'provider-cannot-trace',
  'service-unknown': 'provider-service-unknown',
  'sampler-unusable': 'provider-sampler-unusable',
  'breaks-istiod': 'provider-breaks-istiod',
};

/** Findings about the provider of one side. */
export function addProviderFindings(
  list: FindingList,
  resolution: Resolution,
  { side, listener, folded }: SideToCheck,
): void {
  if (!folded) return;
  if (!folded.reporting.value) {
    const { source } = folded.reporting;
    const what = 'Span reporting is disabled, so this proxy does not trace.';
    list.add('reporting-disabled', what, resourcesOf(source), side);
    return;
  }
  const { value: resolved, source } = listener.provider;
  if (!resolved) {
    addMissing(list, resolution, { side, listener, folded });
    return;
  }
  const { name, kind, service } = resolved.provider;
  const resources = resourcesOf(source);
  if (resolved.failure) {
    const what = {
      'cannot-trace': `Provider ${name} is of kind ${kind}, which cannot trace: tracing is off.`,
      'service-unknown': service
        ? `istiod does not know the service ${service} of provider ${name}: tracing is off.`
        : `Provider ${name} names no service: tracing is off.`,
      'sampler-unusable': `The Dynatrace sampler of provider ${name} has no usable HTTP settings: tracing is off.`,
      'breaks-istiod': `Provider ${name} is of kind lightstep, on which istiod fails: this proxy gets no new configuration.`,
    }[resolved.failure];
    list.add(FAILURES[resolved.failure], what, resources, side);
  } else if (resolved.ownSampler) {
    const what = `The sampler of provider ${name} decides which requests are sampled.`;
    list.add('provider-sampler-decides', what, resources, side);
  }
}

function addMissing(
  list: FindingList,
  { chain, providers }: Resolution,
  { side, listener, folded }: SideToCheck,
): void {
  const name = folded?.providerName;
  if (name === undefined) {
    const resources = [
      ...new Set(chain.links.map(link => telemetryId(link.reading))),
    ];
    const what = `${resources.join(
      ', ',
    )} configure tracing, but no provider is named there or in the mesh config: tracing is off.`;
    list.add('tracing-off-by-omission', what, resources, side);
    return;
  }
  const known = providers.tracingNames().join(', ') || 'none';
  const what = `The mesh has no provider ${name} (it has: ${known}): tracing is off.`;
  const { source } = listener.provider;
  const code =
    source.kind === 'telemetry'
      ? 'provider-unknown'
      : 'default-provider-unknown';
  list.add(code, what, resourcesOf(source), side);
}
