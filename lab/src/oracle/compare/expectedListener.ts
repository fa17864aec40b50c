import {
  sentTags,
  type EffectiveTracingSide,
  type TracingProxy,
} from 'backstage-plugin-mesh-tracing-common';
import { sortedTags, type ListenerView } from '../istiod/ListenerView';

/** What the resolver's answer for one side means for a listener. */
export function expectedListener(
  side: EffectiveTracingSide,
  proxy: TracingProxy,
): ListenerView {
  // Without tracing Istio leaves the request id as it is by default.
  if (!side.enabled.value) return { tracing: null, useRequestId: true };
  const tags = sentTags({
    istioTags: side.istioTags.value,
    customTags: side.customTags.value,
    proxy,
    waypointPeerTags: proxy.kind === 'waypoint',
  });
  return {
    tracing: {
      randomSampling: side.samplingPercent.value,
      clientSampling: 100,
      overallSampling: 100,
      tracer: side.tracer ?? null,
      maxPathTagLength: side.maxTagLength.value,
      spawnUpstreamSpan: side.spawnUpstreamSpan ?? false,
      noContextPropagation: side.disableContextPropagation.value,
      customTags: sortedTags(tags.map(({ origin: _origin, ...tag }) => tag)),
    },
    useRequestId: side.useRequestId.value,
  };
}
