import fc from 'fast-check';
import type {
  DiagnosisRung,
  RequestMetricsRow,
} from 'backstage-plugin-mesh-tracing-common';
import { MeshClusters } from '../../clusters';
import type { EntityContext } from '../../shared/EntityContext';
import { workload } from '../../testing/mesh/workload';
import { exampleCluster } from '../../testing/portal/exampleCluster';
import { exampleTraces } from '../../testing/portal/exampleTraces';
import { FakeTraceStore } from '../../testing/portal/FakeTraceStore';
import { mockLogger } from '../../testing/services/mockLogger';
import {
  MisbehavingServer,
  sendJson,
  type Handler,
} from '../../testing/tracestore/MisbehavingServer';
import { WorkloadTracings } from '../../tracing';
import { TraceAnalyses } from '../../traces';
import { TraceStores } from '../../tracestore';
import { TraceServiceNames } from '../../workloads';
import { MeshMetrics } from './MeshMetrics';
import { TrafficRungs } from './TrafficRungs';

/** One series of a Prometheus: a metric, its value at the end, its labels. */
type Series = [name: string, value: number, labels?: Record<string, string>];

const NOW = 1_700_000_000_000;
const HOUR = 3_600_000;
const asked: string[] = [];

/** Answers every question with the series whose metric it names, none before now. */
const prometheusOf =
  (series: Series[]): Handler =>
  (_, response, url) => {
    const query = url.searchParams.get('query') ?? '';
    const atS = Number(url.searchParams.get('time'));
    asked.push(query);
    const result = series
      .filter(
        ([name]) =>
          atS * 1_000 === NOW && new RegExp(`\\b${name}\\b`).test(query),
      )
      .map(([name, value, labels = {}]) => ({
        metric: { __name__: name, ...labels },
        value: [atS, String(value)],
      }));
    sendJson(response, { status: 'success', data: { result } });
  };

const frontend = workload('frontend');
const gateway = workload('gateway', { namespace: 'edge', proxy: 'gateway' });

