import { ISTIO_TAG_NAMES } from './sentTags';

/** Who sets a tag of a name. */
export type TagOwner = 'Istio' | 'Envoy' | 'OpenTelemetry';

/**
 * Tags that Envoy itself puts on spans (Envoy: `source/common/tracing`, tags and
 * finalizers of HTTP, gRPC and of calls that it makes on its own).
 * @public
 */
export const ENVOY_TAG_NAMES: readonly string[] = [
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
  'error.reason',
  'canceled',
  'retry.count',
];

/**
 * Names that OpenTelemetry's conventions and the stores that read them give to the
 * same facts: a store shows them beside, or instead of, those above.
 */
const OPENTELEMETRY_TAG_NAMES: readonly string[] = [
  'http.request.method',
  'http.response.status_code',
  'url.full',
  'user_agent.original',
  'network.peer.address',
  'network.protocol.version',
  'span.kind',
  'service.name',
];

const OWNERS: ReadonlyMap<string, TagOwner> = new Map([
  ...ENVOY_TAG_NAMES.map((name): [string, TagOwner] => [name, 'Envoy']),
  ...OPENTELEMETRY_TAG_NAMES.map((name): [string, TagOwner] => [
    name,
    'OpenTelemetry',
  ]),
  ...[...ISTIO_TAG_NAMES].map((name): [string, TagOwner] => [name, 'Istio']),
]);

const PREFIXES: ReadonlyArray<[string, TagOwner]> = [
  ['istio.', 'Istio'],
  ['grpc.', 'Envoy'],
  ['grpc_', 'Envoy'],
  ['otel.', 'OpenTelemetry'],
];

/**
 * Whose a tag name is; undefined when it is free to take. A custom tag of the
 * same name is sent twice, and which one the span gets is undefined. Case is
 * disregarded, as one of two that differ in it would be taken for the other.
 */
export function reservedTagName(name: string): TagOwner | undefined {
  const lower = name.trim().toLowerCase();
  return (
    OWNERS.get(lower) ??
    PREFIXES.find(([prefix]) => lower.startsWith(prefix))?.[1]
  );
}

/** Whether Istio, Envoy or a store set a tag of this name themselves. @public */
export function isReservedTagName(name: string): boolean {
  return reservedTagName(name) !== undefined;
}
