import { textsOf } from './attributes';
import type { Span } from './Trace';
import { PROTOCOLS } from '../table/SpanTable';

/**
 * Attributes that name the other side of a call, best first. Older and newer
 * OpenTelemetry names, and Envoy's.
 */
export const PEER_ATTRIBUTES = [
  'peer.service',
  'upstream_cluster.name',
  'upstream_cluster',
  'server.address',
  'net.peer.name',
  'db.system.name',
  'db.system',
  'messaging.destination.name',
  'messaging.destination',
  'messaging.system',
  'url.full',
  'http.url',
  'peer.address',
] as const;

/** How an attribute names the peer. */
export type PeerAttribute = (typeof PEER_ATTRIBUTES)[number];

/**
 * The peer that the value of one attribute names; undefined if it names none.
 * For Envoy's clusters (`outbound|80||host`) and URLs that is the host.
 */
export function peerName(
  attribute: PeerAttribute,
  value: string,
): string | undefined {
  switch (attribute) {
    case 'upstream_cluster':
    case 'upstream_cluster.name':
      return clusterHost(value);
    case 'url.full':
    case 'http.url':
      return urlHost(value);
    default:
      return value && value !== '-' ? value : undefined;
  }
}

/** The peer that the best of the span's attributes names. */
export function peerOf(span: Span): string | undefined {
  for (const attribute of PEER_ATTRIBUTES) {
    for (const value of textsOf(span.attributes[attribute])) {
      const name = peerName(attribute, value);
      if (name) {
        return name;
      }
    }
  }
  return undefined;
}

function clusterHost(cluster: string): string | undefined {
  const parts = cluster.split('|');
  const host = parts[3]?.split(';', 1)[0]?.trim();
  return parts[0] === 'outbound' && host ? host : undefined;
}

function urlHost(url: string): string | undefined {
  const match = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(url);
  return match?.[1]?.toLowerCase();
}

/** Signs of a protocol in a span's attributes; combined as bits. */
export const PROTOCOL_SIGNS = {
  http: 1,
  grpc: 2,
  messaging: 4,
  database: 8,
} as const;

/** What the presence of an attribute says of the protocol. */
export const SIGN_OF_ATTRIBUTE: ReadonlyMap<string, number> = new Map([
  ['http.method', PROTOCOL_SIGNS.http],
  ['http.request.method', PROTOCOL_SIGNS.http],
  ['http.url', PROTOCOL_SIGNS.http],
  ['url.full', PROTOCOL_SIGNS.http],
  ['http.status_code', PROTOCOL_SIGNS.http],
  ['http.response.status_code', PROTOCOL_SIGNS.http],
  ['grpc.status_code', PROTOCOL_SIGNS.grpc],
  ['rpc.grpc.status_code', PROTOCOL_SIGNS.grpc],
  ['rpc.system', PROTOCOL_SIGNS.grpc],
  ['messaging.system', PROTOCOL_SIGNS.messaging],
  ['db.system', PROTOCOL_SIGNS.database],
  ['db.system.name', PROTOCOL_SIGNS.database],
]);

/** Index into `PROTOCOLS`. */
export function protocolOf(signs: number, kindIndex: number): number {
  const isMessaging = kindIndex >= 4 || signs & PROTOCOL_SIGNS.messaging;
  if (isMessaging) {
    return PROTOCOLS.indexOf('messaging');
  }
  if (signs & PROTOCOL_SIGNS.database) {
    return PROTOCOLS.indexOf('database');
  }
  if (signs & PROTOCOL_SIGNS.grpc) {
    return PROTOCOLS.indexOf('grpc');
  }
  return PROTOCOLS.indexOf(signs & PROTOCOL_SIGNS.http ? 'http' : 'unknown');
}
