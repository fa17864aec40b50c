import { analyzeTraces } from './analyzeTraces';
import { node, shop, shopRequest } from '../testing/traces/shop';
import { sketchTrace, type SpanSketch } from '../testing/traces/spans';

describe('dependencies of a mesh', () => {
  const { dependencies, latency, ...counts } = analyzeTraces(
    [shop()],
    shopRequest,
  );

  it('has one edge a hop, and none within a proxy or between proxy and application', () => {
    expect(
      dependencies.edges.map(edge => [
        edge.from,
        edge.to,
        edge.callCount,
        edge.errorCount,
        edge.protocol,
      ]),
    ).toEqual([
      ['workload:/ingress/gw', 'workload:/ns/a@v1', 1, 1, 'http'],
      ['workload:/ns/a@v1', 'external:pay.example.com', 1, 1, 'http'],
      ['workload:/ns/a@v1', 'workload:/ns/b', 1, 0, 'grpc'],
    ]);
  });

  it('knows where a call went that failed before it arrived', () => {
    const trace = shop();
    const call = trace.spans.find(span => span.attributes.response_flags);
    const failedCall = (spanId: string, host: string) => ({
      ...call!,
      spanId,
      attributes: {
        ...call!.attributes,
        upstream_cluster: `outbound|80||${host}`,
      },
    });
    const spans = [
      ...trace.spans,
      failedCall('00000000000000f1', 'b.ns.svc.cluster.local'),
      failedCall('00000000000000f2', 'gone.ns.svc.cluster.local'),
    ];
    const { edges } = analyzeTraces(
      [{ ...trace, spans }],
      shopRequest,
    ).dependencies;
    expect(
      edges
        .filter(edge => edge.from === 'workload:/ns/a@v1')
        .map(edge => [edge.to, edge.callCount, edge.errorCount]),
    ).toEqual([
      ['workload:/ns/b', 2, 1],
      ['external:pay.example.com', 1, 1],
      ['service:gone.ns', 1, 1],
    ]);
  });

  it('counts a request once, though proxy and application report it', () => {
    expect(latency.overall).toMatchObject({
      count: 1,
      errorCount: 1,
      p50Us: 90,
    });
    expect(latency.versions).toMatchObject([{ version: 'v1', count: 1 }]);
    expect(latency.peers.map(peer => [peer.direction, peer.peer])).toEqual([
      ['inbound', 'gateway.ingress'],
      ['outbound', 'b.ns'],
      ['outbound', 'pay.example.com'],
    ]);
    expect(latency.series.points.map(point => point.count)).toEqual([1, 0]);
  });

  it('tells who decided about sampling', () => {
    expect(counts).toMatchObject({
      traceCount: 1,
      subjectTraceCount: 1,
      rootedTraceCount: 0,
    });
  });

  it('counts each call of a service, and none of a caller that is missing', () => {
    const serve = (id: string, service: string, parentId?: string) => ({
      id,
      ...(parentId ? { parent: parentId } : {}),
      service,
      kind: 'server' as const,
      start: 0,
      duration: 1,
    });
    const callers = [
      serve('y', 'y', 'z'),
      serve('x1', 'x', 'y'),
      serve('x2', 'x', 'y'),
    ];
    const edgesOf = (sketches: SpanSketch[]) =>
      analyzeTraces(
        [sketchTrace(sketches)],
        shopRequest,
      ).dependencies.edges.map(
        ({ from, to, callCount }) => `${from}>${to} ${callCount}`,
      );
    expect(edgesOf(callers)).toEqual(['service:y>service:x 2']);
    expect(edgesOf([...callers, serve('z', 'z')])).toEqual([
      'service:y>service:x 2',
      'service:z>service:y 1',
    ]);
  });

  it('keeps both edges of a cycle of calls, and edges between nodes that are not of the subject', () => {
    const call = (
      id: string,
      parent: string | undefined,
      service: string,
      start: number,
    ): SpanSketch => ({
      id,
      ...(parent ? { parent } : {}),
      service,
      kind: 'server',
      start,
      duration: 1,
    });
    const { edges } = analyzeTraces(
      [
        sketchTrace([
          call('1', undefined, 'A', 0),
          call('2', '1', 'B', 1),
          call('3', '2', 'A', 2),
          call('4', '3', 'C', 3),
          call('5', '2', 'C', 4),
        ]),
      ],
      shopRequest,
    ).dependencies;
    expect(edges.map(edge => `${edge.from}>${edge.to}`).sort()).toEqual([
      'service:A>service:B',
      'service:A>service:C',
      'service:B>service:A',
      'service:B>service:C',
    ]);
  });

  it('knows a workload by its canonical service, however its pods are called', () => {
    const name = 'checkout-payments-reconciliation-worker-servicexy';
    const pods = [
      `${name}-6d4b75cbx2x4z`,
      `${name}-6d4b75cbbcdfg`,
      'run-29390520-x2x4z',
      'by-hand',
    ];
    const calls = pods.flatMap((pod, i): SpanSketch[] => [
      proxySpan(`c${i}`, { pod, service: name, kind: 'client' }),
      proxySpan(`s${i}`, { pod: 'a-0', service: 'a', parent: `c${i}` }),
    ]);
    const { nodes, edges, neighbours } = analyzeTraces(
      [sketchTrace(calls)],
      shopRequest,
    ).dependencies;
    expect(nodes.map(({ id }) => id)).toEqual([
      'workload:/ns/a@v1',
      `workload:/ns/${name}@v1`,
    ]);
    expect(edges.map(({ callCount }) => callCount)).toEqual([4]);
    expect(neighbours).toMatchObject([{ direction: 'inbound', callCount: 4 }]);
  });

  it('takes versions of a service for one neighbour, with figures of all and of each', () => {
    const durations = [10, 20, 30, 40, 90];
    const { neighbours } = analyzeTraces(
      [
        sketchTrace(
          durations.flatMap((duration, i): SpanSketch[] => [
            proxySpan(`a${i}`, { pod: 'a-0', service: 'a', kind: 'client' }),
            {
              ...proxySpan(`b${i}`, {
                pod: i < 2 ? 'b-v1-0' : 'b-v2-0',
                service: 'b',
                revision: i < 2 ? 'v1' : 'v2',
                parent: `a${i}`,
              }),
              duration,
            },
          ]),
        ),
      ],
      shopRequest,
    ).dependencies;
    expect(neighbours).toMatchObject([
      {
        direction: 'outbound',
        callCount: 5,
        p50Us: 30,
        parts: [
          { node: 'workload:/ns/b@v2', callCount: 3, p50Us: 40 },
          { node: 'workload:/ns/b@v1', callCount: 2 },
        ],
      },
    ]);
  });

  describe('through a waypoint', () => {
    const served = (id: string, service: string): SpanSketch => ({
      ...proxySpan(id, { pod: 'w-7d9f8b6c5d-x2x2x', service: 'w' }),
      service: 'w.ns',
      attributes: {
        node_id: 'waypoint~10.0.0.1~w-7d9f8b6c5d-x2x2x.ns~ns.svc.cluster.local',
        'istio.canonical_service': 'w',
        'istio.canonical_revision': 'latest',
        'istio.namespace': 'ns',
        'istio.source_workload': 'front',
        'istio.source_namespace': 'ns',
        'istio.source_canonical_service': 'front',
        'istio.source_canonical_revision': 'v1',
        'istio.destination_workload': `${service}-v1`,
        'istio.destination_namespace': 'ns',
        'istio.destination_canonical_service': service,
        'istio.destination_canonical_revision': 'v1',
      },
    });
    const analysis = (sketches: SpanSketch[]) =>
      analyzeTraces([sketchTrace(sketches)], shopRequest);
    const edgesOf = (sketches: SpanSketch[]) =>
      analysis(sketches).dependencies.edges.map(
        ({ from, to, callCount }) => `${from} > ${to} ${callCount}`,
      );

    it('leads from caller to callee, without the waypoint', () => {
      expect(edgesOf([served('w', 'a')])).toEqual([
        'workload:/ns/front@v1 > workload:/ns/a@v1 1',
      ]);
    });

    it('counts a call once that both applications report, too', () => {
      const sketches: SpanSketch[] = [
        {
          id: 'f',
          start: 0,
          duration: 9,
          service: 'front-sdk',
          kind: 'client',
        },
        { ...served('w', 'a'), parent: 'f' },
        {
          id: 'd',
          parent: 'w',
          start: 2,
          duration: 5,
          service: 'a-sdk',
          kind: 'server',
        },
      ];
      expect(edgesOf(sketches)).toEqual([
        'workload:/ns/front@v1 > workload:/ns/a@v1 1',
      ]);
      expect(analysis(sketches).latency).toMatchObject({
        overall: { count: 1 },
        versions: [{ version: 'v1', count: 1 }],
      });
    });

    it('is shown with the waypoint itself to the entity that the waypoint is of', () => {
      const seen = analyzeTraces([sketchTrace([served('w', 'a')])], {
        ...shopRequest,
        subject: {
          services: ['w.ns'],
          workloads: [{ namespace: 'ns', name: 'w', canonicalName: 'w' }],
        },
      });
      expect(
        seen.dependencies.nodes.filter(({ isSubject }) => isSubject),
      ).toMatchObject([{ workload: { canonicalName: 'w' } }]);
    });
  });
});

/** A span of a sidecar, with all that Istio tells of it. */
function proxySpan(
  id: string,
  span: {
    pod: string;
    service: string;
    revision?: string;
    kind?: 'client' | 'server';
    parent?: string;
  },
): SpanSketch {
  return {
    id,
    ...(span.parent ? { parent: span.parent } : {}),
    start: 0,
    duration: 10,
    service: `${span.service}.ns`,
    kind: span.kind ?? 'server',
    attributes: {
      ...node(span.pod),
      'istio.canonical_service': span.service,
      'istio.canonical_revision': span.revision ?? 'v1',
      'istio.namespace': 'ns',
    },
  };
}
