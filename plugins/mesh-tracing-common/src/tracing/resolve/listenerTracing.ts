import type { Sourced, SpanReporting } from '../model/EffectiveTracing';
import type { CustomTags } from '../../meshconfig';
import { isDisabled, type FoldedSide } from './foldTracing';
import { BUILT_IN_DEFAULT, Layers } from './Layers';
import type { ProxyContext } from './ProxyContext';
import type { ProviderFailure, ResolvedProvider } from './ProviderRegistry';

/** Characters of a path in a span, unless configured (Envoy). */
const ENVOY_MAX_TAG_LENGTH = 256;

/**
 * The tracing part of a listener, with provenance: what istiod sends to the
 * proxy (Istio: configureTracingFromTelemetry).
 */
export interface ListenerTracing {
  path: 'telemetry' | 'legacy';
  enabled: Sourced<boolean>;
  spanReporting: SpanReporting;
  provider: Sourced<ResolvedProvider | null>;
  failure?: ProviderFailure;
  samplingPercent: Sourced<number>;
  customTags: Sourced<CustomTags>;
  istioTags: Sourced<boolean>;
  useRequestId: Sourced<boolean>;
  disableContextPropagation: Sourced<boolean>;
  maxTagLength: Sourced<number>;
  /** Envoy's tracer extension; null = the tracer of the proxy's bootstrap. */
  tracer: string | null;
  spawnUpstreamSpan: boolean;
}

/** What a listener gets from a folded specification. */
export function listenerTracing(
  folded: FoldedSide,
  context: ProxyContext,
): ListenerTracing {
  const provider = folded.provider.value;
  const enabled = isEnabled(folded, provider);
  return {
    path: 'telemetry',
    enabled: enabled.sourced(),
    spanReporting: spanReportingOf(folded, provider),
    provider: folded.provider.sourced(),
    ...(provider?.failure ? { failure: provider.failure } : {}),
    samplingPercent: samplingOf(folded, provider, context),
    customTags: customTagsOf(folded, context),
    istioTags: (context.istioTagsInApi
      ? folded.istioTags
      : new Layers(true, BUILT_IN_DEFAULT)
    ).sourced(),
    useRequestId: folded.useRequestId.sourced(),
    disableContextPropagation: contextPropagationOf(folded, context),
    maxTagLength: maxTagLengthOf(provider, context),
    tracer: provider?.tracer ?? null,
    spawnUpstreamSpan:
      (context.proxy.kind === 'gateway' && context.gatewayUpstreamSpan) ||
      provider?.upstreamSpan === true,
  };
}

/** The legacy path: no Telemetry and no default provider decide. */
export function legacyListenerTracing(context: ProxyContext): ListenerTracing {
  const { mesh, proxyTracing, proxyConfigSource } = context;
  const { istioTags, customTags } = proxyTracing;
  const none = new Layers<ResolvedProvider | null>(null, BUILT_IN_DEFAULT);
  const yes = new Layers(true, BUILT_IN_DEFAULT);
  const tags = new Layers<CustomTags>({}, BUILT_IN_DEFAULT);
  if (customTags) tags.set(customTags, proxyConfigSource);
  const withIstioTags = new Layers(true, BUILT_IN_DEFAULT);
  if (istioTags !== undefined) withIstioTags.set(istioTags, proxyConfigSource);
  return {
    path: 'legacy',
    enabled: new Layers(
      mesh.enableTracing,
      mesh.enableTracingStated
        ? { kind: 'mesh-config', field: 'enableTracing' }
        : BUILT_IN_DEFAULT,
    ).sourced(),
    spanReporting: legacySpanReporting(context),
    provider: none.sourced(),
    samplingPercent: fallbackSampling(context).sourced(),
    customTags: tags.sourced(),
    istioTags: withIstioTags.sourced(),
    useRequestId: yes.sourced(),
    disableContextPropagation: new Layers(false, BUILT_IN_DEFAULT).sourced(),
    maxTagLength: maxTagLengthOf(null, context),
    tracer: null,
    spawnUpstreamSpan: false,
  };
}

