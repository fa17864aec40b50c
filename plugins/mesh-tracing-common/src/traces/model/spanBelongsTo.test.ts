import { matchesTraceQuery } from '../analyse/matchesTraceQuery';
import { parseNodeId } from './meshIdentity';
import { spanBelongsTo } from './spanBelongsTo';
import { sketchTrace } from '../../testing/traces/spans';
import type { Attributes, Span } from './Trace';

function span(attributes: Attributes, service = 'reviews.ns'): Span {
  const [only] = sketchTrace([
    { id: 's', start: 0, duration: 1, service, attributes },
  ]).spans;
  if (!only) {
    throw new Error('No span');
  }
  return only;
}

const nodeId = (pod: string, namespace = 'ns') => ({
  node_id: `sidecar~10.0.0.1~${pod}.${namespace}~${namespace}.svc.cluster.local`,
});

const workload = {
  clusterId: 'east',
  namespace: 'ns',
  name: 'reviews-v2',
  canonicalName: 'reviews',
  canonicalRevision: 'v2',
};
const subject = { services: ['reviews.ns', 'reviews'], workloads: [workload] };

describe('spanBelongsTo', () => {
  it.each<[boolean, string, Attributes]>([
    [true, 'a pod of the workload', nodeId('reviews-v2-7d9f8b6c5d-x2x2x')],
    [false, 'a pod of another version', nodeId('reviews-v3-7d9f8b6c5d-x2x2x')],
    [
      false,
      'a pod whose name only begins alike',
      nodeId('reviews-v2-canary-7d9f8b6c5d-x2x2x'),
    ],
    [
      false,
      'a pod of another namespace',
      nodeId('reviews-v2-7d9f8b6c5d-x2x2x', 'other'),
    ],
    [
      false,
      'a pod of another cluster',
      { ...nodeId('reviews-v2-7d9f8b6c5d-x2x2x'), 'istio.cluster_id': 'west' },
    ],
    [
      true,
      'the canonical service and revision',
      {
        'istio.canonical_service': 'reviews',
        'istio.canonical_revision': 'v2',
        'istio.namespace': 'ns',
        'istio.cluster_id': 'east',
      },
    ],
    [
      false,
      'another revision',
      {
        'istio.canonical_service': 'reviews',
        'istio.canonical_revision': 'v1',
        'istio.namespace': 'ns',
      },
    ],
    [true, 'no identity, by service name', {}],
    [true, 'an unreadable node id, by service name', { node_id: 'x~y' }],
  ])('is %s for %s', (expected, _, attributes) => {
    expect(spanBelongsTo(span(attributes), subject)).toBe(expected);
  });

  it('takes known pod names, whatever their form', () => {
    const pods = ['odd'];
    const withPods = { services: [], workloads: [{ ...workload, pods }] };
    expect(spanBelongsTo(span(nodeId('odd')), withPods)).toBe(true);
    expect(spanBelongsTo(span(nodeId('odder')), withPods)).toBe(false);
  });

  describe('with a canonical service', () => {
    const sent = (pod: string, service = 'reviews', revision = 'v2') => ({
      ...nodeId(pod),
      'istio.canonical_service': service,
      'istio.canonical_revision': revision,
      'istio.namespace': 'ns',
    });

    it.each<[boolean, string, Attributes]>([
      [true, 'a pod whose name tells nothing', sent('odd')],
      [true, 'a pod whose name points elsewhere', sent('other-0')],
      [
        true,
        'a pod that had another version',
        sent('reviews-v2-7d9f8b6c5d-x2x2x', 'reviews', 'v1'),
      ],
      [
        false,
        'a pod of another version',
        sent('reviews-v1-7d9f8b6c5d-x2x2x', 'reviews', 'v1'),
      ],
      [
        false,
        'a pod of another service, whatever its name',
        sent('reviews-v2-7d9f8b6c5d-x2x2x', 'ratings'),
      ],
    ])('is %s for %s', (expected, _, attributes) => {
      expect(spanBelongsTo(span(attributes), subject)).toBe(expected);
    });

    it('goes by pods between workloads of one service and version', () => {
      const own = (name: string, other: string) => ({
        services: [],
        workloads: [
          {
            namespace: 'ns',
            name,
            canonicalName: 'flow',
            canonicalRevision: 'latest',
            pods: [`${name}-7d9f8b6c5d-x2x2x`],
            siblings: [{ name: other, pods: ['named-by-hand'] }],
          },
        ],
      });
      const of = (pod: string) => span(sent(pod, 'flow', 'latest'));
      const web = own('flow-web', 'flow');
      const flow = own('flow', 'flow-web');
      const gone = of('flow-web-5c5c5c5c5c-bcdfg');
      expect(spanBelongsTo(gone, web)).toBe(true);
      expect(spanBelongsTo(gone, flow)).toBe(false);
      expect(spanBelongsTo(of('flow-5c5c5c5c5c-bcdfg'), web)).toBe(false);
      expect(spanBelongsTo(of('named-by-hand'), web)).toBe(false);
      expect(spanBelongsTo(of('nobodys'), web)).toBe(true);
    });
  });

  describe('sent by a waypoint', () => {
    const waypoint: Attributes = {
      node_id:
        'waypoint~10.0.0.1~waypoint-7d9f8b6c5d-x2x2x.ns~ns.svc.cluster.local',
      'istio.canonical_service': 'waypoint',
      'istio.canonical_revision': 'latest',
      'istio.namespace': 'ns',
      'istio.cluster_id': 'east',
    };
    const to = (name: string, service: string, revision: string) => ({
      ...waypoint,
      'istio.destination_workload': name,
      'istio.destination_namespace': 'ns',
      'istio.destination_canonical_service': service,
      'istio.destination_canonical_revision': revision,
    });
    const named = (operation: string, attributes: Attributes = waypoint) => ({
      ...span(attributes, 'waypoint.ns'),
      operation,
    });

    it('belongs to the workload that it served, and to no other', () => {
      const served = span(to('reviews-v2', 'reviews', 'v2'), 'waypoint.ns');
      const other = span(to('reviews-v3', 'reviews', 'v2'), 'waypoint.ns');
      expect(spanBelongsTo(served, subject)).toBe(true);
      expect(spanBelongsTo(other, subject)).toBe(false);
    });

    it.each<[boolean, string, Attributes]>([
      [true, 'reviews.ns.svc.cluster.local:9080/*', waypoint],
      [false, 'ratings.ns.svc.cluster.local:9080/*', waypoint],
      [false, 'reviews.other.svc.cluster.local:9080/*', waypoint],
      [false, 'reviews.ns', waypoint],
      [
        true,
        'reviews.ns.svc.cluster.local:9080/*',
        { ...waypoint, 'istio.destination_workload': 'unknown' },
      ],
      [
        false,
        'reviews.ns.svc.cluster.local:9080/*',
        to('ratings-v1', 'ratings', 'v1'),
      ],
    ])('is %s by the host of %s, before 1.29', (expected, operation, given) => {
      expect(spanBelongsTo(named(operation, given), subject)).toBe(expected);
    });

    it('belongs to the waypoint, too', () => {
      const self = {
        namespace: 'ns',
        name: 'waypoint',
        canonicalName: 'waypoint',
      };
      expect(
        spanBelongsTo(span(to('reviews-v2', 'reviews', 'v2')), {
          services: [],
          workloads: [self],
        }),
      ).toBe(true);
    });
  });

  it('goes by the service name alone for a subject without workloads', () => {
    const names = { services: ['reviews.ns'], workloads: [] };
    expect(spanBelongsTo(span(nodeId('any')), names)).toBe(true);
    expect(spanBelongsTo(span({}, 'reviews.nsx'), names)).toBe(false);
  });
});

