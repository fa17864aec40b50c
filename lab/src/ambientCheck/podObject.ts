import type { KubeObject } from '../kubernetes/resourcePath';

/** A pod, with the status that a kubelet would write. */
export function podObject(given: {
  name: string;
  namespace: string;
  labels: Record<string, string>;
  container: object;
  ip: string;
}): KubeObject {
  const { name, namespace, labels, container, ip } = given;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { containers: [container] },
    status: {
      phase: 'Running',
      podIP: ip,
      podIPs: [{ ip }],
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}
