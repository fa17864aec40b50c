import type { Random } from '../../checks/Random';
import {
  APP_NAMESPACE,
  type MeshWorkload,
} from '../../kubernetes/meshWorkloads';
import type { LabWorkloadName } from '../../layout/LabLayout';
import type { MadeSpan } from './MadeSpan';

const NETWORK_US = 400;

function hexadecimal(random: Random, digits: number): string {
  return Array.from({ length: digits }, () =>
    random.between(0, 15).toString(16),
  ).join('');
}

/** A call and what it brought about; times count from the call's begin. */
export interface Call {
  durationUs: number;
  spans: MadeSpan[];
}

/** The calls of one page and their spans. */
export class Page {
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