describe('the rungs about requests and the way of their spans', () => {
  let prometheus: MisbehavingServer;
  let metrics: MeshMetrics;
  const store = new FakeTraceStore('main', []);

  beforeEach(async () => {
    asked.splice(0);
    store.queries.splice(0);
    store.traces = [];
    store.metrics = undefined;
    prometheus = await MisbehavingServer.start(prometheusOf([]));
    metrics = MeshMetrics.create(
      [{ cluster: 'main', url: prometheus.url, selector: { env: 'test' } }],
      { logger: mockLogger() },
    );
  });
  afterEach(async () => {
    await metrics.stop();
    await prometheus.stop();
  });

  async function ladder(
    of: {
      metrics?: Pick<MeshMetrics, 'of'>;
      entityRef?: string;
      tracesReadable?: boolean;
    } = {},
  ): Promise<Record<string, DiagnosisRung>> {
    const cluster = exampleCluster([gateway]);
    const clusters = MeshClusters.create([cluster]);
    const names = TraceServiceNames.create({
      clusters,
      stores: TraceStores.create([store]),
    });
    const context = {
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'frontend', namespace: 'default' },
      },
      entityRef: 'component:default/frontend',
      userRef: 'user:default/olivia',
      match: { workloads: [frontend] },
      snapshots: clusters.snapshots(),
    } as unknown as EntityContext;
    const rungs = await TrafficRungs.create({
      access: { withReadableTraces: async given => given },
      names,
      analyses: TraceAnalyses.create(names),
      tracings: WorkloadTracings.create(),
      firstHops: {
        entityOfService: async () => ({
          entityRef: of.entityRef,
          ownerRefs: [],
        }),
      },
      metrics: of.metrics ?? metrics,
      now: () => NOW,
    }).rungs({
      context,
      workload: frontend,
      window: { startTimeMs: NOW - HOUR, endTimeMs: NOW },
      tracesReadable: of.tracesReadable ?? true,
    });
    return Object.fromEntries(rungs.map(rung => [rung.id, rung]));
  }
  const codesOf = (rungs: Record<string, DiagnosisRung>) =>
    Object.fromEntries(
      Object.values(rungs).map(({ code, id, verdict }) => [
        id,
        code ?? verdict,
      ]),
    );

  it('are good where spans are seen, although metrics know nothing', async () => {
    store.traces = exampleTraces(NOW);
    expect(codesOf(await ladder())).toEqual({
      traffic: 'good',
      decision: 'good',
      export: 'good',
    });
  });

  it('are unknown where nothing tells, and say which Prometheus would', async () => {
    const rungs = await ladder({ metrics: { of: () => undefined } });
    expect(codesOf(rungs)).toEqual({
      traffic: 'traffic-unmeasured',
      decision: 'decision-unknown',
      export: 'export-unknown',
    });
    expect(rungs.traffic?.evidence).toContainEqual(
      expect.objectContaining({
        seen: 'No Prometheus is configured for cluster main.',
      }),
    );
  });

  it('say that no request arrives where metrics know other workloads only', async () => {
    prometheus.behave((request, response, url) =>
      url.searchParams.get('query')?.startsWith('count(istio_requests_total')
        ? prometheusOf([['istio_requests_total', 3]])(request, response, url)
        : prometheusOf([])(request, response, url),
    );
    expect(codesOf(await ladder()).traffic).toBe('traffic-none');
  });

  it('say that no request arrives where metrics of the store count none', async () => {
    const row = { service: 'frontend.shop', callsPerSecond: 0 };
    store.metrics = [row as RequestMetricsRow];
    expect(codesOf(await ladder()).traffic).toBe('traffic-none');
  });

  it('count requests by the proxies of exactly the pods of the workload', async () => {
    prometheus.behave(prometheusOf([['envoy_http_downstream_rq_total', 40]]));
    const { traffic } = await ladder();
    expect(traffic?.verdict).toBe('good');
    expect(asked).toContainEqual(
      expect.stringContaining('namespace="shop",pod=~"frontend-1",env="test"'),
    );
  });

  it('find out that the gateway in front samples none, and lead to its entity', async () => {
    prometheus.behave(
      prometheusOf([
        [
          'istio_requests_total',
          970,
          { source_workload: 'gateway', source_workload_namespace: 'edge' },
        ],
        ['istio_requests_total', 30, { source_workload: 'unknown' }],
      ]),
    );
    const { decision } = await ladder({ entityRef: 'component:default/edge' });
    // The gateway samples 10 % as all of this mesh does: nobody decides otherwise.
    expect(decision).toMatchObject({ verdict: 'good' });
    expect(decision?.evidence.map(({ seen }) => seen).join()).toContain(
      'gateway.edge 97 % (it samples 10 %)',
    );
  });

  it.each([
    [
      'export-not-sent',
      [
        ['envoy_tracing_opentelemetry_spans_sent', 0],
        ['envoy_http_tracing_random_sampling', 50],
      ],
    ],
    [
      'export-dropped',
      [
        ['envoy_tracing_zipkin_spans_sent', 50],
        ['envoy_tracing_zipkin_reports_dropped', 50],
      ],
    ],
    [
      'export-unreachable',
      [
        ['envoy_tracing_opentelemetry_spans_sent', 50],
        ['envoy_cluster_upstream_cx_connect_fail', 9],
      ],
    ],
    [
      'export-refused',
      [
        ['envoy_cluster_upstream_rq_total', 20],
        ['envoy_cluster_upstream_rq_xx', 20, { response_code_class: '5' }],
      ],
    ],
    [
      'export-collector-refuses',
      [
        ['otelcol_receiver_accepted_spans_total', 10],
        ['otelcol_receiver_refused_spans_total', 90],
      ],
    ],
    [
      'export-collector-loses',
      [
        ['otelcol_exporter_sent_spans', 10],
        ['otelcol_exporter_send_failed_spans', 90],
      ],
    ],
    [
      'export-collector-idle',
      [
        ['envoy_tracing_opentelemetry_spans_sent', 50],
        ['otelcol_receiver_accepted_spans', 0],
      ],
    ],
  ] as Array<[string, Series[]]>)(
    'tell by statistics: %s',
    async (code, series) => {
      prometheus.behave(prometheusOf(series));
      expect(codesOf(await ladder()).export).toBe(code);
    },
  );

  it('ask nothing for who may not read traces', async () => {
    const rungs = await ladder({ tracesReadable: false });
    expect(Object.values(rungs).map(({ needs }) => needs)).toEqual(
      Array(3).fill('mesh-tracing.traces.read'),
    );
    expect([...asked, ...store.queries]).toEqual([]);
  });

  it('are a ladder whatever a Prometheus answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.json()),
        fc.constantFrom(200, 302, 400, 401, 404),
        async (body, status) => {
          prometheus.behave((_, response) => sendJson(response, body, status));
          expect(Object.keys(await ladder())).toEqual([
            'traffic',
            'decision',
            'export',
          ]);
        },
      ),
      { seed: 14, numRuns: 20 },
    );
  });
});