describe('the mesh identity of a span', () => {
  it('reads a node id whose pod name holds dots', () => {
    expect(parseNodeId('sidecar~1.2.3.4~a.b.ns~ns.svc.cluster.local')).toEqual({
      proxy: 'sidecar',
      pod: 'a.b',
      namespace: 'ns',
    });
  });
});

describe('matchesTraceQuery', () => {
  const trace = sketchTrace([
    { id: 'r', start: 0, duration: 500, service: 'a', kind: 'server' },
    {
      id: 'c',
      parent: 'r',
      start: 600,
      duration: 20,
      service: 'b',
      status: 'error',
      attributes: { 'http.status_code': 503 },
    },
  ]);
  const window = {
    startTimeMs: 1_700_000_000_000,
    endTimeMs: 1_700_000_000_001,
  };
  const matches = (filter: object) =>
    matchesTraceQuery(trace, { services: [], ...window, ...filter });

  it.each<[boolean, object]>([
    [true, {}],
    [true, { services: ['b'], errorsOnly: true }],
    [false, { services: ['a'], errorsOnly: true }],
    [true, { attributes: { 'http.status_code': '503' } }],
    [true, { attributes: { error: 'true' } }],
    [false, { services: ['b'], attributes: { error: 'false' } }],
    [true, { kind: 'server', operation: 'r' }],
    [false, { kind: 'client' }],
    [false, { minSpanDurationUs: 501 }],
    [true, { minTraceDurationUs: 501 }],
    [false, { maxTraceDurationUs: 619 }],
    [true, { maxSpanDurationUs: 20 }],
    [false, { endTimeMs: 1_699_999_999_999 }],
  ])('is %s for %j', (expected, filter) => {
    expect(matches(filter)).toBe(expected);
  });
});
