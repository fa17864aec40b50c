import type { TracingServiceName } from './MeshConfig';
import {
  decodeProtoJson,
  type DecodedMessage,
} from './protojson/decodeProtoJson';
import { FieldReader } from './protojson/FieldReader';

/** What a ProxyConfig says about the service name of spans: one of them at most. */
export interface ProxyNaming {
  serviceCluster?: string;
  tracingServiceName?: TracingServiceName;
}

/**
 * Reads the naming from a ProxyConfig of any shape; fields that Istio can't
 * read are left out.
 */
export function readReportedNaming(proxyConfig: unknown): ProxyNaming {
  return readProxyNaming(
    decodeProtoJson(new FieldReader(), 'ProxyConfig', proxyConfig, ''),
  );
}

/** Reads the naming from a ProxyConfig that was decoded. */
export function readProxyNaming(
  proxyConfig: DecodedMessage | undefined,
): ProxyNaming {
  const { serviceCluster, tracingServiceName } = (proxyConfig ??
    {}) as ProxyNaming;
  return {
    ...(serviceCluster ? { serviceCluster } : {}),
    tracingServiceName,
  };
}
