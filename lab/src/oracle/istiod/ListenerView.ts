/** A span tag of a listener, without the fields that are empty. */
export interface TagView {
  tag: string;
  literal?: string;
  requestHeader?: { name: string; defaultValue: string };
  environment?: { name: string; defaultValue: string };
  rbacMetadataKey?: string;
  format?: string;
}

/** What an HTTP connection manager says about tracing. */
export interface ListenerView {
  /** Null = the listener has no tracing at all. */
  tracing: {
    /** Percent, unrounded. */
    randomSampling: number;
    clientSampling: number;
    overallSampling: number;
    /** Envoy's tracer extension; null = the bootstrap's tracer. */
    tracer: string | null;
    /** Characters; 256 when the listener doesn't say. */
    maxPathTagLength: number;
    spawnUpstreamSpan: boolean;
    noContextPropagation: boolean;
    /** By name, then by content: Istio's own order of equal names varies. */
    customTags: TagView[];
  } | null;
  useRequestId: boolean;
}

/** Orders tags so that two listeners with the same tags are equal. */
export function sortedTags(tags: readonly TagView[]): TagView[] {
  const key = (tag: TagView) => `${tag.tag}\u0000${JSON.stringify(tag)}`;
  return [...tags].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
