import type { Random } from '../../checks/Random';
import {
  APP_NAMESPACE,
  type MeshWorkload,
} from '../../kubernetes/meshWorkloads';
import type { LabWorkloadName } from '../../layout/LabLayout';
import type { MadeSpan } from './MadeSpan';

/** How a page of Bookinfo went. */
export interface PagePlan {
  /** Milliseconds since the epoch at which the frontend takes the request. */
  startMs: number;
  /** How many times slower than usual ratings is. */
  ratingsSlowdown: number;
  /** Share of its calls that ratings fails, from 0 to 1. */
  ratingsFailures: number;
  /** Share of pages that pass reviews v2, which alone calls ratings. */
  secondVersion: number;
}

/** Typical time of each service's own work. */
const OWN_WORK_US = {
  frontend: 9_000,
  details: 4_000,
  reviews: 11_000,
  ratings: 6_000,
};
/** Sigma of the logarithm: one in a hundred takes some four times as long. */
const SPREAD = 0.6;
const NETWORK_US = 400;

type App = keyof typeof OWN_WORK_US;

function hexadecimal(random: Random, digits: number): string {
  return Array.from({ length: digits }, () =>
    random.between(0, 15).toString(16),
  ).join('');
}

function logNormal(random: Random, median: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  const normal = radius * Math.cos(2 * Math.PI * random.next());
  return median * Math.exp(SPREAD * normal);
}

/** Makes the spans of pages, as the lab's own Envoys would report them. */
export class PageMaker {
  readonly #random: Random;
  readonly #workloads: Map<LabWorkloadName, MeshWorkload>;

  static create(random: Random, workloads: MeshWorkload[]): PageMaker {
    return new PageMaker(
      random,
      new Map(workloads.map(workload => [workload.name, workload])),
    );
  }

  private constructor(
    random: Random,
    workloads: Map<LabWorkloadName, MeshWorkload>,
  ) {
    this.#random = random;
    this.#workloads = workloads;
  }

  /** Spans of one page, the frontend's own first: five, or seven with ratings. */
  page(plan: PagePlan): MadeSpan[] {
    const random = this.#random;
    const version = random.chance(plan.secondVersion) ? 'v2' : 'v1';
    const failed = version === 'v2' && random.chance(plan.ratingsFailures);
    const page = new Page(random, this.#workloads);
    const ratings =
      version === 'v2'
        ? page.call('reviews-v2', 'ratings-v1', {
            durationUs: this.#work('ratings') * plan.ratingsSlowdown,
            failed,
          })
        : undefined;
    const reviews = page.call('frontend-v1', `reviews-${version}`, {
      durationUs: this.#work('reviews') + (ratings?.durationUs ?? 0),
      failed,
      inner: ratings,
    });
    const details = page.call('frontend-v1', 'details-v1', {
      durationUs: this.#work('details'),
      failed: false,
    });
    // Both are called at once.
    const waitUs = Math.max(details.durationUs, reviews.durationUs);
    return page.finish([details, reviews], {
      startUs: plan.startMs * 1000,
      durationUs: this.#work('frontend') + waitUs,
      failed,
    });
  }

  #work(app: App): number {
    return Math.round(logNormal(this.#random, OWN_WORK_US[app]));
  }
}

/** A call and what it brought about; times count from the call's begin. */
interface Call {
  durationUs: number;
  spans: MadeSpan[];
}

class Page {
  readonly #traceId: string;

  constructor(
    private readonly random: Random,
    private readonly workloads: Map<LabWorkloadName, MeshWorkload>,
  ) {
    this.#traceId = hexadecimal(random, 32);
  }

  /** Both sides of a call, with what the called side called in turn. */
  call(
    caller: LabWorkloadName,
    called: LabWorkloadName,
    how: { durationUs: number; failed: boolean; inner?: Call },
  ): Call {
    const app = this.#workload(called).app;
    const server = this.#span(called, app, 'server', how);
    const client = this.#span(caller, app, 'client', {
      ...how,
      durationUs: how.durationUs + 2 * NETWORK_US,
    });
    server.parentSpanId = client.spanId;
    server.startUs = NETWORK_US;
    for (const [index, span] of (how.inner?.spans ?? []).entries()) {
      span.startUs += NETWORK_US + Math.round(how.durationUs * 0.05);
      span.parentSpanId = index === 0 ? server.spanId : span.parentSpanId;
    }
    return {
      durationUs: client.durationUs,
      spans: [client, server, ...(how.inner?.spans ?? [])],
    };
  }

  /** The frontend's own span above its calls, and all of them in time. */
  finish(
    calls: Call[],
    root: { startUs: number; durationUs: number; failed: boolean },
  ): MadeSpan[] {
    const top = this.#span('frontend-v1', 'frontend', 'server', root);
    for (const { spans } of calls) {
      for (const [index, span] of spans.entries()) {
        span.startUs += Math.round(root.durationUs * 0.02);
        span.parentSpanId = index === 0 ? top.spanId : span.parentSpanId;
      }
    }
    const spans = [top, ...calls.flatMap(call => call.spans)];
    for (const span of spans) {
      span.startUs += Math.round(root.startUs);
    }
    return spans;
  }

  #workload(name: LabWorkloadName): MeshWorkload {
    const workload = this.workloads.get(name);
    if (!workload) {
      throw new Error(`The mesh has no workload ${name}.`);
    }
    return workload;
  }

  #span(
    reporter: LabWorkloadName,
    app: string,
    kind: MadeSpan['kind'],
    { durationUs, failed }: { durationUs: number; failed: boolean },
  ): MadeSpan {
    const own = this.#workload(reporter);
    const host = `${app}.${APP_NAMESPACE}.svc.cluster.local`;
    return {
      traceId: this.#traceId,
      spanId: hexadecimal(this.random, 16),
      service: `${own.app}.${own.namespace}`,
      operation: `${host}:9080/*`,
      kind,
      startUs: 0,
      durationUs: Math.round(durationUs),
      failed,
      attributes: {
        component: 'proxy',
        node_id: `sidecar~${own.podAddress}~${own.podName}.${own.namespace}~${own.namespace}.svc.cluster.local`,
        'http.method': 'GET',
        'http.protocol': 'HTTP/1.1',
        'http.status_code': failed ? '503' : '200',
        'http.url': `http://${app}:9080/`,
        'istio.canonical_revision': own.version,
        'istio.canonical_service': own.app,
        'istio.cluster_id': 'Kubernetes',
        'istio.mesh_id': 'cluster.local',
        'istio.namespace': own.namespace,
        response_flags: '-',
        upstream_cluster:
          kind === 'client' ? `outbound|9080||${host}` : 'inbound|9080||',
      },
    };
  }
}
