import {
  SeededRandom,
  type Span,
  type Trace,
  type TraceSubject,
} from '../../traces';
import { sketchTrace, spanIdOf, type SpanSketch } from '../traces/spans';

export const MESH_START_MS = 1_790_000_000_000;
const GATEWAY_LEAD_US = 200;

/** What happens to the headers of one call. */
export type ForwardedHeaders =
  | 'all'
  | 'none'
  | 'request-id'
  | 'trace-context'
  | 'no-flag'
  | 'of-another-pod'
  | 'link';

/** How the service behaves that makes the calls. */
export interface MeshBehaviour {
  seed: number;
  /** How long the mesh is watched. */
  seconds: number;
  requestsPerSecond: number;
  /** How long a request is served, on the average. */
  servingUs: number;
  callsPerRequest: number;
  /** Of the calls, those with which something is wrong, 0..1. */
  brokenShare: number;
  /** What the broken ones forward. */
  forwards: ForwardedHeaders;
  /** Calls on the service's own account, with a trace of their own. */
  ownCallsPerSecond: number;
  /** Share of the requests that is traced, 0..1, with everything below. */
  servedShare: number;
  /** Share of the traces that begin at the service which is traced, 0..1. */
  startedShare: number;
}

/** What a mesh did, and what a store holds of it. */
export interface SimulatedMesh {
  traces: Trace[];
  subject: TraceSubject;
  /** Calls made while serving a request, traced or not. */
  callCount: number;
  /** Of these, those with which something was wrong. */
  brokenCount: number;
  startTimeMs: number;
  endTimeMs: number;
}

const HEALTHY: MeshBehaviour = {
  seed: 1,
  seconds: 60,
  requestsPerSecond: 20,
  servingUs: 10_000,
  callsPerRequest: 1,
  brokenShare: 0,
  forwards: 'none',
  ownCallsPerSecond: 0,
  servedShare: 1,
  startedShare: 1,
};

const PODS = ['reviews-v2-7d9f8b6c5d-xxxxx', 'reviews-v2-7d9f8b6c5d-bbbbb'];

function proxySpan(
  app: string,
  pod: string,
  requestId: string,
  sketch: SpanSketch,
): SpanSketch {
  return {
    service: `${app}.shop`,
    ...sketch,
    attributes: {
      node_id: `sidecar~10.0.0.1~${pod}.shop~shop.svc.cluster.local`,
      'istio.canonical_service': app,
      'istio.canonical_revision': 'v2',
      'istio.namespace': 'shop',
      'guid:x-request-id': requestId,
      ...(sketch.kind === 'client'
        ? { upstream_cluster: 'outbound|9080||ratings.shop.svc.cluster.local' }
        : {}),
    },
  };
}

/** Plays requests through a gateway to `reviews`, which calls `ratings`. */
class MeshPlay {
  readonly traces: Trace[] = [];
  readonly #random: SeededRandom;
  #next = 0;
  callCount = 0;
  brokenCount = 0;

  constructor(readonly how: MeshBehaviour) {
    this.#random = new SeededRandom(how.seed);
  }

  run(): void {
    const { requestsPerSecond, ownCallsPerSecond, seconds } = this.how;
    const moments = (perSecond: number) =>
      Array.from(
        { length: Math.round(perSecond * seconds) },
        () => this.#random.next() * seconds * 1_000_000,
      );
    moments(requestsPerSecond).forEach(us => this.#request(Math.round(us)));
    moments(ownCallsPerSecond).forEach(us => {
      if (this.#random.next() < this.how.startedShare) {
        const pod = this.#pod();
        this.#newTrace(Math.round(us), this.#call(pod, this.#requestId(), {}));
      }
    });
  }

  #request(atUs: number): void {
    const { how } = this;
    const isTraced = this.#random.next() < how.servedShare;
    const pod = this.#pod();
    const requestId = this.#requestId();
    const servingUs = Math.round(how.servingUs * (0.5 + this.#random.next()));
    const spans: SpanSketch[] = [
      proxySpan('gateway', 'gateway-0', requestId, {
        id: this.#id(),
        kind: 'client',
        start: 0,
        duration: servingUs + 2 * GATEWAY_LEAD_US,
      }),
    ];
    const serverId = this.#id();
    spans.push(
      proxySpan('reviews', pod, requestId, {
        id: serverId,
        parent: (spans[0] as SpanSketch).id,
        kind: 'server',
        start: GATEWAY_LEAD_US,
        duration: servingUs,
      }),
    );
    const slotUs = servingUs / how.callsPerRequest;
    for (let at = 0; at < how.callsPerRequest; at++) {
      const startUs = Math.round(GATEWAY_LEAD_US + slotUs * (at + 0.2));
      this.callCount += 1;
      const isBroken = this.#random.next() < how.brokenShare;
      this.brokenCount += isBroken && how.forwards !== 'all' ? 1 : 0;
      const forwards = isBroken ? how.forwards : 'all';
      this.#played(forwards, {
        spans,
        serverId,
        pod,
        requestId,
        startUs,
        atUs,
        isTraced,
        durationUs: Math.round(slotUs * 0.5),
      });
    }
    if (isTraced) {
      this.#newTrace(atUs, spans);
    }
  }