function isEnabled(
  folded: FoldedSide,
  provider: ResolvedProvider | null,
): Layers<boolean> {
  const { reporting } = folded;
  if (isDisabled(folded) && provider) return reporting;
  const enabled = new Layers(reporting.value, reporting.source);
  if (!provider) {
    enabled.set(false, folded.provider.source);
    return enabled;
  }
  if (!provider.failure) return reporting;
  enabled.set(false, { kind: 'provider', provider: provider.provider.name });
  return enabled;
}

function spanReportingOf(
  folded: FoldedSide,
  provider: ResolvedProvider | null,
): SpanReporting {
  if (!folded.reporting.value) return 'reporting-disabled';
  if (!provider) return 'no-provider';
  return provider.failure ? 'provider-unusable' : 'reported';
}

/** Envoy's listener traces with the bootstrap's tracer, if there is one (Istio: configureTracing). */
function legacySpanReporting({
  mesh,
  proxyTracing,
}: ProxyContext): SpanReporting {
  if (!mesh.enableTracing) return 'tracing-disabled';
  return proxyTracing.tracer === undefined ? 'no-tracer' : 'reported';
}

/** ProxyConfig's sampling above istiod's (Istio: proxyConfigSamplingValue). */
function fallbackSampling(context: ProxyContext): Layers<number> {
  const { istiodSampling, proxyTracing, proxyConfigSource } = context;
  const layers = new Layers(istiodSampling.value, istiodSampling.source);
  const own = proxyTracing.samplingPercent;
  if (own !== undefined) layers.set(own > 100 ? 1 : own, proxyConfigSource);
  return layers;
}

function samplingOf(
  folded: FoldedSide,
  provider: ResolvedProvider | null,
  context: ProxyContext,
): Sourced<number> {
  const layers = fallbackSampling(context);
  for (const { value, source } of folded.samplingPercent) {
    layers.set(value, source);
  }
  if (provider?.ownSampler) {
    const { name } = provider.provider;
    layers.set(100, { kind: 'provider-sampler', provider: name });
  }
  return layers.sourced();
}

function customTagsOf(
  folded: FoldedSide,
  context: ProxyContext,
): Sourced<CustomTags> {
  const { proxyTracing, proxyConfigSource } = context;
  const own = proxyTracing.customTags;
  const layers = new Layers<CustomTags>({}, BUILT_IN_DEFAULT);
  if (own) layers.set(own, proxyConfigSource);
  for (const { value, source } of folded.customTags) layers.set(value, source);
  const decided = folded.customTags.at(-1);
  if (!decided) return layers.sourced();
  if (own && isEmpty(decided.value)) {
    // An empty map does not replace ProxyConfig's tags, it reveals them.
    layers.set(own, proxyConfigSource);
    return layers.sourced();
  }
  const tags = layers.sourced();
  return context.formatterTags
    ? tags
    : { ...tags, value: withoutFormatters(tags.value) };
}

function isEmpty(tags: CustomTags): boolean {
  return Object.keys(tags).length === 0;
}

function withoutFormatters(tags: CustomTags): CustomTags {
  const entries = Object.entries(tags);
  const sent = entries.filter(([, tag]) => !tag.formatter);
  return sent.length === entries.length ? tags : Object.fromEntries(sent);
}

function contextPropagationOf(
  folded: FoldedSide,
  context: ProxyContext,
): Sourced<boolean> {
  const sourced = folded.disableContextPropagation.sourced();
  if (context.contextPropagationSwitch || !sourced.value) return sourced;
  const { value, source, shadowed } = sourced;
  return {
    value: false,
    source: BUILT_IN_DEFAULT,
    shadowed: [{ value, source }, ...shadowed],
  };
}

function maxTagLengthOf(
  provider: ResolvedProvider | null,
  context: ProxyContext,
): Sourced<number> {
  const { proxyTracing, proxyConfigSource } = context;
  const layers = new Layers(ENVOY_MAX_TAG_LENGTH, BUILT_IN_DEFAULT);
  if (proxyTracing.maxTagLength !== undefined) {
    layers.set(proxyTracing.maxTagLength, proxyConfigSource);
  }
  // SkyWalking providers carry no length (Istio).
  const own = provider?.provider.maxTagLength;
  if (
    provider &&
    own !== undefined &&
    provider.provider.kind !== 'skywalking'
  ) {
    layers.set(own, { kind: 'provider', provider: provider.provider.name });
  }
  return layers.sourced();
}
