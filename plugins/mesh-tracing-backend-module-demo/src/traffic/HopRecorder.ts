import type { Attributes } from 'backstage-plugin-mesh-tracing-common';
import { randomHex, type Random } from '../shared/Random';
import { PROXY_ENVIRONMENT } from '../shared/demoMesh';
import type { RecordedTrace, SpanTemplate } from '../tracestore';
import { customTagValue } from './customTagValue';
import type { MeshProxies } from './MeshProxies';
import type { MeshProxy, ProxySide } from './MeshProxy';
import {
  headerOf,
  type RequestHeaders,
  type RequestOutcome,
  type RequestTarget,
} from './requestHeaders';
import {
  decideSampling,
  formatRequestId,
  type TraceContext,
} from './samplingDecision';

/** A request after a proxy dealt with its tracing headers. */
export interface Hop {
  proxy: MeshProxy;
  /** Absent where the proxy does not trace. */
  side?: ProxySide;
  /** As the proxy passes them on. */
  headers: RequestHeaders;
  /** The span, if the request is sampled. */
  span?: { trace: RecordedTrace; index: number };
}

/** The span that a hop begins. */
export interface SpanStart {
  kind: 'server' | 'client';
  operation: string;
  upstreamCluster: string;
  /** Since the start of the first request. */
  offsetUs: number;
}

/** Does what the Envoys on the way of one request do about tracing. */
export class HopRecorder {
  /** Traces that the request left behind, none if nobody sampled it. */
  readonly traces: RecordedTrace[] = [];
  readonly #proxies: MeshProxies;
  readonly #ids: Random;
  readonly #requestStartUs: number;

  constructor(proxies: MeshProxies, ids: Random, requestStartUs: number) {
    this.#proxies = proxies;
    this.#ids = ids;
    this.#requestStartUs = requestStartUs;
  }

  /** A request comes to a proxy: it decides, and begins a span if it is to. */
  enter(
    proxy: MeshProxy,
    sideName: 'client' | 'server',
    incoming: RequestHeaders,
    start: SpanStart,
  ): Hop {
    const side = this.#proxies.tracing(proxy)[sideName];
    if (!side) {
      return { proxy, headers: incoming };
    }
    const { isSampled, requestId } = decideSampling(
      side,
      incoming.context,
      incoming.requestId,
    );
    const hop: Hop = { proxy, side, headers: { ...incoming, requestId } };
    if (isSampled) {
      return this.#begin(hop, start);
    }
    return side.propagates
      ? { ...hop, headers: { ...hop.headers, context: { isSampled } } }
      : hop;
  }

  /** A span below the hop's own, as gateways begin one for their upstream. */
  enterUpstream(hop: Hop, start: SpanStart): Hop {
    if (!hop.span) {
      return { proxy: hop.proxy, headers: hop.headers };
    }
    const { trace, index } = hop.span;
    return this.#begin(hop, start, { trace, spanIndex: index });
  }

  /** The request is over: what the proxy reports of it. */
  finish(
    hop: Hop,
    target: RequestTarget,
    outcome: RequestOutcome,
    request: RequestHeaders,
  ): void {
    const span = hop.span && hop.span.trace.spans[hop.span.index];
    if (!span || !hop.side) {
      return;
    }
    span.durationUs = Math.max(1, outcome.endUs - span.offsetUs);
    // OpenTelemetry's rule for HTTP: a client also counts what it got wrong itself.
    span.isError =
      outcome.status >= (span.template.kind === 'client' ? 400 : 500);
    span.attributes = {
      ...customTags(hop.side, span.template, target, outcome, request),
      'http.method': target.endpoint.method,
      'http.status_code': String(outcome.status),
      'http.url': `http://${target.service.host}:${target.service.port}${target.path}`,
      'guid:x-request-id': formatRequestId(hop.headers.requestId),
      user_agent: request.values['user-agent'] ?? '',
      'peer.address': hop.proxy.ip,
      request_size: target.endpoint.method === 'GET' ? '0' : '412',
      response_size:
        outcome.status === 200 ? String(target.endpoint.responseBytes) : '91',
      response_flags: outcome.flags,
      ...(span.isError ? { error: 'true' } : {}),
    };
  }

  /** A span of the application itself, below the request that it serves. */
  recordApplicationSpan(
    headers: RequestHeaders,
    template: SpanTemplate,
    offsetUs: number,
    durationUs: number,
  ): void {
    const parent = headers.context?.parent;
    parent?.trace.spans.push({
      template,
      parent: parent.spanIndex,
      offsetUs,
      durationUs,
      isError: false,
      attributes: {},
    });
  }

  #begin(
    hop: Hop,
    start: SpanStart,
    parent: TraceContext['parent'] = hop.headers.context?.parent,
  ): Hop {
    const trace = parent?.trace ?? this.#newTrace();
    const index = trace.spans.length;
    trace.spans.push({
      template: hop.proxy.template(
        start.kind,
        start.operation,
        start.upstreamCluster,
        hop.side?.addsIstioTags ?? true,
      ),
      parent: parent?.spanIndex ?? -1,
      offsetUs: start.offsetUs,
      durationUs: 0,
      isError: false,
      attributes: {},
    });
    const context: TraceContext = {
      isSampled: true,
      parent: { trace, spanIndex: index },
    };
    return {
      ...hop,
      headers: hop.side?.propagates ? { ...hop.headers, context } : hop.headers,
      span: { trace, index },
    };
  }

  #newTrace(): RecordedTrace {
    const trace: RecordedTrace = {
      traceId: randomHex(this.#ids, 32),
      requestStartUs: this.#requestStartUs,
      spans: [],
    };
    this.traces.push(trace);
    return trace;
  }
}

function customTags(
  side: ProxySide,
  template: SpanTemplate,
  target: RequestTarget,
  outcome: RequestOutcome,
  request: RequestHeaders,
): Attributes {
  const tags: Attributes = {};
  for (const [name, tag] of side.customTags) {
    const value = customTagValue(
      tag,
      {
        header: header => headerOf(header, request, target),
        statusCode: outcome.status,
        responseFlags: outcome.flags,
      },
      PROXY_ENVIRONMENT,
    );
    // Envoy keeps its own value where a custom tag has the name of a built-in one.
    if (value !== undefined && !(name in template.attributes)) {
      tags[name] = value;
    }
  }
  return tags;
}
