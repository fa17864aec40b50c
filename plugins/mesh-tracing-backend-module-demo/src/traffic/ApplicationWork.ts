import { answerOf, type Weakness } from './answerOf';
import type { HopRecorder } from './HopRecorder';
import {
  isInPhase,
  type CallStep,
  type QueryStep,
  type ServiceBehaviour,
  type Step,
} from './MeshBehaviour';
import type { MeshProxy } from './MeshProxy';
import type {
  RequestHeaders,
  RequestOutcome,
  RequestTarget,
} from './requestHeaders';
import { newRequestId, targetOf, type WalkedMesh } from './WalkedMesh';

/** Sends a request through the sidecar of the caller. */
export type SendRequest = (
  caller: MeshProxy,
  headers: RequestHeaders,
  target: RequestTarget,
  startUs: number,
  retries: number,
) => RequestOutcome;

/** What a client library sends when nothing is forwarded. */
const OWN_CALL = { 'user-agent': 'okhttp/4.12' };

/** What the applications behind the sidecars do with one request. */
export class ApplicationWork {
  readonly #mesh: WalkedMesh;
  readonly #startMs: number;
  readonly #hops: HopRecorder;
  readonly #send: SendRequest;

  constructor(options: {
    mesh: WalkedMesh;
    startMs: number;
    hops: HopRecorder;
    send: SendRequest;
  }) {
    this.#mesh = options.mesh;
    this.#startMs = options.startMs;
    this.#hops = options.hops;
    this.#send = options.send;
  }

  /** Serves a request: own work, and the steps it takes. */
  serve(
    proxy: MeshProxy,
    target: RequestTarget,
    headers: RequestHeaders,
    startUs: number,
    weakness: Weakness,
  ): RequestOutcome {
    const { service, endpoint } = target;
    const own = answerOf(this.#mesh.traffic, target, startUs, weakness);
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
      const target = targetOf(this.#mesh, step.service, step.endpoint);
      let tries = (step.applicationRetries ?? 0) + 1;
      let status = 503;
      while (tries > 0 && status >= 500) {
        const outcome = this.#send(
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
      isInPhase(step.phase, this.#startMs)
        ? step.slowChanceInPhase
        : step.slowChance,
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

  /**
   * Headers of the request being served that the application's own calls carry
   * on.
   */
  #forwarded(
    service: ServiceBehaviour,
    { context, requestId, values }: RequestHeaders,
  ): RequestHeaders {
    return service.forwardsHeaders
      ? { context, requestId, values }
      : { requestId: newRequestId(this.#mesh), values: OWN_CALL };
  }
}
