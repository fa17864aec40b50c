import { ISTIO_TAG_NAMES } from '../resolve/sentTags';

/** Tags that Envoy itself puts on every span of HTTP traffic. */
const ENVOY_TAG_NAMES: ReadonlySet<string> = new Set([
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
]);

/** Whose a tag name is: Istio's, Envoy's, or free to take. */
export function reservedTagName(name: string): 'Istio' | 'Envoy' | undefined {
  if (name.startsWith('istio.') || ISTIO_TAG_NAMES.has(name)) return 'Istio';
  if (ENVOY_TAG_NAMES.has(name) || name.startsWith('grpc.')) return 'Envoy';
  return undefined;
}
