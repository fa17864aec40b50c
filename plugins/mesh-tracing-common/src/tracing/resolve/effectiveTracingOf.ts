import type {
  EffectiveTracing,
  EffectiveTracingSide,
  IgnoredTelemetry,
  Sourced,
  TracingProvider,
  TracingSide,
} from '../model/EffectiveTracing';
import { ignoredTelemetry } from '../chain/ignoredTelemetry';
import type { ChainLink } from '../chain/tracingChain';
import { tracingFindings } from '../findings/tracingFindings';
import { touches } from './foldTracing';
import type { ListenerTracing } from './listenerTracing';
import type { ResolvedProvider } from './ProviderRegistry';
import { samplingParts } from '../sides/samplingParts';
import { sidesOf } from '../sides/sidesOf';
import type { Resolution } from './Resolution';

/** What people get to see of a resolution. */
export function effectiveTracing(resolution: Resolution): EffectiveTracing {
  const { chain, sides: resolved, context } = resolution;
  const sides = sidesOf(context.proxy.kind);
  const result: EffectiveTracing = {
    path: resolved.folded ? 'telemetry' : 'legacy',
    ...resolved.effective,
    chain: [],
    ignored: chain.ignored,
    findings: [],
  };
  applyLinks(result, chain.links, sides);
  result.findings = tracingFindings(resolution, result, sides);
  return result;
}

function applyLinks(
  result: EffectiveTracing,
  links: readonly ChainLink[],
  sides: readonly TracingSide[],
): void {
  const withoutEffect: IgnoredTelemetry[] = [];
  for (const { reading, level } of links) {
    if (sides.some(side => touches(reading, side))) {
      const { namespace, name } = reading;
      result.chain.push({ namespace, name, level });
    } else {
      withoutEffect.push(ignoredTelemetry(reading, 'mode-without-effect'));
    }
  }
  if (withoutEffect.length > 0) {
    result.ignored = [...result.ignored, ...withoutEffect];
  }
}

/** What people get to see of a listener. */
export function effectiveSide(listener: ListenerTracing): EffectiveTracingSide {
  return {
    enabled: listener.enabled,
    spanReporting: listener.spanReporting,
    provider: providerOf(listener.provider),
    samplingPercent: listener.samplingPercent,
    samplingParts: samplingParts(listener.samplingPercent.value),
    customTags: listener.customTags,
    istioTags: listener.istioTags,
    useRequestId: listener.useRequestId,
    disableContextPropagation: listener.disableContextPropagation,
    maxTagLength: listener.maxTagLength,
    tracer: listener.tracer,
    spawnUpstreamSpan: listener.spawnUpstreamSpan,
  };
}

function providerOf(
  sourced: Sourced<ResolvedProvider | null>,
): Sourced<TracingProvider | null> {
  return {
    value: sourced.value?.provider ?? null,
    source: sourced.source,
    shadowed: sourced.shadowed.map(({ value, source }) => ({
      value: value?.provider ?? null,
      source,
    })),
  };
}
