import type { EndpointBehaviour, ServiceBehaviour } from './MeshBehaviour';
import {
  formatRequestId,
  type RequestId,
  type TraceContext,
} from './samplingDecision';

/** What a request carries, as far as tracing depends on it. */
export interface RequestHeaders {
  context?: TraceContext;
  requestId: RequestId;
  /** `x-envoy-attempt-count`; absent on requests that no proxy sent. */
  attempt?: number;
  /** Other headers, names in lower case. */
  values: Readonly<Record<string, string>>;
}

/** A request on its way to an endpoint of a service. */
export interface RequestTarget {
  service: ServiceBehaviour;
  endpoint: EndpointBehaviour;
  path: string;
}

/** How a request ended. */
export interface RequestOutcome {
  /** Since the start of the first request. */
  endUs: number;
  status: number;
  /** Envoy's response flags; `-` for none. */
  flags: string;
}

/** The value of a header, pseudo headers included. */
export function headerOf(
  name: string,
  headers: RequestHeaders,
  target: RequestTarget,
): string | undefined {
  switch (name) {
    case ':path':
      return target.path;
    case ':method':
      return target.endpoint.method;
    case ':authority':
    case 'host':
      return `${target.service.host}:${target.service.port}`;
    case 'x-request-id':
      return formatRequestId(headers.requestId);
    case 'x-envoy-attempt-count':
      return headers.attempt === undefined
        ? undefined
        : String(headers.attempt);
    default:
      return headers.values[name];
  }
}
