import { randomHex, type Random } from '../shared/Random';
import type { RecordedTrace } from '../tracestore/RecordedTrace';
import { HopRecorder } from './HopRecorder';
import {
  isInPhase,
  type CallStep,
  type MeshBehaviour,
  type Phase,
  type QueryStep,
  type ServiceBehaviour,
  type Step,
  type TrafficSource,
} from './MeshBehaviour';
import type { MeshProxies } from './MeshProxies';
import type { MeshProxy } from './MeshProxy';
import type {
  RequestHeaders,
  RequestOutcome,
  RequestTarget,
} from './requestHeaders';
import type { RequestId } from './samplingDecision';

/** The world that requests walk through. */
export interface WalkedMesh {
  behaviour: MeshBehaviour;
  proxies: MeshProxies;
  /** Decides about calls, durations and failures. */
  traffic: Random;
  /** For trace and request ids: tracing must not change the traffic. */
  ids: Random;
}

const TENANTS = ['acme', 'globex', 'initech', 'umbrella'];
const TIERS = ['standard', 'standard', 'standard', 'gold'];

/** Follows one request through the mesh and records what proxies report. */
export class RequestWalk {
  readonly #mesh: WalkedMesh;
  readonly #startMs: number;
  readonly #hops: HopRecorder;

  constructor(mesh: WalkedMesh, startMs: number) {
    this.#mesh = mesh;
    this.#startMs = startMs;
    const startUs = Math.round(startMs * 1000);
    this.#hops = new HopRecorder(mesh.proxies, mesh.ids, startUs);
  }

  /** Traces that the request left behind, none if nobody sampled it. */
  get traces(): RecordedTrace[] {
    return this.#hops.traces;
  }

  run(source: TrafficSource): void {
    const { traffic, proxies } = this.#mesh;
    const { service, endpoint } = traffic.weighted(source.calls);
    const headers: RequestHeaders = {
      requestId: this.#newRequestId(),
      values: {
        'user-agent': traffic.pick(source.userAgents),
        'x-tenant': traffic.pick(TENANTS),
        'x-customer-tier': traffic.pick(TIERS),
      },
    };
    const target = this.#target(service, endpoint);
    if (source.from.kind === 'client') {
      this.#serve(target, headers, 0);
    } else if (source.from.kind === 'gateway') {
      const gateway = traffic.pick(proxies.of(source.from.workload));
      this.#throughGateway(gateway, target, headers);
    } else {
      const caller = traffic.pick(proxies.of(source.from.workload));
      this.#call(caller, headers, target, 0, 0);
    }
  }