  #played(
    forwards: ForwardedHeaders,
    of: {
      spans: SpanSketch[];
      serverId: string;
      pod: string;
      requestId: string;
      startUs: number;
      atUs: number;
      isTraced: boolean;
      durationUs: number;
    },
  ): void {
    const { startUs: start, durationUs: duration, pod } = of;
    const keepsId = !['none', 'trace-context', 'link'].includes(forwards);
    const requestId = keepsId ? of.requestId : this.#requestId();
    const extra = { start, duration, parent: of.serverId };
    const anew = { duration, start: 0 };
    const isStartTraced = this.#random.next() < this.how.startedShare;
    switch (forwards) {
      case 'all':
      case 'trace-context':
        of.spans.push(...this.#call(pod, requestId, extra));
        break;
      case 'of-another-pod': {
        const other = PODS.find(one => one !== pod) as string;
        of.spans.push(...this.#call(other, requestId, extra));
        break;
      }
      case 'no-flag':
        if (isStartTraced) {
          const orphan = { ...anew, parent: 'never-recorded' };
          this.#newTrace(of.atUs + start, this.#call(pod, requestId, orphan));
        }
        break;
      default: {
        const isTraced = keepsId ? of.isTraced : isStartTraced;
        if (isTraced) {
          const [client, ...rest] = this.#call(pod, requestId, anew);
          const links =
            forwards === 'link'
              ? [{ traceId: 'f'.repeat(32), spanId: spanIdOf(of.serverId) }]
              : [];
          const linked = { ...(client as SpanSketch), links };
          this.#newTrace(of.atUs + start, [linked, ...rest]);
        }
      }
    }
  }

  /** The span of the caller's proxy, and that of the called one. */
  #call(
    pod: string,
    requestId: string,
    { start = 0, duration = 5_000, parent }: Partial<SpanSketch>,
  ): SpanSketch[] {
    const id = this.#id();
    return [
      proxySpan('reviews', pod, requestId, {
        id,
        kind: 'client',
        operation: 'ratings.shop.svc.cluster.local:9080/*',
        start,
        duration,
        ...(parent ? { parent } : {}),
      }),
      proxySpan('ratings', 'ratings-v1-0', requestId, {
        id: this.#id(),
        kind: 'server',
        start: start + 100,
        duration: Math.max(0, duration - 200),
        parent: id,
      }),
    ];
  }

  #newTrace(atUs: number, sketches: SpanSketch[]): void {
    const spans: Span[] = sketchTrace(sketches).spans;
    this.#next += 1;
    const ends = spans.map(span => span.offsetUs + span.durationUs);
    this.traces.push({
      traceId: this.#next.toString(16).padStart(32, '0'),
      startTimeUs: MESH_START_MS * 1_000 + atUs,
      durationUs: Math.max(...ends),
      spans,
      warnings: [],
    });
  }

  #pod(): string {
    return PODS[Math.floor(this.#random.next() * PODS.length)] as string;
  }

  #id(): string {
    this.#next += 1;
    return this.#next.toString(36).padStart(8, '0');
  }

  #requestId(): string {
    this.#next += 1;
    const tail = this.#next.toString(16).padStart(12, '0');
    return `0af76519-16cd-43dd-8448-${tail}`;
  }
}

/** A mesh in which it is known what was wrong with which call. */
export function simulateMesh(how: Partial<MeshBehaviour>): SimulatedMesh {
  const play = new MeshPlay({ ...HEALTHY, ...how });
  play.run();
  return {
    traces: play.traces,
    callCount: play.callCount,
    brokenCount: play.brokenCount,
    subject: {
      services: ['reviews.shop'],
      workloads: [
        { namespace: 'shop', name: 'reviews-v2', canonicalName: 'reviews' },
      ],
    },
    startTimeMs: MESH_START_MS,
    endTimeMs: MESH_START_MS + play.how.seconds * 1_000 + 1_000,
  };
}
