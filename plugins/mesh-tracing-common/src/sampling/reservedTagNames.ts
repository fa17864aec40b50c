/**
 * Tags that Envoy itself puts on spans, under the names of today and the
 * OpenTelemetry names that newer versions move to.
 */
const ENVOY_TAGS = new Set([
  'component',
  'node_id',
  'zone',
  'guid:x-request-id',
  'guid:x-client-trace-id',
  'http.url',
  'http.method',
  'http.protocol',
  'http.status_code',
  'downstream_cluster',
  'user_agent',
  'request_size',
  'response_size',
  'response_flags',
  'upstream_cluster',
  'upstream_cluster.name',
  'upstream_address',
  'peer.address',
  'error',
  'canceled',
  'retry.count',
  'http.request.method',
  'http.response.status_code',
  'url.full',
  'user_agent.original',
  'network.peer.address',
  'network.protocol.version',
  'span.kind',
  'service.name',
]);

const RESERVED_PREFIXES = ['istio.', 'grpc.', 'otel.', 'grpc_'];

/**
 * Whether Istio or Envoy set a tag of this name themselves. A custom tag of the
 * same name is sent twice, and which one survives is undefined.
 * @public
 */
export function isReservedTagName(name: string): boolean {
  const lower = name.trim().toLowerCase();
  return (
    ENVOY_TAGS.has(lower) ||
    RESERVED_PREFIXES.some(prefix => lower.startsWith(prefix))
  );
}
