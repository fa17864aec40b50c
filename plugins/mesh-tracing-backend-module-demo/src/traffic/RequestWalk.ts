import type { RecordedTrace } from '../tracestore';
import { answerOf } from './answerOf';
import { ApplicationWork } from './ApplicationWork';
import { HopRecorder } from './HopRecorder';
import {
  isInPhase,
  type ServiceBehaviour,
  type TrafficSource,
} from './MeshBehaviour';
import type { MeshProxy } from './MeshProxy';
import type {
  RequestHeaders,
  RequestOutcome,
  RequestTarget,
} from './requestHeaders';
import { newRequestId, targetOf, type WalkedMesh } from './WalkedMesh';

const TENANTS = ['acme', 'globex', 'initech', 'umbrella'];
const TIERS = ['standard', 'standard', 'standard', 'gold'];

/** Follows one request through the mesh and records what proxies report. */
export class RequestWalk {
  readonly #mesh: WalkedMesh;
  readonly #startMs: number;
  readonly #hops: HopRecorder;
  readonly #application: ApplicationWork;

  constructor(mesh: WalkedMesh, startMs: number) {
    this.#mesh = mesh;
    this.#startMs = startMs;
    const startUs = Math.round(startMs * 1000);
    this.#hops = new HopRecorder(mesh.proxies, mesh.ids, startUs);
    this.#application = new ApplicationWork({
      mesh,
      startMs,
      hops: this.#hops,
      send: (...request) => this.#call(...request),
    });
  }

  /** Traces that the request left behind, none if nobody sampled it. */
  get traces(): RecordedTrace[] {
    return this.#hops.traces;
  }

  run(source: TrafficSource): void {
    const { traffic, proxies } = this.#mesh;
    const { service, endpoint } = traffic.weighted(source.calls);
    const headers: RequestHeaders = {
      requestId: newRequestId(this.#mesh),
      values: {
        'user-agent': traffic.pick(source.userAgents),
        'x-tenant': traffic.pick(TENANTS),
        'x-customer-tier': traffic.pick(TIERS),
      },
    };
    const target = targetOf(this.#mesh, service, endpoint);
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
    const sent: RequestHeaders = { ...headers, attempt };
    const arrivesUs = startUs + this.#hopUs();
    if (backends.length === 0) {
      return answerOf(traffic, target, arrivesUs);
    }
    const isOverloaded =
      overload !== undefined &&
      traffic.chance(
        isInPhase(overload.phase, this.#startMs)
          ? overload.chanceInPhase
          : overload.chance,
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
      : this.#application.serve(
          proxy,
          target,
          hop.headers,
          application,
          backend,
        );
    const outcome = {
      ...answered,
      flags: '-',
      endUs: answered.endUs + this.#hopUs(),
    };
    this.#hops.finish(hop, target, outcome, headers);
    this.#count(proxy, target, { startUs, ...outcome });
    return outcome;
  }

  /** What the called side's proxy adds to its metrics, whether it traces or not. */
  #count(
    { workload }: MeshProxy,
    { endpoint }: RequestTarget,
    served: { startUs: number; endUs: number; status: number },
  ): void {
    if (workload.proxy === 'none') {
      return;
    }
    this.#mesh.ledger?.record({
      namespace: workload.namespace,
      workload: workload.name,
      operation: `${endpoint.method} ${pathPattern(endpoint.paths)}`,
      startMs: this.#startMs + served.startUs / 1_000,
      durationUs: served.endUs - served.startUs,
      isFailed: served.status >= 500,
    });
  }

  /** Time on the wire and in the proxy. */
  #hopUs(): number {
    return this.#mesh.traffic.between(180, 700);
  }
}

function operationOf(service: ServiceBehaviour): string {
  return `${service.host}:${service.port}/*`;
}

/** What the paths of an endpoint have in common, without their queries. */
function pathPattern(paths: readonly string[]): string {
  const [first = '/', ...others] = paths.map(path => path.split('?')[0] ?? '/');
  return others.every(path => path === first)
    ? first
    : `${first.slice(0, first.lastIndexOf('/'))}/*`;
}
