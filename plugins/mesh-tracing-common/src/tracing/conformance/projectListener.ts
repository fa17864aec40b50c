import type { ListenerTracing } from '../resolve/listenerTracing';
import { sentTags, type SentTag } from '../tags/sentTags';
import type { Resolution } from '../resolve/Resolution';

/** Both listeners in the form in which Istio's were recorded. */
export function projectListeners(resolution: Resolution) {
  const { client, server } = resolution.sides.listeners;
  return {
    inbound: projectListener(server, resolution),
    outbound: projectListener(client, resolution),
  };
}

function projectListener(listener: ListenerTracing, resolution: Resolution) {
  if (!listener.enabled.value) {
    return { tracing: null, useRequestIdForTraceSampling: true };
  }
  const { value: length, source } = listener.maxTagLength;
  const tags = sentTags({
    istioTags: listener.istioTags.value,
    customTags: listener.customTags.value,
    proxy: resolution.context.proxy,
    waypointPeerTags: resolution.context.waypointPeerTags,
  });
  return {
    tracing: {
      randomSampling: listener.samplingPercent.value,
      clientSampling: 100,
      overallSampling: 100,
      tracer: listener.tracer,
      maxPathTagLength: source.kind === 'built-in-default' ? null : length,
      spawnUpstreamSpan: listener.spawnUpstreamSpan,
      noContextPropagation: listener.disableContextPropagation.value,
      customTags: tags.map(projectTag),
    },
    useRequestIdForTraceSampling: listener.useRequestId.value,
  };
}

function projectTag(sent: SentTag): Record<string, unknown> {
  const { tag } = sent;
  if (sent.literal !== undefined)
    return { tag, literal: { value: sent.literal } };
  if (sent.requestHeader) return { tag, requestHeader: sent.requestHeader };
  if (sent.environment) return { tag, environment: sent.environment };
  if (sent.format !== undefined) return { tag, value: sent.format };
  if (sent.rbacMetadataKey === undefined) return { tag };
  return {
    tag,
    metadata: {
      kind: { request: {} },
      metadataKey: {
        key: 'envoy.filters.http.rbac',
        path: [{ key: sent.rbacMetadataKey }],
      },
    },
  };
}
