import type { Trace } from '../../traces';
import { sketchTrace } from './spans';

/** The attribute by which Envoy names its pod. */
export const node = (pod: string) => ({
  node_id: `sidecar~10.0.0.1~${pod}.ns~ns.svc.cluster.local`,
});

/** A call through a gateway to two services, one of which fails. */
export function shop(): Trace {
  return sketchTrace([
    {
      id: 'gw',
      start: 0,
      duration: 100,
      service: 'gateway.ingress',
      kind: 'server',
      attributes: {
        node_id:
          'router~10.0.0.9~gw-7d9f8b6c5d-x2x2x.ingress~ingress.svc.cluster.local',
      },
    },
    {
      id: 'gw2',
      parent: 'gw',
      start: 2,
      duration: 96,
      service: 'gateway.ingress',
      kind: 'client',
      attributes: { component: 'proxy' },
    },
    {
      id: 'a-in',
      parent: 'gw2',
      start: 4,
      duration: 90,
      service: 'a.ns',
      kind: 'server',
      status: 'error',
      statusMessage: 'broken | pipe',
      attributes: {
        ...node('a-v1-7d9f8b6c5d-x2x2x'),
        'istio.canonical_service': 'a',
        'istio.canonical_revision': 'v1',
        'http.status_code': '503',
      },
    },
    { id: 'a-app', parent: 'a-in', start: 6, duration: 80, service: 'a' },
    {
      id: 'a-out',
      parent: 'a-app',
      start: 10,
      duration: 30,
      service: 'a.ns',
      kind: 'client',
      attributes: {
        ...node('a-v1-7d9f8b6c5d-x2x2x'),
        upstream_cluster: 'outbound|80||b.ns.svc.cluster.local',
      },
    },
    {
      id: 'b-in',
      parent: 'a-out',
      start: 12,
      duration: 20,
      service: 'b.ns',
      kind: 'server',
      attributes: { ...node('b-0'), 'grpc.status_code': '0' },
    },
    {
      id: 'a-ext',
      parent: 'a-app',
      start: 50,
      duration: 9,
      service: 'a.ns',
      kind: 'client',
      status: 'error',
      attributes: {
        ...node('a-v1-7d9f8b6c5d-x2x2x'),
        upstream_cluster: 'outbound|443||pay.example.com',
        response_flags: 'UF,URX',
        'http.status_code': '503',
      },
    },
  ]);
}

/** The service `a` of the shop. */
export const shopSubject = {
  services: ['a.ns', 'a'],
  workloads: [{ namespace: 'ns', name: 'a-v1', canonicalName: 'a' }],
};
/** An analysis of it. */
export const shopRequest = {
  subject: shopSubject,
  startTimeMs: 1_700_000_000_000,
  endTimeMs: 1_700_000_001_000,
  slices: 2,
};
