import { matchesTraceQuery } from './matchesTraceQuery';
import { ownerOfPod, parseNodeId } from './meshIdentity';
import { spanBelongsTo } from './spanBelongsTo';
import { sketchTrace } from './__testUtils__/spans';
import type { Attributes, Span } from './model';

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

  it('goes by the service name alone for a subject without workloads', () => {
    const names = { services: ['reviews.ns'], workloads: [] };
    expect(spanBelongsTo(span(nodeId('any')), names)).toBe(true);
    expect(spanBelongsTo(span({}, 'reviews.nsx'), names)).toBe(false);
  });
});

describe('identity', () => {
  it.each<[string, string | undefined]>([
    ['reviews-v2-7d9f8b6c5d-x2x2x', 'reviews-v2'],
    ['agent-x2x2x', 'agent'],
    ['db-0', 'db'],
    ['standalone', undefined],
  ])('finds the owner of %s', (pod, owner) => {
    expect(ownerOfPod(pod)).toBe(owner);
  });

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