  #throughGateway(
    gateway: MeshProxy,
    target: RequestTarget,
    incoming: RequestHeaders,
  ): void {
    const cluster = `outbound|${target.service.port}||${target.service.host}`;
    const hop = this.#hops.enter(gateway, 'client', incoming, {
      kind: 'server',
      operation: operationOf(target.service),
      upstreamCluster: cluster,
      offsetUs: 0,
    });
    const sentUs = this.#hopUs();
    const upstream = this.#hops.enterUpstream(hop, {
      kind: 'client',
      operation: `router ${cluster}; egress`,
      upstreamCluster: cluster,
      offsetUs: sentUs,
    });
    const arrivesUs = sentUs + this.#hopUs();
    const outcome = this.#serve(target, upstream.headers, arrivesUs);
    const endUs = outcome.endUs + this.#hopUs();
    this.#hops.finish(upstream, target, { ...outcome, endUs }, incoming);
    this.#hops.finish(
      hop,
      target,
      { ...outcome, endUs: endUs + this.#hopUs() },
      incoming,
    );
  }

  /** The caller's sidecar sends a request, again if it fails and may be repeated. */
  #call(
    caller: MeshProxy,
    headers: RequestHeaders,
    target: RequestTarget,
    startUs: number,
    retries: number,
  ): RequestOutcome {
    const { service } = target;
    const hop = this.#hops.enter(caller, 'client', headers, {
      kind: 'client',
      operation: operationOf(service),
      upstreamCluster: `outbound|${service.port}||${service.host}`,
      offsetUs: startUs,
    });
    let atUs = startUs;
    let outcome: RequestOutcome = { endUs: atUs, status: 503, flags: 'UH' };
    let attempt = 1;
    for (; attempt <= retries + 1; attempt++) {
      outcome = this.#attempt(hop.headers, target, atUs, attempt);
      if (outcome.status < 500) {
        break;
      }
      atUs = outcome.endUs + this.#mesh.traffic.between(8_000, 45_000);
    }
    const isExhausted = attempt > retries + 1 && retries > 0;
    const sent: RequestOutcome = {
      endUs: outcome.endUs + this.#hopUs(),
      status: outcome.status,
      flags: isExhausted
        ? [outcome.flags, 'URX'].filter(flag => flag !== '-').join(',')
        : outcome.flags,
    };
    this.#hops.finish(hop, target, sent, headers);
    return sent;
  }

  #attempt(
    headers: RequestHeaders,
    target: RequestTarget,
    startUs: number,
    attempt: number,
  ): RequestOutcome {
    const { traffic } = this.#mesh;
    const { overload, backends } = target.service;
    const sent: RequestHeaders = {
      ...headers,
      values: { ...headers.values, 'x-envoy-attempt-count': String(attempt) },
    };
    const arrivesUs = startUs + this.#hopUs();
    if (backends.length === 0) {
      return this.#answer(target, arrivesUs, 1, 0);
    }
    const isOverloaded =
      overload !== undefined &&
      traffic.chance(
        this.#isIn(overload.phase) ? overload.chanceInPhase : overload.chance,
      );
    if (isOverloaded && traffic.chance(0.5)) {
      return {
        endUs: arrivesUs + traffic.between(900, 4_000),
        status: 503,
        flags: 'UF',
      };
    }
    return this.#serve(target, sent, arrivesUs, isOverloaded);
  }

  /** The called side: its sidecar, then the application. */
  #serve(
    target: RequestTarget,
    headers: RequestHeaders,
    startUs: number,
    isOverloaded = false,
  ): RequestOutcome {
    const { traffic, proxies } = this.#mesh;
    const backend = traffic.weighted(target.service.backends);
    const proxy = traffic.pick(proxies.of(backend.workload));
    const hop = this.#hops.enter(proxy, 'server', headers, {
      kind: 'server',
      operation: operationOf(target.service),
      upstreamCluster: `inbound|${target.service.port}||`,
      offsetUs: startUs,
    });
    const application = startUs + this.#hopUs();
    const answered = isOverloaded
      ? {
          endUs: application + traffic.between(60_000, 260_000),
          status: 503,
          flags: '-',
        }
      : this.#work(proxy, target, hop.headers, application, backend);
    const outcome = {
      ...answered,
      flags: '-',
      endUs: answered.endUs + this.#hopUs(),
    };
    this.#hops.finish(hop, target, outcome, headers);
    return outcome;
  }

  #work(
    proxy: MeshProxy,
    target: RequestTarget,
    headers: RequestHeaders,
    startUs: number,
    backend: { slowness?: number; errorChance?: number },
  ): RequestOutcome {
    const { service, endpoint } = target;
    const own = this.#answer(
      target,
      startUs,
      backend.slowness ?? 1,
      backend.errorChance ?? 0,
    );
    const workUs = own.endUs - startUs;
    if (own.status !== 200 || !endpoint.steps) {
      return own;
    }
    let atUs = startUs + Math.round(workUs * 0.6);
    for (const step of endpoint.steps) {
      const done = this.#step(proxy, service, step, headers, atUs);
      atUs = done.endUs;
      if (done.status >= 400) {
        const status = done.status >= 500 ? 503 : done.status;
        return { endUs: atUs + 400, status, flags: '-' };
      }
    }
    return { endUs: atUs + Math.round(workUs * 0.4), status: 200, flags: '-' };
  }

  #step(
    proxy: MeshProxy,
    service: ServiceBehaviour,
    step: Step,
    headers: RequestHeaders,
    startUs: number,
  ): { endUs: number; status: number } {
    switch (step.kind) {
      case 'query':
        return this.#query(proxy, step, headers, startUs);
      case 'parallel': {
        const done = step.steps.map((one, index) =>
          this.#calls(proxy, service, one, headers, startUs + index * 150),
        );
        return {
          endUs: Math.max(...done.map(({ endUs }) => endUs)),
          status: Math.max(...done.map(({ status }) => status)),
        };
      }
      default:
        return this.#calls(proxy, service, step, headers, startUs);
    }
  }

  #calls(
    proxy: MeshProxy,
    service: ServiceBehaviour,
    step: CallStep,
    headers: RequestHeaders,
    startUs: number,
  ): { endUs: number; status: number } {
    const { traffic } = this.#mesh;
    let endUs = startUs;
    if (step.chance !== undefined && !traffic.chance(step.chance)) {
      return { endUs, status: 200 };
    }
    const [low, high] = step.times ?? [1, 1];
    for (let left = traffic.between(low, high); left > 0; left--) {
      const target = this.#target(step.service, step.endpoint);
      let tries = (step.applicationRetries ?? 0) + 1;
      let status = 503;
      while (tries > 0 && status >= 500) {
        const outcome = this.#call(
          proxy,
          this.#forwarded(service, headers),
          target,
          endUs,
          step.proxyRetries ?? 0,
        );
        tries -= 1;
        ({ endUs, status } = outcome);
      }
      if (status >= 400 && !step.isOptional) {
        return { endUs, status };
      }
      endUs += 120;
    }
    return { endUs, status: 200 };
  }

  #query(
    proxy: MeshProxy,
    step: QueryStep,
    headers: RequestHeaders,
    startUs: number,
  ): { endUs: number; status: number } {
    const { traffic } = this.#mesh;
    const isSlow = traffic.chance(
      this.#isIn(step.phase) ? step.slowChanceInPhase : step.slowChance,
    );
    const durationUs = Math.round(
      traffic.logNormal(isSlow ? step.slowMedianUs : step.medianUs, 0.3),
    );
    if (headers.context?.isSampled) {
      this.#hops.recordApplicationSpan(
        headers,
        proxy.applicationTemplate(step.operation, {
          'db.system': step.system,
          'db.operation': step.operation.split(' ')[0] ?? '',
          'db.statement': step.statement,
          'server.address': step.server,
        }),
        startUs,
        durationUs,
      );
    }
    return { endUs: startUs + durationUs, status: 200 };
  }

  /** Own work of an endpoint, without its steps. */
  #answer(
    target: RequestTarget,
    startUs: number,
    slowness: number,
    errorChance: number,
  ): RequestOutcome {
    const { traffic } = this.#mesh;
    const { medianUs, sigma = 0.35, failures = [] } = target.endpoint;
    const workUs = Math.round(traffic.logNormal(medianUs * slowness, sigma));
    let roll = traffic.fraction() - errorChance;
    let status = roll < 0 ? 500 : 200;
    for (const failure of failures) {
      roll -= failure.chance;
      if (roll < 0 && status === 200) {
        status = failure.status;
      }
    }
    return { endUs: startUs + workUs, status, flags: '-' };
  }

  /** What the application's own calls carry of the request it serves. */
  #forwarded(
    service: ServiceBehaviour,
    headers: RequestHeaders,
  ): RequestHeaders {
    return service.forwardsHeaders
      ? headers
      : {
          requestId: this.#newRequestId(),
          values: { 'user-agent': 'okhttp/4.12' },
        };
  }

  #target(serviceName: string, endpointName: string): RequestTarget {
    const service = this.#mesh.behaviour.services[serviceName];
    const endpoint = service?.endpoints[endpointName];
    if (!service || !endpoint) {
      throw new Error(`The shop has no ${serviceName}/${endpointName}`);
    }
    return { service, endpoint, path: this.#mesh.traffic.pick(endpoint.paths) };
  }

  #isIn(phase: Phase): boolean {
    return isInPhase(phase, this.#startMs);
  }

  /** Time on the wire and in the proxy. */
  #hopUs(): number {
    return this.#mesh.traffic.between(180, 700);
  }

  #newRequestId(): RequestId {
    const { ids } = this.#mesh;
    return { head: ids.uint32(), tail: randomHex(ids, 24), isSampled: false };
  }
}

function operationOf(service: ServiceBehaviour): string {
  return `${service.host}:${service.port}/*`;
}
